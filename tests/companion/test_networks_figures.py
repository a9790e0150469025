"""The figure of six networks shows the matrices that it was given and refuses what does not fit."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.networks.figures import influences

rng = np.random.default_rng(0)
MATRICES = {
    "full": rng.normal(size=(6, 6)),
    "lower": np.tril(rng.normal(size=(6, 6))),
    "none": np.zeros((6, 6)),
    "4": np.eye(6),
}


def test_each_network_has_a_panel_of_its_name_with_its_matrix():
    figure = influences(MATRICES)
    shown = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title(loc="left") for axes in shown] == list(MATRICES)
    for axes, values in zip(shown, MATRICES.values(), strict=True):
        (mesh,) = axes.collections
        np.testing.assert_array_equal(np.reshape(mesh.get_array(), values.shape), values)
        assert (mesh.norm.vmin, mesh.norm.vmax) == (-(np.abs(values).max() or 1), np.abs(values).max() or 1)


def test_the_first_output_is_on_top():
    for axes in influences(MATRICES).axes[: len(MATRICES)]:
        low, high = axes.get_ylim()
        assert low > high


def test_rows_and_columns_have_their_names():
    words = {t.get_text() for t in influences(MATRICES, outputs="later", inputs="earlier").findobj(Text)}
    assert {"later", "earlier"} <= words


def test_the_same_matrices_give_the_same_bytes_and_leave_no_trace():
    drawn_twice(lambda: influences(MATRICES))


@pytest.mark.parametrize(
    ("matrices", "words"),
    [
        ({}, "matrices: expected at least one"),
        ({"row": np.ones(3)}, r"matrices\['row'\]"),
        ({"x": [["a"]]}, r"matrices\['x'\]"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(matrices, words):
    with pytest.raises((TypeError, ValueError), match=words):
        influences(matrices)
