"""Networks are grouped by task, rate and stage, and failures are kept apart."""

import numpy as np
import pytest
from tests.companion.claims_made_up import chain, gates, small

from companion.pages.claims import report
from lstm.training import models


def test_networks_are_grouped_by_their_names():
    model = models.draw_lstm(2, 3, 1, rng=np.random.default_rng(0))
    groups = report.grouped({"a, 0.02, 0, solved": model, "a, 0.02, 3, solved": model, "b, 0, 1, initialised": model})
    assert {k: list(v) for k, v in groups.items()} == {("a", 0.02, "solved"): [0, 3], ("b", 0.0, "initialised"): [1]}
    for name in ["a, 0, solved", "a, 0.02, x, solved", "a, b, 0, solved", "a, 0.02, 0, done"]:
        with pytest.raises(ValueError, match=r"^named: expected names"):
            report.grouped({name: model})


def test_networks_that_fail_are_apart_and_the_stages_in_their_order():
    marks = {
        ("a", 0.0, "initialised"): {0: gates(0.0, done=False), 1: gates(0.1, done=False)},
        ("a", 0.02, "long after"): {0: gates(0.7), 1: gates(0.9, done=False)},
        ("a", 0.005, "solved"): {0: gates(0.5)},
        ("a", 0.02, "solved"): {0: gates(0.6), 1: gates(0.8, done=False)},
    }
    lists = report.apart(marks, marks)
    assert [key[1:] for key in lists] == [
        (0.0, "initialised"),
        (0.02, "solved"),
        (0.005, "solved"),
        (0.02, "long after"),
        (0.02, "failed"),
    ]
    assert [[one.near[-1] for one in some] for some in lists.values()] == [[0.0, 0.1], [0.6], [0.5], [0.7], [0.9]]


def test_networks_with_too_few_small_gates_are_left_out():
    lists = {("a", 0.02, "solved"): [small(entries=0.0), small(entries=0.3)]}
    lists |= {("b", 0.02, "solved"): [small(entries=0.0005)]}
    assert [one.entries for one in report.with_small_f(lists)["a", 0.02, "solved"]] == [0.3]
    assert ("b", 0.02, "solved") not in report.with_small_f(lists)


def test_the_plainest_example_of_each_kind_is_found():
    some = [
        chain(true=[[0.2, 0.05]], product=[[1e-9, 0.5]]),
        chain(true=[[0.5, 0.01]], product=[[1e-4, 0.3]]),
    ]
    assert report.extreme(some, "closed but alive") == (0, 0, 0)
    assert report.extreme(some, "open but dead") == (1, 0, 1)
    assert report.extreme([chain()], "open but dead") is None
    with pytest.raises(ValueError, match=r"^kind: expected"):
        report.extreme(some, "open")


def test_seeds_are_paired_where_they_do_the_task_at_both_rates():
    marks = {
        ("a", 0.02, "solved"): {0: gates(0.5), 1: gates(0.6), 3: gates(0.9), 4: gates(0.3, done=False)},
        ("a", 0.005, "solved"): {3: gates(0.8), 0: gates(0.4), 1: gates(0.1, done=False), 4: gates(0.2)},
    }
    assert report.paired(marks, "a", "solved", (0.02, 0.005)).tolist() == [[0.5, 0.9], [0.4, 0.8]]
    assert report.paired(marks, "b", "solved", (0.02, 0.005)).shape == (2, 0)
