"""A figure's drawn data: whatever is drawn differently changes them; noise, fonts and backends do not."""

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyArrowPatch, Polygon
from matplotlib.quiver import Quiver

from companion.style.drawn import drawn
from companion.style.figures import STYLE, new, styled

FONTS = {"font.family", "mathtext.fontset"}  # what letters look like differs between machines
X = np.linspace(0, 5, 40)


@styled
def everything(noise=0.0):
    """A figure with an artist of each kind, its numbers multiplied by 1 + `noise`."""
    rng = np.random.default_rng(1)

    def near(values):
        return values * (1 + noise * rng.standard_normal(np.shape(values)))

    figure = new(4.0)
    left, right = figure.subplots(1, 2)
    left.plot(X, near(np.sin(X)), label="sine")
    left.plot(X, near(np.cos(X)), "--", label="cosine")
    left.fill_between(X, near(0.5 * X), near(X), color="#0b5fa5", alpha=0.3, hatch="/")
    left.scatter(near(X), near(X**2 / 25), s=4)
    left.bar([1, 2], near(np.array([0.5, 0.7])))
    left.plot([4], [1], "D")
    left.errorbar([1, 2, 3], near(np.array([1.0, 2, 3])), yerr=0.1)
    left.hlines([0.25, 0.75], 0, 5)
    left.axhline(0.1)
    left.add_patch(Polygon(near(np.array([(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)])), closed=True))
    left.add_patch(FancyArrowPatch((0, 0), (1, 1)))
    left.text(1, 2, "a word")
    left.annotate("a note", (1, 1), (5, 5), textcoords="offset points", arrowprops={"arrowstyle": "->"})
    left.set(xlabel="across", ylabel="up", title="all", xlim=(0, 6))
    left.legend()
    right.imshow(near(np.arange(12.0).reshape(3, 4)), extent=(0, 1, 0, 1))
    mesh = right.pcolormesh([0, 1, 2, 3], [0, 1, 2], near(np.arange(6.0).reshape(2, 3) + 1))
    right.clabel(right.contour(near(np.outer(X, X)), levels=[1, 5, 9]))
    right.set(yscale="log", ylim=(0.3, 40))
    figure.colorbar(mesh, ax=right)
    figure.suptitle("two panels")
    return figure


def swapped(left, _):
    one, two = left.lines[:2]
    y = one.get_ydata().copy()
    one.set_ydata(two.get_ydata())
    two.set_ydata(y)


def one_point(left, _):
    y = left.lines[0].get_ydata().copy()
    y[17] *= 1.01
    left.lines[0].set_ydata(y)


def one_cell(artist):
    values = np.ma.array(artist.get_array(), copy=True)
    values[1, 1] *= 1.01
    artist.set_data(values) if hasattr(artist, "set_data") else artist.set_array(values)


EDITS = {
    "the label of x": lambda left, _: left.set_xlabel("along"),
    "a title": lambda left, _: left.set_title("some"),
    "the word of a text": lambda left, _: left.texts[0].set_text("word"),
    "the place of a text": lambda left, _: left.texts[0].set_position((1, 2.02)),
    "the size of a text": lambda left, _: left.texts[0].set_size(9),
    "the anchor of a note": lambda left, _: setattr(left.texts[1], "xy", (1, 1.01)),
    "the shift of a note": lambda left, _: setattr(left.texts[1], "xyann", (5, 6)),
    "the whole curve by 1 %": lambda left, _: left.lines[0].set_ydata(1.01 * np.sin(X)),
    "one point of a curve by 1 %": one_point,
    "two curves swapped": swapped,
    "a curve left out": lambda left, _: left.lines[1].remove(),
    "a curve hidden": lambda left, _: left.lines[1].set_visible(False),
    "the colour of a curve": lambda left, _: left.lines[0].set_color("#123456"),
    "the transparency of a curve": lambda left, _: left.lines[0].set_alpha(0.5),
    "the dashes of a curve": lambda left, _: left.lines[1].set_linestyle((0, (1, 5))),
    "the width of a curve": lambda left, _: left.lines[0].set_linewidth(1.7),
    "the marker of a curve": lambda left, _: left.lines[0].set_marker("o"),
    "the order of drawing": lambda left, _: left.lines[0].set_zorder(9),
    "the limits of x": lambda left, _: left.set_xlim(0, 6.01),
    "the scale of y": lambda left, _: left.set_yscale("symlog"),
    "the ticks of x": lambda left, _: left.set_xticks([0, 3, 6]),
    "the labels of ticks": lambda _, right: right.set_xticks([0, 1], ["0", "one"]),
    "the side of ticks": lambda left, _: left.yaxis.tick_right(),
    "a grid": lambda left, _: left.grid(True),
    "a spine": lambda left, _: left.spines["left"].set_visible(False),
    "the height of a bar": lambda left, _: left.patches[0].set_height(0.505),
    "the colour of a bar": lambda left, _: left.patches[0].set_facecolor("#123456"),
    "the hatch of an area": lambda left, _: left.collections[0].set_hatch("x"),
    "the colour of an area": lambda left, _: left.collections[0].set_facecolor("#123456"),
    "the edge of an area": lambda left, _: left.fill_between(X, 0.5 * X, 1.01 * X),
    "the sizes of points": lambda left, _: left.collections[1].set_sizes([5]),
    "the place of points": lambda left, _: left.collections[1].set_offsets(np.c_[X, X**2 / 24]),
    "the ends of lines": lambda left, _: left.collections[-1].set_segments([[(0, 0.25), (5, 0.26)]]),
    "a corner": lambda left, _: left.patches[2].set_xy([(1, 1), (2, 1), (2, 2.02)]),
    "the end of an arrow": lambda left, _: left.patches[3].set_positions((0, 0), (1, 1.01)),
    "a cell of an image": lambda _, right: one_cell(right.images[0]),
    "a cell of a mesh": lambda _, right: one_cell(right.collections[0]),
    "a colour map": lambda _, right: right.collections[0].set_cmap("plasma"),
    "the ends of a colour map": lambda _, right: right.collections[0].set_clim(1, 6.1),
    "the lines of a contour": lambda _, right: right.contour(np.outer(X, X), levels=[1, 5]),
    "a word of a legend": lambda left, _: left.get_legend().get_texts()[0].set_text("sin"),
    "the place of a legend": lambda left, _: left.get_legend().set_loc("lower left"),
    "a legend left out": lambda left, _: left.get_legend().remove(),
    "the title above all": lambda left, _: left.figure.suptitle("panels"),
    "a panel left out": lambda _, right: right.remove(),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_drawn_differently_changes_the_drawn_data(edit):
    figure = everything()
    EDITS[edit](*figure.axes[:2])
    assert drawn(figure) != drawn(everything())


@pytest.mark.parametrize("key", sorted(STYLE.keys() - FONTS))
def test_another_style_changes_the_drawn_data(key):
    value = STYLE[key]
    other = not value if isinstance(value, bool) else "#123456" if isinstance(value, str) else value + 1
    told = []
    for style in (STYLE, STYLE | {key: other}):
        with rc_context(style):
            told.append(drawn(everything.__wrapped__()))
    assert told[0] != told[1]


def test_noise_of_rounding_changes_nothing():
    assert drawn(everything(1e-12)) == drawn(everything())


def test_an_artist_of_an_unknown_kind_is_refused():
    figure = new(2.0)
    axes = figure.subplots()
    axes.add_artist(Quiver(axes, [0], [0], [1], [1]))
    drawn(figure)  # arrows are a collection
    axes.table([["1"]])
    with pytest.raises(TypeError, match=r"^figure: expected artists among .*, got Table$"):
        drawn(figure)


def test_a_line_collection_is_told_by_its_corners():
    figure = new(2.0)
    figure.subplots().add_collection(LineCollection([[(0, 1), (2, 3)]]))
    assert "x 0 2 y 1 3" in drawn(figure)
