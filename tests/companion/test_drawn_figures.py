"""The figures of the pages by their drawn data: no mutant passes, and noise, fonts and backends change nothing."""

import pickle

import numpy as np
import pytest
from matplotlib.backends import backend_agg, backend_pdf, backend_svg
from matplotlib.text import Text
from tests.figure_calls import CALLS, MAP, draw

from companion.style.drawn import drawn

every_figure = pytest.mark.parametrize("name", CALLS)


def artists(figure):
    """Every artist in the axes of a figure but the labels of contours, whose place and number the layout decides."""
    for axes in figure.axes:
        labels = [text for lines in axes.collections for text in getattr(lines, "labelTexts", ())]
        yield from (one for one in (*axes.lines, *axes.patches, *axes.texts, *axes.collections) if one not in labels)


def mutants(figure):
    """(what, drawn data before, and after): each artist is changed in one thing after the other, then left out.

    To draw a figure takes long, so that each artist has a copy, to which all its changes are made.
    """
    first = figure()
    before, stored = drawn(first), pickle.dumps(first)
    for place, original in enumerate(artists(first)):
        changes = {}
        if isinstance(original, Text):
            changes["another word"] = lambda one: one.set_text(one.get_text() + "!")
        if hasattr(original, "get_ydata") and np.any(original.get_ydata()):
            changes["moved by 1 %"] = lambda one: one.set_ydata(1.01 * np.asarray(one.get_ydata()))
        if (
            getattr(original, "get_array", lambda: None)() is None
            and getattr(original, "get_linestyle", str)() != "None"
        ):
            changes["another colour"] = lambda one: one.set_color("#123456")
        changes["left out"] = lambda one: one.remove()
        changed, last = pickle.loads(stored), before
        one = list(artists(changed))[place]
        for what, change in changes.items():
            change(one)
            now = drawn(changed)
            yield f"artist {place}, {type(original).__name__}, {what}", last, now
            last = now


@every_figure
def test_no_mutant_of_a_figure_passes_for_it(name):
    found = list(mutants(lambda: draw(name)))
    assert len(found) >= 5
    assert [what for what, before, after in found if before == after] == []


@every_figure
def test_noise_of_rounding_changes_nothing(name):
    rng = np.random.default_rng(7)
    arrays = {k: v * (1 + 1e-12 * rng.standard_normal(v.shape)) for k, v in CALLS[name][1].items()}
    assert drawn(draw(name, **arrays)) == drawn(draw(name))


@every_figure
@pytest.mark.parametrize(
    "backend", [backend_agg.FigureCanvasAgg, backend_svg.FigureCanvasSVG, backend_pdf.FigureCanvasPdf]
)
def test_fonts_backends_and_being_drawn_change_nothing(name, backend, tmp_path):
    figure, before = draw(name), drawn(draw(name))
    for word in figure.findobj(Text):
        word.set_fontfamily("DejaVu Serif")
    backend(figure)
    assert drawn(figure) == before
    figure.savefig(tmp_path / f"picture.{figure.canvas.get_default_filetype()}")
    assert drawn(figure) == before


def test_noise_around_zero_does_not_move_a_contour():
    told = set()
    for zero in (0.0, -1e-17, 1e-16):
        values = np.abs(MAP["log10_ratio"])
        values[:, 0] = zero
        told.add(drawn(draw("map", log10_ratio=values)))
    assert len(told) == 1


def test_drawn_data_take_little_room():
    sizes = {name: len(drawn(draw(name)).encode()) for name in CALLS}
    assert max(sizes.values()) < 12_000, sizes
