"""The figures of a unit and of the times to the solution show the arrays they were given."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.training import unit
from companion.style.palette import LIGHT

RNG = np.random.default_rng(0)
T = 12
NUMBERS, MARKS = RNG.random(T), np.eye(T)[[2, 8]].sum(axis=0)
C, I, F = RNG.normal(size=T), RNG.random(T), RNG.random(T)
PAIRS = {"first mark": (RNG.random(5), RNG.normal(size=5)), "second mark": (RNG.random(4), RNG.normal(size=4))}
OTHERS = (RNG.random(9), RNG.normal(size=9))
TIMES = {"rate 1": {"bias 1": [10, 20, None], "rnn": [None] * 3}, "rate 2": {"chrono": [1, 2, 3]}}
CALLS = {
    "over_time": dict(numbers=NUMBERS, marks=MARKS, c=C, i=I, f=F),
    "stored": dict(marked=PAIRS, others=OTHERS),
    "times": dict(groups=TIMES, most=100),
}


def draw(name, **changed):
    return getattr(unit, name)(**CALLS[name] | changed)


def words(figure):
    return {text.get_text() for text in figure.findobj(Text) if text.get_text()}


def test_a_unit_is_drawn_below_its_numbers_its_gates_named_in_their_colours():
    top, middle, bottom = draw("over_time").axes
    shown = {x: y for line in top.lines for x, y in zip(*line.get_data(), strict=True)}
    assert shown == dict(zip(range(1, T + 1), NUMBERS, strict=True))
    np.testing.assert_array_equal(middle.lines[2].get_ydata(), C)
    for line, values, colour in zip(bottom.lines[-2:], (F, I), "fi", strict=True):
        np.testing.assert_array_equal(line.get_ydata(), values)
        assert to_hex(line.get_color()) == LIGHT[colour]
    at_marks = [line.get_xdata()[0] for line in bottom.lines[:-2]]
    assert at_marks == [3, 9]
    assert {f"{NUMBERS[2]:.2f}", "forget gate $f$", "input gate $i$", "step $t$"} <= words(draw("over_time"))


def test_each_mark_has_its_own_sign_and_what_is_not_marked_is_grey():
    axes = draw("stored").axes[0]
    grey, one, two = axes.lines[:3]
    for line, pair in zip((grey, one, two), (OTHERS, *PAIRS.values()), strict=True):
        np.testing.assert_array_equal(line.get_data(), pair)
    assert to_hex(grey.get_color()) == LIGHT["x"]
    assert one.get_marker() != two.get_marker()
    assert any("first mark" in text for text in words(draw("stored")))


def test_a_seed_is_a_dot_and_what_was_not_solved_is_counted_beside_a_cross():
    axes = draw("times").axes[0]
    dots = [sorted(line.get_xdata()) for line in axes.lines if line.get_marker() == "o"]
    assert dots == [[10, 20], [], [1, 2, 3]]
    crosses = [line.get_ydata()[0] for line in axes.lines if line.get_marker() == "x"]
    assert crosses == [1, 2]
    assert {"1", "3", "rate 1", "rate 2", "bias 1", "chrono"} <= words(draw("times"))


@pytest.mark.parametrize("name", CALLS)
def test_the_same_arrays_give_the_same_bytes_and_leave_no_trace(name):
    drawn_twice(lambda: draw(name))


@pytest.mark.parametrize(
    ("name", "named", "changed"),
    [
        ("over_time", "marks", dict(marks=MARKS[1:])),
        ("over_time", "c", dict(c=C[1:])),
        ("over_time", "f", dict(f=F[:, None])),
        ("stored", "others", dict(others=(OTHERS[0][:, None], OTHERS[1]))),
        ("stored", "first mark", dict(marked=PAIRS | {"first mark": (np.zeros((2, 2)), np.zeros(2))})),
        ("times", "groups", dict(groups={"rate 1": {"gru": [1]}})),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(name, named, changed):
    with pytest.raises(ValueError, match=rf"^{named}: expected"):
        draw(name, **changed)
