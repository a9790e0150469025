"""The figure that compares chains shows the arrays it was given and refuses what does not fit."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.beyond.figures import chains_compared
from companion.style.palette import LIGHT

STEPS = np.arange(12)
NAMES = ["LSTM", "no forget gate", "plain RNN"]
TRUE = {name: np.array([[0.5], [1], [2]]) * (0.6 + 0.1 * k) ** STEPS for k, name in enumerate(NAMES)}
DIRECT = {"LSTM": 0.5**STEPS, "no forget gate": np.ones(12), "plain RNN": 0.0**STEPS}


def draw(**changes):
    return chains_compared(**(dict(steps=STEPS, true=TRUE, direct=DIRECT) | changes))


def test_each_cell_has_a_panel_with_its_median_its_band_and_its_direct_way():
    figure = draw()
    shown = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title(loc="left") for axes in shown] == NAMES
    for axes, name in zip(shown, NAMES, strict=True):
        lines = {line.get_linestyle(): line for line in axes.get_lines() if len(line.get_xdata()) == 12}
        np.testing.assert_array_equal(lines["-"].get_ydata(), TRUE[name][1])
        (band,) = axes.collections
        heights = band.get_paths()[0].vertices[:, 1]
        assert heights.min() == TRUE[name][0].min()
        assert heights.max() == TRUE[name][2].max()
        assert axes.get_yscale() == "log"
        if name != "plain RNN":
            np.testing.assert_array_equal(lines["--"].get_ydata(), DIRECT[name])
            assert lines["--"].get_color() == LIGHT["direct"]
        else:
            assert "--" not in lines
    words = [text.get_text() for text in figure.findobj(Text)]
    assert words.count("no direct path") == 1
    assert "true chain: median and middle half" in words
    assert words.count("steps back") == 2


def test_the_same_arrays_give_the_same_bytes_and_leave_no_trace():
    arrays = {k: v.copy() for k, v in TRUE.items()}
    one = drawn_twice(draw)
    assert all((TRUE[k] == v).all() for k, v in arrays.items())
    other = TRUE | {"LSTM": TRUE["LSTM"] * 1.1}
    assert draw(true=other)._repr_png_() != one


def test_what_does_not_fit_is_refused_by_name():
    with pytest.raises(ValueError, match=r"^direct: expected the keys of true"):
        draw(direct={"LSTM": DIRECT["LSTM"]})
    with pytest.raises(ValueError, match=r"^true\['LSTM'\]: expected shape \(3, 12\), got shape \(3, 11\)"):
        draw(true=TRUE | {"LSTM": TRUE["LSTM"][:, 1:]})
    with pytest.raises(ValueError, match=r"^direct\['LSTM'\]: expected shape \(12,\)"):
        draw(direct=DIRECT | {"LSTM": DIRECT["LSTM"][1:]})
    with pytest.raises(ValueError, match=r"^true\['LSTM'\]: expected positive norms"):
        draw(true=TRUE | {"LSTM": 0 * TRUE["LSTM"]})
    with pytest.raises(ValueError, match=r"^steps: expected shape"):
        draw(steps=STEPS[:, None])
