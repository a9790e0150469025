"""The student's layer, its versions, the checks by hand and the short training of the chapter on a backward pass."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

import lstm
from companion.pages import backward as page
from companion.pages.backward import figures, student
from lstm import run
from lstm.cell import Params

ROUNDING = 1e-8


def case(seed=0, **sizes):
    return page.draw(np.random.default_rng(seed), **sizes)


def worst(changes, drawn):
    return max(page.largest_error(page.layer(changes), drawn).values())


def test_the_students_forward_pass_is_12_to_14():
    drawn = case()
    blocks = [np.split(a, 4, axis=-1) for a in (drawn.Wx, drawn.Wh, drawn.b)]
    arrays = {f"W_1{g}": blocks[0][k].T for k, g in enumerate("ifgo")}
    arrays |= {f"W_2{g}": blocks[1][k].T for k, g in enumerate("ifgo")}
    arrays |= {f"b_{g}": blocks[2][k] for k, g in enumerate("ifgo")}
    h = student.forward(*drawn[:4])[0]
    for k in range(len(h)):
        np.testing.assert_allclose(h[k], run(Params(**arrays), drawn.x[k]).h, atol=1e-14)


def test_the_mended_layer_is_right_and_the_others_are_not():
    for name, changes in page.ERRORS.items():
        assert (worst(changes, case()) < ROUNDING) == (name == "none"), name
        one = page.layer(changes)
        assert lstm.check(one.backward, one.forward).right == (name == "none"), name


def test_the_students_error_is_named_and_hidden_by_one_step():
    said = lstm.check(student.backward, student.forward).words
    assert said == "dc_next has the forget gate of step t-1, not of step t."
    assert worst((), case(T=1)) < ROUNDING < worst((), case(T=2))


def test_a_right_text_that_stands_nowhere_is_refused():
    with pytest.raises(ValueError, match=r"expected 'dq = 0' once"):
        page.layer((("dq = 0", "dq = 1"),))


def test_a_listing_shows_the_lines_before_and_after():
    text = page.listing(page.MEND).data
    assert "- dc = f * dc_next" in text
    assert "+ dc = dc_next" in text


def test_a_folded_report_has_the_same_words_in_short_lines():
    report = lstm.check(student.backward, student.forward)
    assert page.folded(report).split() == str(report).split()
    assert max(map(len, page.folded(report).splitlines())) <= 76 < max(map(len, str(report).splitlines()))
    assert len(page.folded(report, lines=3, width=1000).splitlines()) == 3


def test_both_slopes_by_hand_agree_with_the_mended_layer():
    drawn, right = case(), page.layer(page.MEND)
    for name, mine in page.entries(right, drawn).items():
        at = tuple(0 for _ in mine.shape)
        assert page.complex_step(right.forward, drawn, name, at) == pytest.approx(mine[at], rel=1e-10)
        assert page.central(right.forward, drawn, name, at, 1e-5) == pytest.approx(mine[at], rel=1e-5)


def test_nothing_of_the_case_is_changed():
    drawn = case()
    before = [array.copy() for array in drawn]
    page.largest_error(page.layer(), drawn)
    for mine, theirs in zip(drawn, before, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_a_descent_starts_at_the_same_loss_and_goes_down():
    wrong, right = (page.descend(page.layer(changes), 3, updates=20) for changes in ((), page.MEND))
    assert len(wrong) == 21
    assert wrong[0] == right[0]
    assert wrong[-1] < wrong[0]
    upwards = page.layer((*page.MEND, ("db += dz.sum", "db -= 9 * dz.sum")))
    assert page.descend(upwards, 3, updates=20)[-1] > right[-1]


STEPS = np.arange(-15.0, 0)


def draw(**changed):
    arrays = dict(steps=STEPS, central=np.abs(STEPS + 6) - 10, complex_step=np.maximum(-16, 2 * STEPS))
    return figures.errors_of_steps(**(arrays | changed))


def test_the_figure_has_both_curves_with_their_names():
    figure = draw()
    lines = [line for line in figure.axes[0].get_lines() if len(line.get_xdata()) == len(STEPS)]
    np.testing.assert_array_equal(lines[0].get_ydata(), np.abs(STEPS + 6) - 10)
    np.testing.assert_array_equal(lines[1].get_ydata(), np.maximum(-16, 2 * STEPS))
    words = {text.get_text() for text in figure.findobj(Text)}
    assert {"central difference", "complex step", "relative error"} <= words


def test_the_figure_is_drawn_twice_the_same_and_refuses_other_shapes():
    drawn_twice(draw)
    with pytest.raises(ValueError, match=r"^central: "):
        draw(central=STEPS[1:])


HIDDEN = "what zero first states hide in step 1: the delta of the forget gate and dW_2"


@pytest.mark.parametrize("right", ["df = dc * c_prev * f * (1 - f)", "dz @ Wh.T"])
def test_a_hint_says_what_zero_first_states_hide(right):
    layer = page.layer((*page.MEND, (right, right.replace("(1 - f)", "(1 - 0.8 * f)").replace("dz @", "0.9 * dz @"))))
    found = lstm.check(layer.backward, layer.forward)
    assert found.causes == ()
    assert HIDDEN in found.hints[0]
