"""The other cells: each one's Eq. (15) and chain by complex step, and the cells that they become in limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import cases

from lstm import cell, gradient, proofs, rnn, variants
from lstm.cell import Params
from lstm.variants import CELLS, COUPLED, GRU, LSTM, NO_FORGET, PEEPHOLE, RNN, gru, peephole, tied

every_cell = pytest.mark.parametrize("name", CELLS)
SCALES = st.sampled_from(cases.SCALES)
sizes = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(3, 7))
drawn = given(st.integers(0, 2**32 - 1), sizes, SCALES)


def case(name, seed, size=(2, 4, 6), scale=1.0):
    """A cell of CELLS, its parameters, a run from states that are not zero, and a loss that reads every step."""
    m, n, T = size
    variant, rng = CELLS[name], np.random.default_rng(seed)
    params = variant.init_params(m, n, rng=rng)
    params = type(params)(*(scale * p for p in params))
    state = (rng.uniform(-1, 1, n), rng.normal(size=n))[: 2 if variant.memory == "c" else 1]
    return variant, params, variant.run(params, rng.normal(size=(T, m)), *state), rng.normal(size=(T, n))


def memory(variant, trace, s):
    return getattr(trace, variant.memory)[s - 1]


def by_complex_step(variant, params, trace, reads, s):
    def loss(c):
        return np.sum(reads[s - 1 :] * variants.follow(variant, params, trace, s, c)[1])

    return proofs.complex_step(loss, memory(variant, trace, s))


def worst_term_error(one, change=lambda terms: terms):
    """Largest difference between the sum of the terms and the complex step, on the summed absolute terms."""
    variant, params, trace, reads = one
    total, worst = variants.totals(*one), 0.0
    for t in range(2, len(reads) + 1):
        terms = variant.terms(params, trace, t, total, reads)
        exact = by_complex_step(*one, t - 1)
        worst = max(worst, (np.abs(sum(change(terms)) - exact) / np.abs(terms).sum(axis=0)).max())
    return worst


def chain_by_complex_step(variant, params, trace, s):
    def last(c):
        return variants.follow(variant, params, trace, s, c)[0][-1]

    return proofs.complex_step(last, memory(variant, trace, s))


def chain_error(variant, params, trace):
    found, worst = variants.chains(variant, params, trace, len(trace.h)), 0.0
    for s, one in enumerate(found, start=1):
        exact = chain_by_complex_step(variant, params, trace, s)
        worst = max(worst, np.abs(one - exact).max() / max(1, np.abs(exact).max()))
    return worst


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
WAYS = [(name, W) for name in CELLS for W in case(name, 0)[1]._fields if W[:2] in ("W_", "p_") and W[:3] != "W_1"]


@pytest.mark.parametrize(("name", "term"), PAIRS)
def test_no_term_can_be_left_out(name, term):
    one = case(name, seed=4)
    assert worst_term_error(one) < 1e-12
    assert worst_term_error(one, lambda terms: terms._replace(**{term: 0 * terms.local})) > 1e-4


@pytest.mark.parametrize(("name", "matrix"), WAYS)
def test_a_state_jacobian_that_forgets_a_way_is_seen(name, matrix):
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


def test_the_one_way_of_the_coupled_gate_is_the_formula_of_the_chapter():
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


@every_cell
def test_norms_are_those_of_the_chain_and_of_the_product_counted_back(name):
    variant, params, trace, _ = case(name, seed=8)
    found = variants.norms(variant, [params, params], trace.x)
    assert found.true.shape == found.direct.shape == (2, 6)
    run = variant.run(params, trace.x)
    for back in range(6):
        A = variants.chains(variant, params, run, 6)[5 - back]
        assert found.true[1, back] == pytest.approx(np.linalg.norm(A, 2))
        assert found.direct[1, back] == variants.products_of_direct(variant, params, run, 6)[5 - back].max()
    assert (found.true[:, 0] == 1).all()


@every_cell
def test_scaling_multiplies_the_recurrent_matrices_and_nothing_else(name):
    params = case(name, seed=8)[1]
    for k, v in variants.scaled(params, 3)._asdict().items():
        np.testing.assert_array_equal(v, getattr(params, k) * (3 if k.startswith("W_2") else 1))


def test_the_tied_cells_start_from_the_draws_of_the_lstm_and_float32_stays_float32():
    drawn = [v.init_params(2, 3, rng=np.random.default_rng(0)) for v in (LSTM, NO_FORGET, COUPLED)]
    for params in drawn[1:]:
        for k, v in params._asdict().items():
            np.testing.assert_array_equal(v, getattr(drawn[0], k))
            assert v.all()
    for variant in (NO_FORGET, COUPLED, GRU, PEEPHOLE):
        params = variant.init_params(2, 3, rng=np.random.default_rng(0))
        params = type(params)(*(v.astype(np.float32) for v in params))
        assert variant.run(params, np.ones((4, 2), np.float32)).h.dtype == np.float32


@every_cell
def test_nothing_that_was_given_is_written_to(name):
    variant, params, trace, reads = case(name, seed=9)
    given = [*params, *trace, reads]
    before = [v.copy() for v in given]
    total = variants.totals(variant, params, trace, reads)
    variant.terms(params, trace, 3, total, reads)
    variants.chains(variant, params, trace, 6)
    variants.products_of_direct(variant, params, trace, 6)
    variants.scaled(params, 2)
    assert all((v == w).all() for v, w in zip(given, before, strict=True))


@every_cell
def test_bad_arguments_are_refused_by_name(name):
    variant, params, trace, reads = case(name, seed=9)
    total = variants.totals(variant, params, trace, reads)
    with pytest.raises(ValueError, match=r"^t: expected at least 2"):
        variant.terms(params, trace, 1, total, reads)
    with pytest.raises(TypeError, match=r"^total: expected lstm.Totals"):
        variant.terms(params, trace, 2, tuple(total), reads)
    with pytest.raises(ValueError, match=r"^reads: expected shape \(6, 4\), got shape \(4, 6\)"):
        variants.totals(variant, params, trace, reads.T)
    with pytest.raises(ValueError, match=r"^t: expected at least 1 and at most 6, got 7"):
        variants.chains(variant, params, trace, 7)
    with pytest.raises(ValueError, match=r"^s: expected at least 1"):
        variants.follow(variant, params, trace, 0, trace.h[0])
    with pytest.raises(ValueError, match=r"^x: expected shape \(any length, 2\), got shape \(6, 3\)"):
        variant.run(params, np.zeros((6, 3)))
    with pytest.raises(TypeError, match=r"^params: expected lstm."):
        variant.run(tuple(params), trace.x)
    with pytest.raises(ValueError, match=r"^b_g|^b: expected shape \(4,\), got shape \(3,\)"):
        variant.run(params._replace(**{params._fields[-1] if name == "plain RNN" else "b_g": np.zeros(3)}), trace.x)


def test_a_trace_of_another_kind_or_size_is_refused():
    small = case("GRU", seed=9, size=(2, 3, 6))[2]
    variant, params, trace, _ = case("GRU", seed=9)
    with pytest.raises(ValueError, match=r"^trace.h: expected shape \(any length, 4\), got shape \(6, 3\)"):
        variants.chains(variant, params, small, 6)
    with pytest.raises(TypeError, match=r"^trace: expected one with c, got GRUTrace"):
        variants.chains(LSTM, case("LSTM", 1)[1], trace, 6)
    with pytest.raises(TypeError, match=r"^trace: expected lstm.GRUTrace, got RNNTrace"):
        variants.chains(variant, params, case("plain RNN", 1)[2], 6)
    with pytest.raises(TypeError, match=r"^variant: expected lstm.Variant, got str"):
        variants.chains("GRU", params, trace, 6)
    with pytest.raises(ValueError, match=r"^trace.c: expected shape \(any length, 4\)"):
        peephole.state_jacobian(case("peepholes", 1)[1], case("LSTM", 1, size=(2, 3, 6))[2], 2)
    assert RNN.memory == "h"
