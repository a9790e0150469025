"""The figure of single paths shows what it is given."""

import pytest

from companion.pages.paths.figures import contributions
from companion.style.palette import LIGHT


def test_each_path_has_a_bar_of_its_value_and_its_label():
    figure = contributions(["c1 ←direct c0", "c1 ←forget h0 ←D c0"], [0.5, -0.25])
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.patches] == [0.5, -0.25]
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["c1 ←direct c0", "+0.5", "c1 ←forget h0 ←D c0", "-0.25"]
    assert axes.texts[1].get_color() == LIGHT["direct"]
    assert axes.texts[3].get_color() == LIGHT["h"]


def test_labels_and_values_must_be_as_many():
    with pytest.raises(ValueError, match="labels: expected 2, one a value, got 1"):
        contributions(["c1 ←direct c0"], [0.5, 0.1])
    with pytest.raises(ValueError, match="values: expected shape"):
        contributions([], [])
