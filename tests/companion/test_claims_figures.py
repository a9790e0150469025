"""The figures of the claims show the numbers they were given, and refuse what does not fit."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.text import Text

from companion.pages.claims import figures

NEAR = {
    "adding": {"initialised": [0.0, 0.1], "solved": [0.3, 0.4, 0.5]},
    "order": {"initialised": [0.0, 0.0], "long after": [0.7], "failed": [0.02, 0.9]},
}
TENTHS = {"adding": np.arange(10) / 45, "order": np.full(10, 0.1)}
PRODUCT = {"adding": np.array([1e-9, 0.01, 0.8]), "order": np.array([0.1, 0.2]), "Reber": np.array([0.5])}
TRUE = {"adding": np.array([0.3, 1e-12, 2.0]), "order": np.array([0.4, 0.5]), "Reber": np.array([0.7])}
CHANGES = dict(zip(figures.CHANGES, [[1.0, 1.1], [20.0, 300.0], [1.0, 2.0]], strict=True))
FACTORS = {"adding": CHANGES, "order": CHANGES}
CARRIED = {"adding": [0.01, 0.5], "order": [1.2]}
CALLS = {
    "gates": (figures.gates, NEAR, TENTHS),
    "columns": (figures.columns, PRODUCT, TRUE),
    "interventions": (figures.interventions, FACTORS, CARRIED),
}


def draw(name):
    figure, *arrays = CALLS[name]
    return figure(*arrays)


def words(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())


def marks(axes, marker):
    lines = (line for line in axes.lines if line.get_marker() == marker and len(line.get_xdata()))
    return [list(line.get_xdata()) for line in lines]


def test_every_network_has_its_mark_and_every_tenth_its_bar():
    axes = draw("gates").axes
    assert marks(axes[0], "o") == [[0.0, 0.1]]
    assert marks(axes[0], "D") == [[0.3, 0.4, 0.5]]
    assert marks(axes[0], "|") == [[0.05], [0.4]]
    assert marks(axes[2], "s") == [[0.7]]
    assert marks(axes[2], "x") == [[0.02, 0.9]]
    for bars, k in [(axes[1], "adding"), (axes[3], "order")]:
        np.testing.assert_array_equal([bar.get_height() for bar in bars.patches], TENTHS[k])


def test_points_are_the_pairs_and_what_is_too_small_is_at_the_edge():
    axes = draw("columns").axes
    points = axes[0].lines[-1]
    np.testing.assert_array_equal(points.get_xdata(), [1e-6, 0.01, 0.8])
    np.testing.assert_array_equal(points.get_ydata(), [0.3, 1e-6, 2.0])
    assert [a.get_visible() for a in axes] == [True, True, True, False]


def test_interventions_stand_in_the_order_of_their_key_and_gradients_beside_them():
    axes = draw("interventions").axes
    assert [marks(axes[0], m)[0] for m in "oDs"] == list(CHANGES.values())
    assert marks(axes[1], "o") == [[0.01, 0.5]]
    assert marks(axes[3], "o") == [[1.2]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gates", ["adding", "order", "initialised", "solved", "long after", "failed", "within 0.1"]),
        ("columns", ["adding", "order", "Reber", "product of $f$", "true chain"]),
        ("interventions", [*figures.CHANGES, "loss after / loss before", "even share"]),
    ],
)
def test_a_figure_names_what_it_shows(name, said):
    text = words(draw(name))
    assert [word for word in said if word not in text] == []


@pytest.mark.parametrize("name", CALLS)
def test_the_same_numbers_give_the_same_bytes_and_leave_no_trace(name):
    before = dict(mpl.rcParams)
    assert draw(name)._repr_png_() == draw(name)._repr_png_()
    assert dict(mpl.rcParams) == before


def test_the_same_group_has_the_same_colour_in_every_row_and_in_the_key():
    figure = draw("gates")
    for marker in "oDsx":
        lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() == marker]
        assert len({line.get_color() for line in lines}) == 1


@pytest.mark.parametrize(
    ("figure", "one", "other", "message"),
    [
        (figures.gates, NEAR, {"adding": TENTHS["adding"]}, r"^tenths: expected the labels of near"),
        (figures.gates, NEAR, TENTHS | {"order": np.ones(9)}, r"^tenths\[order\]: expected shape \(10,\)"),
        (
            figures.gates,
            {"a": {"done": [1.0]}},
            {"a": np.ones(10)},
            r"^groups: expected names of \['initialised'",
        ),
        (figures.gates, {"a": {"solved": [np.nan]}}, {"a": np.ones(10)}, r"^a, solved: expected finite"),
        (figures.gates, {}, {}, r"^near: expected at least one task"),
        (figures.columns, PRODUCT, {}, r"^true: expected the labels of product"),
        (figures.columns, PRODUCT, TRUE | {"order": np.ones(3)}, r"^true\[order\]: expected shape \(2,\)"),
        (figures.interventions, FACTORS, {}, r"^carried: expected the labels of factors"),
        (figures.interventions, {"a": {"cut": [1.0]}}, {"a": [1.0]}, r"^groups: expected names of"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(figure, one, other, message):
    with pytest.raises(ValueError, match=message):
        figure(one, other)
