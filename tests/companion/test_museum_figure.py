"""The matrix of the museum as a figure: each verdict has the mark that it deserves, by shape, at the named place."""

import pytest
from tests.figure_calls import MUSEUM

from companion.pages import museum
from companion.pages.museum import figures


def marks(figure):
    """What the figure shows: {(row's name, column's name): marker}."""
    (axes,) = figure.axes
    rows, columns = ([t.get_text() for t in axis.get_ticklabels()] for axis in (axes.yaxis, axes.xaxis))
    places = [(line.get_marker(), *point) for line in axes.lines for point in line.get_xydata().astype(int)]
    return {(rows[y], columns[x]): marker for marker, x, y in places}


def test_each_verdict_has_its_mark_and_no_two_marks_have_one_shape():
    shapes = {words: look["marker"] for words, look in figures.MARKS.items()}
    assert len(set(shapes.values())) == 3
    shown = marks(figures.matrix(MUSEUM))
    assert len(shown) == len(MUSEUM)
    for v in MUSEUM:
        words = "with a finding" if v.finding else "caught" if v.caught else "missed"
        assert shown[v.exhibit, v.check] == shapes[words]


def test_the_first_exhibit_stands_on_top_and_the_names_of_the_checks_above():
    (axes,) = figures.matrix(MUSEUM).axes
    bottom, top = axes.get_ylim()
    assert bottom > top
    assert axes.xaxis.get_ticks_position() == "top"


def test_a_chapter_of_verdicts_fits_a_page():
    verdicts = [museum.Verdict(e.name, c.name, True, 1.0) for e in museum.EXHIBITS for c in museum.CHECKS]
    assert figures.matrix(verdicts).get_figheight() < 8


def test_what_is_no_verdict_is_refused():
    with pytest.raises(TypeError, match=r"verdicts: expected each to be a museum\.Verdict, got str"):
        figures.matrix(["caught"])
    with pytest.raises(ValueError, match="verdicts: expected at least one Verdict, got none"):
        figures.matrix([])
