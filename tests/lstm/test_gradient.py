"""Equation (15) against the complex step, on drawn shapes, biases not zero, a loss at every step."""

import numpy as np
import pytest
from hypothesis import given
from tests.cases import cases

from lstm import gradient, init_params, run, step
from lstm.gradient import Terms, chain, product_of_f, product_of_jacobians, step_jacobian, terms, totals

H = 1e-30  # complex step: exact to rounding, no difference is taken


def states_after(case, s, dc, dh):
    """(c^(t), h^(t)) for t = s, ..., T when c^(s) moves by dc and then h^(s) by dh, o^(s) held."""
    c = case.trace.c[s - 1] + dc
    h = case.trace.o[s - 1] * np.tanh(c) + dh
    states = [(c, h)]
    for x in case.x[s:]:
        new = step(case.params, x, h, c)
        c, h = new.c, new.h
        states.append((c, h))
    return states


def loss_after(case, s, dc, dh, reads):
    return sum(r @ h for r, (_, h) in zip(reads[s - 1 :], states_after(case, s, dc, dh), strict=True))


def total_by_complex_step(case, s, reads):
    units = np.eye(len(case.c_0))
    by_c = [loss_after(case, s, 1j * H * e, 0, reads).imag / H for e in units]
    by_h = [loss_after(case, s, 0, 1j * H * e, reads).imag / H for e in units]
    return np.array(by_c), np.array(by_h)


def state_by_complex_step(case, s, t):
    units = np.eye(len(case.c_0))
    return np.array([states_after(case, s, 1j * H * e, 0)[t - s][0].imag / H for e in units]).T


def worst_term_error(case, change=lambda six: six):
    """Largest difference between the sum of six terms and the complex step, on the summed absolute terms."""
    total = totals(case.params, case.trace, case.reads)
    worst = 0.0
    for t in range(2, len(case.x) + 1):
        six = change(terms(case.params, case.trace, t, total, case.reads))
        by_c, _ = total_by_complex_step(case, t - 1, case.reads)
        worst = max(worst, (np.abs(sum(six) - by_c) / np.abs(six).sum(axis=0)).max())
    return worst


@given(cases())
def test_the_six_terms_sum_to_the_total_derivative(case):
    assert worst_term_error(case) < 1e-12


@pytest.mark.parametrize("term", Terms._fields)
def test_no_term_can_be_left_out(term):
    rng = np.random.default_rng(4)
    p = init_params(2, 4, rng=rng)
    x, h_0, c_0, reads = (rng.normal(size=s) for s in [(6, 2), 4, 4, (6, 4)])
    from tests.cases import Case

    case = Case(p, x, h_0, c_0, reads, run(p, x, h_0, c_0))
    assert worst_term_error(case) < 1e-12
    assert worst_term_error(case, lambda six: six._replace(**{term: 0 * six.direct})) > 1e-4


@given(cases())
def test_totals_agree_with_the_complex_step_at_every_step(case):
    got = totals(case.params, case.trace, case.reads)
    for s in range(1, len(case.x) + 1):
        by_c, by_h = total_by_complex_step(case, s, case.reads)
        for mine, exact in ((got.dl_dc[s - 1], by_c), (got.dl_dh[s - 1], by_h)):
            assert np.abs(mine - exact).max() <= 1e-12 * max(1, np.abs(exact).max())


@given(cases())
def test_totals_agree_with_the_complex_step_where_only_the_last_step_is_read(case):
    reads = np.zeros_like(case.reads)
    reads[-1] = case.reads[-1]
    got = totals(case.params, case.trace, reads)
    by_c, by_h = total_by_complex_step(case, 1, reads)
    assert np.abs(got.dl_dc[0] - by_c).max() <= 1e-12 * max(1, np.abs(by_c).max())
    assert np.abs(got.dl_dh[0] - by_h).max() <= 1e-12 * max(1, np.abs(by_h).max())


@given(cases())
def test_the_chain_agrees_with_the_complex_step_from_every_start(case):
    T = len(case.x)
    for s in range(1, T + 1):
        exact = state_by_complex_step(case, s, T)
        assert np.abs(chain(case.params, case.trace, s, T) - exact).max() <= 1e-12 * max(1, np.abs(exact).max())


@given(cases())
def test_one_step_of_the_chain_is_the_one_step_jacobian(case):
    for t in range(2, len(case.x) + 1):
        J = step_jacobian(case.params, case.trace, t)
        np.testing.assert_allclose(chain(case.params, case.trace, t - 1, t), J, rtol=0, atol=1e-13)
        np.testing.assert_allclose(J, state_by_complex_step(case, t - 1, t), rtol=0, atol=1e-12)


@given(cases())
def test_the_first_four_terms_are_the_transposed_jacobian_times_dl_dc(case):
    total = totals(case.params, case.trace, case.reads)
    for t in range(2, len(case.x) + 1):
        six = terms(case.params, case.trace, t, total, case.reads)
        by_J = step_jacobian(case.params, case.trace, t).T @ total.dl_dc[t - 1]
        np.testing.assert_allclose(sum(six[:4]), by_J, rtol=0, atol=1e-12)


def strong_cell():
    rng = np.random.default_rng(1)
    p = init_params(3, 5, rng=rng)
    p = p._replace(**{name: 2 * getattr(p, name) for name in p._fields if name.startswith("W_2")})
    return p, run(p, rng.normal(size=(6, 3)), rng.normal(size=5), rng.normal(size=5))


def test_neither_the_product_of_J_nor_the_product_of_f_is_the_chain():
    p, trace = strong_cell()
    true = chain(p, trace, 1, 6)
    assert np.abs(product_of_jacobians(p, trace, 1, 6) - true).max() > 0.02 * np.abs(true).max()
    assert np.abs(np.diag(product_of_f(trace, 1, 6)) - true).max() > 0.02 * np.abs(true).max()


def test_the_printed_product_misses_the_output_path():
    p, trace = strong_cell()
    reads = np.zeros((6, 5))
    reads[-1] = 1
    total = totals(p, trace, reads)
    literal = step_jacobian(p, trace, 6).T @ total.dl_dc[-1]
    gap = terms(p, trace, 6, total, reads).output
    np.testing.assert_allclose(total.dl_dc[-2] - literal, gap, rtol=0, atol=1e-14)
    assert np.abs(gap).max() > 1e-3


def test_without_recurrent_weights_the_three_products_are_one():
    p, _ = strong_cell()
    p = p._replace(**{name: 0 * getattr(p, name) for name in p._fields if name.startswith("W_2")})
    trace = run(p, np.random.default_rng(2).normal(size=(6, 3)))
    direct = np.diag(product_of_f(trace, 1, 6))
    np.testing.assert_allclose(chain(p, trace, 1, 6), direct, rtol=0, atol=1e-15)
    np.testing.assert_allclose(product_of_jacobians(p, trace, 1, 6), direct, rtol=0, atol=1e-15)


def test_an_empty_span_is_the_identity():
    p, trace = strong_cell()
    np.testing.assert_array_equal(chain(p, trace, 3, 3), np.eye(5))
    np.testing.assert_array_equal(product_of_jacobians(p, trace, 3, 3), np.eye(5))
    np.testing.assert_array_equal(product_of_f(trace, 3, 3), np.ones(5))


def test_the_start_c_0_is_refused_because_no_output_gate_made_it():
    p, trace = strong_cell()
    with pytest.raises(ValueError, match="s: expected at least 1"):
        chain(p, trace, 0, 6)
    with pytest.raises(ValueError, match="t: expected at least 2"):
        terms(p, trace, 1, gradient.Totals(*np.zeros((2, 6, 5))), np.zeros((6, 5)))


def test_bad_arguments_are_refused_by_name():
    p, trace = strong_cell()
    with pytest.raises(ValueError, match=r"reads: expected shape \(6, 5\), got shape \(5, 6\)"):
        totals(p, trace, np.zeros((5, 6)))
    with pytest.raises(ValueError, match=r"total.dl_dc: expected shape \(6, 5\), got shape \(1, 5\)"):
        terms(p, trace, 2, gradient.Totals(np.zeros((1, 5)), np.zeros((6, 5))), np.zeros((6, 5)))
    with pytest.raises(TypeError, match=r"total: expected lstm.Totals, got tuple"):
        terms(p, trace, 2, (np.zeros((6, 5)), np.zeros((6, 5))), np.zeros((6, 5)))
    with pytest.raises(ValueError, match=r"dl_dc: expected shape \(5,\), got shape \(1,\)"):
        gradient.deltas(trace, 2, np.zeros(1), np.zeros(5))
    with pytest.raises(ValueError, match="trace: expected 4 units as in params, got 5"):
        chain(init_params(3, 4, rng=np.random.default_rng(0)), trace, 1, 6)
    with pytest.raises(ValueError, match=r"trace.o: expected shape \(6, 5\)"):
        totals(p, trace._replace(o=trace.o[:5]), np.zeros((6, 5)))
    with pytest.raises(TypeError, match=r"trace: expected lstm.Trace, got tuple"):
        product_of_f(tuple(trace), 1, 2)
    with pytest.raises(ValueError, match="t: expected at least 1 and at most 6, got 7"):
        gradient.state_jacobian(p, trace, 7)


def test_the_slope_of_h_keeps_its_digits_at_a_large_memory_and_underflows_to_zero():
    _, trace = strong_cell()
    far = trace._replace(c=np.full_like(trace.c, 20.0))
    np.testing.assert_allclose(gradient.output_slope(far, 6), trace.o[5] * 4 * np.exp(-40.0), rtol=1e-14)
    with np.errstate(over="raise", invalid="raise"):
        assert (gradient.output_slope(trace._replace(c=np.full_like(trace.c, -1e4)), 6) == 0).all()
