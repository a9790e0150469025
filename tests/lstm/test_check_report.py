"""A report as points, as JSON and as an assertion."""

import json

import pytest
from tests.lstm.backward_passes import rows
from tests.lstm.backward_passes.habits import habit

import lstm


def half_right():
    def halve(given, results):
        return (*results[:3], results[3] / 2, *results[4:])

    return lstm.check(habit(after=halve), gates="gifo", layout="Tm")


def test_points_are_given_by_part():
    found = half_right()
    assert found.points() == {"W_1": 1, "W_2": 1, "b": 1, "x": 0, "h_0": 1, "c_0": 1, "clean": 1}
    assert found.points({"W_1": 4, "x": 2, "clean": 0})["W_1"] == 4
    with pytest.raises(ValueError, match=r"^weights: expected groups among .*got \['y'\]"):
        found.points({"y": 1})


def test_the_json_has_all_that_an_autograder_needs():
    value = json.loads(half_right().to_json({"x": 2}))
    assert value["right"] is False
    assert value["causes"][0]["words"] == "dx: it is half of what it should be"
    assert value["points"]["x"] == 0
    assert {part["name"] for part in value["parts"] if not part["right"]} == {"x"}


def test_an_assertion_fails_with_the_report_and_can_be_made_of_parts():
    found = half_right()
    with pytest.raises(AssertionError, match="dx: it is half of what it should be"):
        found.assert_right()
    found.assert_right("W_1", "W_2", "b")
    with pytest.raises(AssertionError):
        found.assert_right("x")
    with pytest.raises(ValueError, match=r"^groups: expected some of"):
        found.assert_right("W")
    lstm.check(rows).assert_right()
