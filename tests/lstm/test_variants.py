"""The other cells: each one's Eq. (15) and chain by complex step, and the cells that they become in limits."""

import numpy as np
import pytest
from tests.lstm.variant_cases import by_complex_step, case, chain_error, drawn, every_cell, worst_term_error

from lstm import variants
from lstm.variants import CELLS


@every_cell
@drawn
def test_the_terms_sum_to_the_total_derivative(name, seed, size, scale):
    assert worst_term_error(case(name, seed, size, scale)) < 1e-12


@every_cell
@drawn
def test_the_chain_agrees_with_the_complex_step_from_every_start(name, seed, size, scale):
    assert chain_error(*case(name, seed, size, scale)[:3]) < 1e-12


@every_cell
@drawn
def test_totals_agree_with_the_complex_step_where_only_the_last_step_is_read(name, seed, size, scale):
    *one, reads = case(name, seed, size, scale)
    reads[:-1] = 0
    total = variants.totals(*one, reads)
    for s in range(1, len(reads) + 1):
        exact = by_complex_step(*one, reads, s)
        assert np.abs(total.dl_dc[s - 1] - exact).max() <= 1e-12 * max(1, np.abs(exact).max())


def names_of_terms(name):
    variant, params, trace, reads = case(name, 0)
    return variant.terms(params, trace, 2, variants.totals(variant, params, trace, reads), reads)._fields


PAIRS = [(name, term) for name in CELLS for term in names_of_terms(name)]
PATHS = [(name, W) for name in CELLS for W in case(name, 0)[1]._fields if W[:2] in ("W_", "p_") and W[:3] != "W_1"]


@pytest.mark.parametrize(("name", "term"), PAIRS)
def test_no_term_can_be_left_out(name, term):
    one = case(name, seed=4)
    assert worst_term_error(one) < 1e-12
    assert worst_term_error(one, lambda terms: terms._replace(**{term: 0 * terms.local})) > 1e-4


@pytest.mark.parametrize(("name", "matrix"), PATHS)
def test_a_state_jacobian_that_forgets_a_path_is_seen(name, matrix):
    variant, params, trace, _ = case(name, seed=5, scale=2.0)
    blind = params._replace(**{matrix: 0 * getattr(params, matrix)})
    broken = variant._replace(state_jacobian=lambda params, trace, t: variant.state_jacobian(blind, trace, t))
    assert chain_error(variant, params, trace) < 1e-12
    assert chain_error(broken, params, trace) > 1e-4


@pytest.mark.parametrize("name", [name for name in CELLS if CELLS[name].memory == "c"])
def test_a_seed_that_leaves_h_behind_is_seen(name):
    variant, params, trace, _ = case(name, seed=5, scale=2.0)
    held = variant._replace(seed=lambda params, trace, t: np.eye(2 * trace.h.shape[1], trace.h.shape[1]))
    assert chain_error(held, params, trace) > 1e-3


def test_the_peephole_of_the_output_gate_belongs_to_the_slope_of_h():
    variant, params, trace, reads = case("peepholes", seed=5, scale=2.0)
    blind = params._replace(p_o=0 * params.p_o)
    broken = variant._replace(terms=lambda params, *rest: variant.terms(blind, *rest))
    assert worst_term_error((broken, params, trace, reads)) > 1e-4


# What the cells are known to be
