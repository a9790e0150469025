"""The graph of the states has the edges that the library walks, and lights the path that it is given."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch

from companion.shared.graph import states
from companion.style.palette import LIGHT
from lstm import paths


def arrows(figure):
    return [patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_a_step_has_six_edges_and_the_last_hidden_state_is_left_out():
    figure = states(1, 3)
    # D twice, direct twice, three gates twice, one output edge
    assert len(arrows(figure)) == 2 + 2 + 6 + 1
    assert {"$c^{(1)}$", "$c^{(3)}$", "$h^{(2)}$", "$D^{(2)}$", "$o^{(2)}$", "direct $f^{(3)}$"} <= set(words(figure))
    assert not {"$h^{(3)}$", "$D^{(3)}$", "$o^{(3)}$"} & set(words(figure))


@pytest.mark.parametrize("path", paths.enumerate_paths(1, 4)[::9])
def test_of_every_path_just_its_edges_are_heavy(path):
    heavy = [arrow for arrow in arrows(states(1, 4, path.edges)) if arrow.get_linewidth() > 3]
    assert len(heavy) == len(path.edges)


def test_an_edge_has_the_colour_of_what_it_passes():
    heavy = [a for a in arrows(states(1, 3, ("D", "output", "candidate"))) if a.get_linewidth() > 3]
    assert {to_hex(a.get_edgecolor()) for a in heavy} == {LIGHT["h"], LIGHT["o"], LIGHT["g"]}


@pytest.mark.parametrize("edges", [("forget",), ("D", "direct"), ("direct",), ("D", "output"), ("way", "direct")])
def test_what_is_no_path_is_refused(edges):
    with pytest.raises(ValueError, match=r"^lit: expected"):
        states(1, 3, edges)


def test_more_steps_than_fit_are_refused():
    with pytest.raises(ValueError, match=r"^t: "):
        states(1, 5)
