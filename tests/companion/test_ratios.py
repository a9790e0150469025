"""The figure of ratios shows the intervals that it was given, and which stretch the recipe was chosen on."""

import numpy as np
import pytest
from matplotlib.text import Text

from companion.shared import ratios

ROWS = {"1900 to 1949": (0.85, 0.77, 0.99), "1950 to 2008": (1.1, 0.9, 1.3)}


def texts(figure):
    return [t.get_text() for t in figure.findobj(Text)]


def test_each_row_is_a_point_and_its_interval_beside_the_line_at_1():
    (axes,) = ratios.ratios(ROWS).axes
    assert axes.lines[0].get_xdata() == [1, 1]
    for place, (ratio, low, high) in enumerate(ROWS.values()):
        line, point = axes.lines[1 + 2 * place : 3 + 2 * place]
        np.testing.assert_array_equal(line.get_xdata(), [low, high])
        np.testing.assert_array_equal([point.get_xdata()[0], point.get_ydata()[0]], [ratio, place])


def test_the_stretch_of_the_choice_is_hollow_and_named_and_the_others_are_not():
    figure = ratios.ratios(ROWS, chosen=["1900 to 1949"])
    fills = [line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [fill == "white" for fill in fills] == [True, False]
    assert texts(figure).count("recipe chosen here") == 1
    assert "recipe chosen here" not in texts(ratios.ratios(ROWS))


def test_the_rivals_are_named():
    words = "\n".join(texts(ratios.ratios(ROWS, names=("A", "B"))))
    assert "RMSE A / RMSE B" in words
    assert "left of 1: A ahead" in words
    assert "1950 to 2008" in words


def test_rows_that_do_not_fit_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^rows\['a'\]"):
        ratios.ratios({"a": (1, 2)})
    with pytest.raises(ValueError, match=r"^chosen: expected labels"):
        ratios.ratios(ROWS, chosen=["1800"])
