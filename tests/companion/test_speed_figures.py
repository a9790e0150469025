"""The figure of the layer's speed shows the ratios that the benchmark stored."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.speed import figures


def row(dtype, threads, k):
    return {
        **dict(B=2**k, T=100, m=2, n=8 * k + 8, dtype=dtype, threads=threads),
        **dict(to_torch=0.1 * (k + 1) + threads / 100, torch_ms=4.0, products_ms=0.5 * (k + 1)),
        "quartiles": {"to_torch": [0.09 * (k + 1), 0.2 * (k + 1)]},
    }


RESULTS = {"rows": [row(dtype, threads, k) for threads in (1, 2) for dtype in ("float64", "float32") for k in range(3)]}


def panels(**changed):
    return figures.ratios(**figures.stored(RESULTS, 1) | changed).axes


def test_the_stored_rows_become_arrays_by_type_for_the_threads_asked_for():
    found = figures.stored(RESULTS, 2)
    assert found["sizes"].tolist() == [[1, 100, 2, 8], [2, 100, 2, 16], [4, 100, 2, 24]]
    assert list(found["to_torch"]) == ["float64", "float32"]
    np.testing.assert_allclose(found["to_torch"]["float32"], [0.12, 0.22, 0.32])
    np.testing.assert_allclose(found["quartiles"]["float64"][2], [0.27, 0.6])
    np.testing.assert_allclose(found["products"]["float64"], [0.125, 0.25, 0.375])
    with pytest.raises(ValueError, match=r"^threads: expected one of \[1, 2\], got 3"):
        figures.stored(RESULTS, 3)


def test_circles_squares_and_bars_are_the_numbers_given():
    found = figures.stored(RESULTS, 1)
    for axes, name in zip(panels(), ["float64", "float32"], strict=True):
        assert axes.get_title() == name
        assert axes.get_xscale() == "log"
        at_one, squares, circles = axes.lines
        assert list(at_one.get_xdata()) == [1, 1]
        np.testing.assert_array_equal(squares.get_xdata(), found["products"][name])
        np.testing.assert_array_equal(circles.get_xdata(), found["to_torch"][name])
        assert (squares.get_marker(), circles.get_marker()) == ("s", "o")
        spans = [segment[:, 0] for segment in axes.collections[0].get_segments()]
        np.testing.assert_array_equal(spans, found["quartiles"][name])
        low, high = axes.get_xlim()
        assert low < min(squares.get_xdata().min(), circles.get_xdata().min()) < high


def test_sizes_medians_and_both_marks_are_named():
    left, right = panels()
    assert [text.get_text() for text in left.get_yticklabels()] == ["1  100  2  8", "2  100  2  16", "4  100  2  24"]
    labels = [text.get_text() for axes in (left, right) for text in axes.findobj(Text)]
    for label in ["layer", "products", "0.11", "0.21", "0.31", "time / time of torch"]:
        assert label in labels


def test_the_same_arrays_give_the_same_bytes_and_leave_no_trace():
    one = drawn_twice(lambda: figures.ratios(**figures.stored(RESULTS, 1)))
    other = figures.ratios(**figures.stored(RESULTS, 2))._repr_png_()
    assert other != one


@pytest.mark.parametrize("name", ["to_torch", "quartiles", "products"])
def test_arrays_that_do_not_fit_the_sizes_are_refused_by_name(name):
    short = {k: v[:-1] for k, v in figures.stored(RESULTS, 1)[name].items()}
    with pytest.raises(ValueError, match=rf"^{name}\['float64'\]: expected shape"):
        panels(**{name: short})


def test_sizes_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"^sizes: expected shape \(any length, 4\)"):
        panels(sizes=np.ones((3, 3)))
