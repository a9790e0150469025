"""ablation: a matrix left out of the chain is left out of the chain alone, and the sizes are those of one step."""

from itertools import product

import numpy as np
import pytest

from companion.pages.regimes import ablation, maps
from companion.shared import cells as shared
from lstm import gradient, paths
from lstm.cell import run

BIASES = [-1.0, 2.0]


def draws(cells=3, T=4):
    return shared.draw_cells(cells, m=2, n=3, T=T, rng=np.random.default_rng(0))


def test_with_nothing_left_out_it_is_the_map():
    found = maps.regime_map(draws(), BIASES, [1.0])
    np.testing.assert_allclose(ablation.ablated(draws(), BIASES, ""), (found.true - found.direct)[:, 0], atol=1e-12)


def test_with_all_left_out_the_product_of_f_remains():
    np.testing.assert_allclose(ablation.ablated(draws(), BIASES, "ifog"), 0, atol=1e-12)


@pytest.mark.parametrize(("letter", "gate"), [("i", "input"), ("f", "forget"), ("o", "output"), ("g", "candidate")])
def test_what_is_left_are_the_paths_that_do_not_use_the_gate(letter, gate):
    got = ablation.ablated(draws(), BIASES, letter)
    for (b, bias), (k, draw) in product(enumerate(BIASES), enumerate(draws())):
        placed = shared.placed(draw, bias, 1.0)
        trace = run(*placed)
        left = [one for one in paths.contributions(placed.params, trace, 1, 4) if gate not in one.path.edges]
        ratio = np.linalg.norm(paths.total(left), 2) / gradient.product_of_f(trace, 1, 4).max()
        np.testing.assert_allclose(got[b, k], np.log10(ratio), atol=1e-10)


def test_the_sizes_of_one_cell_over_one_step_are_those_of_its_edges():
    (draw,) = draws(1, T=2)
    placed = shared.placed(draw, 2.0, 1.0)
    trace = run(*placed)
    found = ablation.sizes([draw], [2.0])
    edges = {one.path.edges: one.size for one in paths.contributions(placed.params, trace, 1, 2)}
    np.testing.assert_allclose(found.forget, edges["D", "forget"], rtol=1e-12)
    np.testing.assert_allclose(found.candidate, edges["D", "candidate"], rtol=1e-12)
    np.testing.assert_allclose(found.f, np.median(trace.f[1]), rtol=1e-12)
    np.testing.assert_allclose(found.D, np.median(gradient.output_slope(trace, 1)), rtol=1e-12)


def test_a_gate_that_is_none_is_refused():
    with pytest.raises(ValueError, match="without: expected some of"):
        ablation.ablated(draws(), BIASES, "x")
