"""What the cells have in common: each is, in some limit, another one or a copy."""

import numpy as np
import pytest
from tests.lstm.variant_cases import case, drawn

from lstm import cell, gradient, proofs, rnn, variants
from lstm.cell import Params
from lstm.variants import COUPLED, GRU, LSTM, NO_FORGET, PEEPHOLE, gru, peephole, tied


@drawn
def test_the_chain_and_the_totals_of_the_lstm_are_those_of_the_gradient_module(seed, size, scale):
    variant, params, trace, reads = case("LSTM", seed, size, scale)
    T = len(reads)
    found, expected = variants.totals(variant, params, trace, reads), gradient.totals(params, trace, reads)
    assert proofs.worst(found, expected) < 1e-12
    for s, one in enumerate(variants.chains(variant, params, trace, T), start=1):
        assert proofs.worst([one], [gradient.chain(params, trace, s, T)]) < 1e-12
    products = variants.products_of_direct(variant, params, trace, T)
    assert proofs.worst(products, [gradient.product_of_f(trace, s, T) for s in range(1, T + 1)]) < 1e-12


def test_the_chain_of_the_plain_network_is_that_of_its_module_and_has_no_direct_way():
    variant, params, trace, _ = case("plain RNN", 1)
    for s, one in enumerate(variants.chains(variant, params, trace, 5), start=1):
        assert proofs.worst([one], [rnn.chain(params, trace, s, 5)]) < 1e-12
    assert not variants.products_of_direct(variant, params, trace, 5)[:-1].any()


@drawn
def test_without_a_forget_gate_the_cell_is_an_lstm_whose_forget_gate_never_moves_from_one(seed, size, scale):
    _, params, trace, _ = case("no forget gate", seed, size, scale)
    full = tied.as_lstm(params)._replace(b_f=np.full(size[1], 40.0))  # sigma(40) rounds to 1
    for mine, theirs in zip(trace, cell.run(full, trace.x, trace.h_0, trace.c_0), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert (variants.products_of_direct(NO_FORGET, params, trace, size[2]) == 1).all()


@drawn
def test_with_coupled_gates_the_cell_is_an_lstm_with_tied_weights(seed, size, scale):
    _, params, trace, _ = case("coupled gates", seed, size, scale)
    for mine, theirs in zip(trace, cell.run(tied.as_lstm(params), trace.x, trace.h_0, trace.c_0), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-13)
    np.testing.assert_array_equal(trace.i, 1 - trace.f)


def test_the_one_path_of_the_coupled_gate_is_the_formula_of_the_chapter():
    variant, p, trace, reads = case("coupled gates", seed=2)
    total = variants.totals(variant, p, trace, reads)
    f, g, c_prev = trace.f[3], trace.g[3], trace.c[2]
    D = gradient.output_slope(trace, 3)
    by_hand = D * (p.W_2f.T @ (total.dl_dc[3] * (c_prev - g) * f * (1 - f)))
    np.testing.assert_allclose(variant.terms(p, trace, 4, total, reads).coupled, by_hand, rtol=0, atol=1e-15)


def test_without_peepholes_the_peephole_cell_is_the_lstm():
    _, params, trace, reads = case("peepholes", seed=3)
    params = params._replace(p_i=0 * params.p_i, p_f=0 * params.p_f, p_o=0 * params.p_o)
    plain, x = Params(*params[:12]), trace.x
    trace, expected = PEEPHOLE.run(params, x), cell.run(plain, x)
    for mine, theirs in zip(trace, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    total = gradient.totals(plain, expected, reads)
    mine, six = (v.terms(q, trace, 4, total, reads) for v, q in [(PEEPHOLE, params), (LSTM, plain)])
    assert not mine.peephole_f.any()
    assert not mine.peephole_i.any()
    for term in gradient.Terms._fields:
        np.testing.assert_allclose(getattr(mine, term), getattr(six, term), rtol=0, atol=1e-15)


def test_a_gru_that_keeps_is_a_copy_and_one_that_replaces_without_reset_is_the_plain_network():
    _, p, trace, _ = case("GRU", seed=6)
    n, x, h_0 = 4, trace.x, trace.h_0
    still = dict(W_1z=0 * p.W_1z, W_2z=0 * p.W_2z)
    keeps = p._replace(**still, b_z=np.full(n, 40.0))
    kept = GRU.run(keeps, x, h_0)
    np.testing.assert_array_equal(kept.h, np.tile(h_0, (6, 1)))
    np.testing.assert_allclose(variants.chains(GRU, keeps, kept, 6)[0], np.eye(n), rtol=0, atol=1e-15)
    open_reset = dict(W_1r=0 * p.W_1r, W_2r=0 * p.W_2r, b_r=np.full(n, 40.0))
    replaces = p._replace(**still, b_z=np.full(n, -800.0), **open_reset)
    plain = rnn.RNNParams(p.W_1g, p.W_2g, p.b_g)
    mine, theirs = GRU.run(replaces, x, h_0), rnn.run(plain, x, h_0)
    np.testing.assert_allclose(mine.h, theirs.h, rtol=0, atol=1e-15)
    np.testing.assert_allclose(variants.chains(GRU, replaces, mine, 6)[0], rnn.chain(plain, theirs, 1, 6), atol=1e-14)


def test_a_closed_reset_gate_lets_nothing_of_the_past_into_the_candidate():
    _, p, trace, _ = case("GRU", seed=6)
    closed = p._replace(W_1r=0 * p.W_1r, W_2r=0 * p.W_2r, b_r=np.full(4, -800.0))
    x = trace.x[0]
    g = [gru.step(closed, x, h).g for h in (trace.h_0, -2 * trace.h_0)]
    np.testing.assert_array_equal(*g)
    assert (gru.step(p, x, trace.h_0).g != gru.step(p, x, -2 * trace.h_0).g).all()


@pytest.mark.parametrize(("variant", "bounded"), [(COUPLED, True), (GRU, True), (LSTM, False), (NO_FORGET, False)])
def test_a_memory_that_is_an_average_stays_below_one_and_a_sum_need_not(variant, bounded):
    params = variant.init_params(1, 3, rng=np.random.default_rng(0))
    params = params._replace(b_g=params.b_g + 3)  # the candidate is near 1 at every step
    trace = variant.run(params, np.zeros((50, 1)))
    assert (np.abs(getattr(trace, variant.memory)).max() < 1) == bounded


@pytest.mark.parametrize("name", ["LSTM", "no forget gate", "coupled gates", "GRU"])
def test_without_recurrent_weights_the_product_of_the_direct_factors_is_the_chain(name):
    variant, params, trace, _ = case(name, seed=7, scale=2.0)
    assert np.abs(variants.chains(variant, params, trace, 6)[0] - diagonals(variant, params, trace)[0]).max() > 0.02
    params = variants.scaled(params, 0)
    trace = variant.run(params, trace.x)
    found = variants.chains(variant, params, trace, 6)
    if name == "GRU":  # its reset gate multiplies h inside a product with W_2g = 0
        assert not any(params._asdict()[k].any() for k in ("W_2z", "W_2r", "W_2g"))
    np.testing.assert_allclose(found, diagonals(variant, params, trace), rtol=0, atol=1e-15)


def diagonals(variant, params, trace):
    return [np.diag(v) for v in variants.products_of_direct(variant, params, trace, 6)]


def test_with_peepholes_and_without_recurrent_weights_the_chain_is_diagonal_but_not_the_product_of_f():
    variant, params, trace, _ = case("peepholes", seed=7, scale=2.0)
    params = variants.scaled(params, 0)
    trace = variant.run(params, trace.x)
    found = variants.chains(variant, params, trace, 6)[0]
    by_diagonals = np.prod([peephole.diagonal(params, trace, t) for t in range(2, 7)], axis=0)
    np.testing.assert_allclose(found, np.diag(by_diagonals), rtol=0, atol=1e-14)
    assert np.abs(found - diagonals(variant, params, trace)[0]).max() > 0.01


# The door
