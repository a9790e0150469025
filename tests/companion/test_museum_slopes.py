"""The figure that stands in for the museum's explorer: each line runs from a right number to the exhibit's."""

import numpy as np

from companion.pages import museum
from companion.pages.museum import figures

HALL = museum.hall()


def test_each_panel_has_a_line_for_each_number_from_its_right_value_to_the_exhibits():
    figure = figures.slopes(HALL, 14)
    assert [axes.get_title(loc="left") for axes in figure.axes] == HALL.arrays
    for axes, right, wrong in zip(figure.axes, HALL.right, HALL.wrong[14], strict=True):
        lines = axes.get_lines()[:-1]  # the last marks zero
        np.testing.assert_array_equal([line.get_xdata() for line in lines], np.transpose([right, wrong]))
        assert all(list(line.get_ydata()) == [1, 0] for line in lines)


def test_only_where_an_array_is_right_are_all_its_lines_upright():
    slanted = set()
    for axes in figures.slopes(HALL, HALL.exhibits.index("index_wraps")).axes:
        if any(np.ptp(line.get_xdata()) > HALL.agrees for line in axes.get_lines()):
            slanted.add(axes.get_title(loc="left"))
    assert slanted == {"W_1f", "W_2f", "b_f", "x", "h_0"}
