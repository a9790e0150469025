"""The figures of the claims show the numbers they were given, and refuse what does not fit."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.claims import figures

NEAR = {
    "adding": {"initialised": [0.0, 0.1], "solved, 0.02": [0.3, 0.4, 0.5]},
    "order": {"initialised": [0.0, 0.0], "long after, 0.005": [0.7], "failed, 0.02": [0.02, 0.9]},
}
TENTHS = {
    "adding": {"long after, 0.02": np.arange(10) / 45},
    "order": {"long after, 0.005": np.full(10, 0.1), "failed, 0.02": np.arange(10)[::-1] / 45},
}
BOTH = {"a": {"0.02": [0.2, 0.3], "0.005": [0.1, 0.15]}, "b": {"0.02": [0.6], "0.005": [0.5]}}
RATES = {"solved": BOTH, "long after": BOTH}
PARTS = {"a": {"by the loss, 0.02": [0.1, 0.2], "by the chain, 0.005": [1.0]}, "b": {"of its own, 0.02": [0.9]}}
NEED = {"a": {"by the loss, 0.02": [0.3]}, "b": {}}
PRODUCT = {"adding": np.array([1e-9, 0.01, 0.8]), "order": np.array([0.1, 0.2])}
TRUE = {"adding": np.array([0.3, 1e-12, 2.0]), "order": np.array([0.4, 0.5])}
KEPT = {"chain": TRUE, "loss": PRODUCT}
CHANGES = dict(zip(list(figures.CHANGE_LOOKS)[::2], [[1.0, 1.1], [20.0, 300.0], [1.0, 2.0]], strict=True))
FACTORS = {"adding": CHANGES, "order": CHANGES}
SIZES = {"adding": {"share of squares, 0.02": [0.01, 0.5]}, "order": {"medians, 0.005": [1.2]}}
CALLS = {
    "gates": (figures.gates, NEAR, TENTHS),
    "rates": (figures.rates, RATES),
    "kept": (figures.kept, PARTS, NEED),
    "columns": (figures.columns, PRODUCT, KEPT),
    "interventions": (figures.interventions, FACTORS, SIZES),
}


def draw(name):
    figure, *arrays = CALLS[name]
    return figure(*arrays)


def words(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())


def marks(axes, marker):
    lines = (line for line in axes.lines if line.get_marker() == marker and len(line.get_xdata()))
    return [list(line.get_xdata()) for line in lines]


def test_every_network_has_its_mark_and_every_group_its_distribution():
    axes = draw("gates").axes
    assert marks(axes[0], "o") == [[0.0, 0.1]]
    assert marks(axes[0], "D") == [[0.3, 0.4, 0.5]]
    assert marks(axes[0], "|") == [[0.05], [0.4]]
    assert marks(axes[2], "s") == [[0.7]]
    assert marks(axes[2], "x") == [[0.02, 0.9]]
    for ax, k in [(axes[1], "adding"), (axes[3], "order")]:
        drawn = [patch.get_data().values for patch in ax.patches]
        np.testing.assert_array_equal(drawn, list(TENTHS[k].values()))


def test_networks_that_failed_are_drawn_apart_in_the_distribution_too():
    one, failed = draw("gates").axes[3].patches
    assert one.get_edgecolor() != failed.get_edgecolor()
    assert failed.get_linestyle() not in (one.get_linestyle(), "solid")


def test_a_seed_stands_over_the_smaller_rate_at_the_height_of_the_larger():
    for axes in draw("rates").axes:
        first = next(line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata()))
        assert (list(first.get_xdata()), list(first.get_ydata())) == ([0.1, 0.15], [0.2, 0.3])


def test_parts_stand_left_and_right():
    axes = draw("kept").axes
    assert marks(axes[0], "o") == [[0.1, 0.2]]
    assert marks(axes[1], "o") == [[0.3]]
    assert marks(axes[2], "s") == [[0.9]]


def test_points_are_the_pairs_and_what_is_too_small_is_at_the_edge():
    axes = draw("columns").axes
    assert len(axes) == 4
    points = axes[0].lines[-1]
    np.testing.assert_array_equal(points.get_xdata(), [1e-6, 0.01, 0.8])
    np.testing.assert_array_equal(points.get_ydata(), [0.3, 1e-6, 2.0])
    np.testing.assert_array_equal(axes[1].lines[-1].get_ydata(), [1e-6, 0.01, 0.8])


def test_interventions_stand_in_the_order_of_their_key_and_gradients_beside_them():
    axes = draw("interventions").axes
    assert [marks(axes[0], m)[0] for m in "oDs"] == list(CHANGES.values())
    assert marks(axes[1], "^") == [[0.01, 0.5]]
    assert marks(axes[3], "v") == [[1.2]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gates", ["adding", "order", *figures.STAGE_LOOKS, "within 0.1"]),
        ("rates", ["solved", "long after", "a", "b", "at the rate 0.005", "at 0.02"]),
        ("kept", [*figures.KEPT_LOOKS, "of the open units", "of those that keep"]),
        ("columns", ["adding, chain", "order, loss", "product of $f$"]),
        ("interventions", [*figures.CHANGE_LOOKS, *figures.SIZE_LOOKS, "loss after / loss before"]),
    ],
)
def test_a_figure_names_what_it_shows(name, said):
    text = words(draw(name))
    assert [word for word in said if word not in text] == []


@pytest.mark.parametrize("name", CALLS)
def test_the_same_numbers_give_the_same_bytes_and_leave_no_trace(name):
    drawn_twice(lambda: draw(name))


def test_the_same_group_has_the_same_colour_in_every_row_and_in_the_key():
    figure = draw("gates")
    for marker in "oDsx+":
        lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() == marker]
        assert len({line.get_color() for line in lines}) == 1
    filled = {line.get_markerfacecolor() for axes in figure.axes for line in axes.lines if line.get_marker() == "D"}
    assert len(filled) == 2  # one a rate


@pytest.mark.parametrize(
    ("figure", "one", "other", "message"),
    [
        (figures.gates, NEAR, {"adding": TENTHS["adding"]}, r"^tenths: expected the labels of near"),
        (figures.gates, NEAR, TENTHS | {"order": {"failed, 0.02": np.ones(9)}}, r"^tenths\[order\]: expected shape"),
        (figures.gates, {"a": {"done": [1.0]}}, {"a": {}}, r"^groups: expected names of \['initialised'"),
        (figures.gates, {"a": {"initialised": [np.nan]}}, {"a": {}}, r"^a, initialised: expected finite"),
        (figures.gates, {}, {}, r"^near: expected at least one task"),
        (figures.kept, PARTS, {}, r"^necessary: expected the labels of sufficient"),
        (figures.columns, PRODUCT, {"chain": {}}, r"^kept: expected the labels of product"),
        (figures.columns, PRODUCT, {"c": TRUE | {"order": np.ones(3)}}, r"^kept\[c\]\[order\]: expected shape \(2,\)"),
        (figures.interventions, FACTORS, {}, r"^sizes: expected the labels of factors"),
        (figures.interventions, {"a": {"cut": [1.0]}}, {"a": {}}, r"^groups: expected names of"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(figure, one, other, message):
    with pytest.raises(ValueError, match=message):
        figure(one, other)
