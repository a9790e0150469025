"""The figures show the arrays they were given, refuse what does not fit, and leave no trace behind them."""

import inspect
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from tests.figure_calls import (
    BARS,
    CALLS,
    LAGS,
    NUMBERS_OF,
    SYMBOLS,
    VALUES,
    H,
    N,
    T,
    draw,
)

from companion.pages.gates import figures as gates
from companion.pages.gradient import figures as gradient
from companion.pages.museum import figures as museum
from companion.pages.regimes import figures as regimes
from companion.pages.rnn import figures as rnn
from companion.pages.states import figures as states
from companion.pages.unit import figures as unit
from companion.style import diagram, figures, gradients
from companion.style.drawn import MIME
from companion.style.palette import DARK, LIGHT

every_figure = pytest.mark.parametrize("name", CALLS)


def contrast(colour, ground):
    """The contrast ratio of WCAG 2."""

    def light(c):
        return sum(w * (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) for w, v in zip(W, c, strict=True))

    W = (0.2126, 0.7152, 0.0722)
    low, high = sorted([light(to_rgb(colour)), light(to_rgb(ground))])
    return (high + 0.05) / (low + 0.05)


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


@pytest.mark.parametrize(("palette", "ground"), [(LIGHT, "#ffffff"), (DARK, "#1e1e1e")])
def test_every_colour_is_readable_on_its_ground(palette, ground):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert min(contrast(colour, ground) for colour in palette.values()) >= 4.5


def test_the_palettes_name_the_same_things_and_no_colour_twice():
    assert LIGHT.keys() == DARK.keys()
    assert len(set(LIGHT.values())) == len(set(DARK.values())) == len(LIGHT)


@every_figure
def test_a_notebook_shows_a_figure_as_one_png_and_its_drawn_data(name):
    figure = draw(name)
    shown, _ = DisplayFormatter().format(figure)
    assert set(shown) == {"image/png", "text/plain", MIME}
    width, height = figure.get_size_inches() * figure.dpi
    assert shown["text/plain"] == f"<Figure size {width:.0f}x{height:.0f} with {len(figure.axes)} Axes>"
    assert width == 896


@every_figure
def test_the_same_arrays_give_the_same_bytes(name):
    assert draw(name)._repr_png_() == draw(name)._repr_png_()


def test_another_array_gives_other_bytes():
    assert draw("states")._repr_png_() != draw("states", h=-H)._repr_png_()


@every_figure
def test_a_figure_leaves_rc_parameters_and_arrays_as_they_were(name):
    before, arrays = dict(mpl.rcParams), {k: v.copy() for k, v in CALLS[name][1].items()}
    draw(name)._repr_png_()
    assert dict(mpl.rcParams) == before
    assert all((CALLS[name][1][k] == v).all() for k, v in arrays.items())


@every_figure
def test_a_figure_names_its_symbols(name):
    labels = "\n".join(text.get_text() for text in texts(draw(name)))
    assert [symbol for symbol in SYMBOLS[name] if symbol not in labels] == []


def clashes(figure):
    """Labels that cover another one or leave the figure."""
    figure.draw_without_rendering()
    boxes = [(text.get_text(), Text.get_window_extent(text)) for axes in figure.axes for text in axes.texts]
    inside = figure.bbox.padded(1)
    out = [label for label, box in boxes if not (inside.contains(*box.p0) and inside.contains(*box.p1))]
    return out + [(p, q) for (p, box), (q, other) in combinations(boxes, 2) if box.overlaps(other)]


PARTS = [name for name in CALLS if name.startswith("cell, ")]


@pytest.mark.parametrize(
    "name", ["terms", "chains", "explorer", "rates", "cell", "unrolled", "unrolled, numbers", *PARTS]
)
def test_no_label_covers_another_or_leaves_the_figure(name):
    assert clashes(draw(name)) == []


def test_a_part_that_is_not_lit_has_no_numbers_and_one_that_is_no_part_is_refused():
    every = diagram.cell(values=VALUES)
    assert {text.get_text() for text in texts(every)} >= set(VALUES.values())
    assert not {text.get_text() for text in texts(draw("cell, keep"))} & set(NUMBERS_OF["show"])
    with pytest.raises(ValueError, match=r"^lit: expected one of \('gates', 'keep', 'write', 'show'\) or None"):
        diagram.cell(lit="forget")
    with pytest.raises(ValueError, match=r"^values: expected names of .*, got \['z'\]"):
        diagram.cell(values={"z": "1"})


def test_a_label_that_covers_another_or_leaves_the_figure_is_found():
    figure = draw("cell")
    first = figure.axes[0].texts[0]
    figure.axes[0].text(*first.get_position(), "on top")
    figure.axes[0].text(figures.WIDTH - 0.1, 1, "too far")
    assert clashes(figure) == ["too far", (first.get_text(), "on top")]


@pytest.mark.parametrize(("name", "argument"), [(name, k) for name, call in CALLS.items() for k in call[1]])
def test_an_array_of_another_shape_is_refused_by_its_name(name, argument):
    array = CALLS[name][1][argument]
    with pytest.raises(ValueError, match=rf"^{argument}: expected shape"):
        draw(name, **{argument: array[:, None, None]})
    if argument not in ("times", "z", "steps", "lags", "truth") and (name, argument) not in [
        ("map", "x"),
        ("map", "y"),
        ("by hand", "g"),
    ]:
        with pytest.raises(ValueError, match=rf"^{argument}: expected shape"):
            draw(name, **{argument: array[:-1]})


def test_what_is_not_finite_or_does_not_belong_is_refused():
    with pytest.raises(ValueError, match=r"^c: expected finite"):
        draw("states", c=np.full((T, N), np.nan))
    with pytest.raises(ValueError, match=r"^units: expected at least 1 and at most 3"):
        draw("gates", units=(1, 4))
    for units in [(), (1, 1), (1, 2, 3, 4)]:
        with pytest.raises(ValueError, match=r"^units: expected one to 3 different ones, got \("):
            draw("states", units=units)
    with pytest.raises(ValueError, match=r"^half_lives: expected the keys"):
        draw("decay", half_lives={0.5: 1.0})
    with pytest.raises(ValueError, match=r"^weights\[0.9\]: expected shape \(30,\)"):
        draw("decay", weights={0.5: 0.5**LAGS, 0.9: 0.9 ** LAGS[:-1]})
    with pytest.raises(ValueError, match=r"^numbers: expected a slope for each edge, got none for \('c', 1\)"):
        draw("unrolled", numbers={})
    with pytest.raises(TypeError, match=r"^terms: expected lstm.Terms"):
        draw("terms", terms=tuple(BARS))
    with pytest.raises(ValueError, match=r"^terms.local: expected shape \(\)"):
        draw("terms", terms=BARS._replace(local=np.ones(1)))


def test_the_backward_figure_stands_on_the_graph_of_the_forward_one():
    places = [
        {p.center for p in draw(name).axes[0].patches if getattr(p, "radius", 0) == 0.12}
        for name in ("cell", "cell, backward")
    ]
    assert places[0] == places[1]
    assert len(places[0]) == 4


def test_every_public_figure_is_tested_here():
    public = {
        f
        for module in (gates, states, gradient, gradients, rnn, regimes, museum, unit, diagram)
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == module.__name__ and not name.startswith("_") and name != "new"
    }
    assert public == {call[0] for call in CALLS.values()}
