"""Is the printed Eq. (15) exact? Each answer by complex step of the forward pass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import case, cases

from companion.pages.printed import factor
from lstm import gradient, proofs
from lstm.cell import run

CASE = case(seed=6, m=2, n=3, T=5, scale=2.0)


def stepped(case, reads):
    return proofs.states_by_complex_step(case.params, case.trace, reads).dl_dc


def read_at(case, t, weights):
    reads = np.zeros_like(case.reads)
    reads[t - 1] = weights
    return reads


@given(cases(), st.integers(2, 7))
def test_for_a_loss_read_at_one_step_the_factor_is_exact(case, t):
    t = min(t, len(case.x))
    dl_dc = stepped(case, read_at(case, t, case.reads[t - 1]))
    found = factor.exact_factor(case.params, case.trace, t) @ dl_dc[t - 1]
    assert proofs.worst([found], [dl_dc[t - 2]]) < 1e-11


@given(cases(), st.integers(2, 7))
def test_the_literal_product_misses_the_path_through_the_output_gate(case, t):
    t = min(t, len(case.x))
    reads = read_at(case, t, case.reads[t - 1])
    dl_dc = stepped(case, reads)
    missed = dl_dc[t - 2] - gradient.step_jacobian(case.params, case.trace, t).T @ dl_dc[t - 1]
    total = gradient.totals(case.params, case.trace, reads)
    output = gradient.terms(case.params, case.trace, t, total, reads).output
    scale = np.abs(dl_dc).max()
    np.testing.assert_allclose(missed, output, rtol=0, atol=1e-11 * scale)


def error_of(factor, reads, t=3):
    dl_dc = stepped(CASE, reads)
    return proofs.worst([factor @ dl_dc[t - 1]], [dl_dc[t - 2]])


def test_the_literal_product_the_transpose_and_a_missing_gate_slope_are_seen():
    reads, exact = read_at(CASE, 3, [1.0, -0.5, 0.7]), factor.exact_factor(CASE.params, CASE.trace, 3)
    literal = gradient.step_jacobian(CASE.params, CASE.trace, 3).T
    assert error_of(exact, reads) < 1e-12
    assert error_of(literal, reads) > 1e-2
    assert error_of(exact.T, reads) > 1e-2
    assert error_of(literal + (exact - literal) / (1 - CASE.trace.o[2]), reads) > 1e-2


def test_the_factor_does_not_serve_a_loss_that_reads_another_step():
    exact = factor.exact_factor(CASE.params, CASE.trace, 3)
    for reads in (read_at(CASE, 4, [1.0, -0.5, 0.7]), CASE.reads):
        assert error_of(exact, reads) > 1e-2


@pytest.mark.parametrize("seed", range(8))
def test_two_losses_with_the_same_gradient_at_t_have_different_ones_before(seed):
    drawn = case(seed, m=2, n=1 + seed % 4, T=5, scale=1.0)
    found = factor.counterexample(drawn.params, drawn.trace, 3, drawn.reads[2])
    by_a = stepped(drawn, read_at(drawn, 3, found.a))
    by_b = stepped(drawn, read_at(drawn, 4, found.b))
    np.testing.assert_allclose([found.now_a, found.before_a], by_a[2:0:-1], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose([found.now_b, found.before_b], by_b[2:0:-1], rtol=1e-9, atol=1e-12)
    assert proofs.worst([found.now_b], [found.now_a]) < 1e-10
    assert proofs.worst([found.before_b], [found.before_a]) > 1e-3


def test_without_recurrent_weights_one_factor_serves_both_losses():
    params = CASE.params._replace(**{f"W_2{k}": np.zeros((3, 3)) for k in "ifog"})
    trace = run(params, CASE.x, CASE.h_0, CASE.c_0)
    found = factor.counterexample(params, trace, 3, np.ones(3))
    np.testing.assert_allclose(found.before_a, found.before_b, rtol=1e-10)
    np.testing.assert_allclose(factor.exact_factor(params, trace, 3), np.diag(trace.f[2]))


CLOSED = CASE.params._replace(b_o=np.full(3, -1e4))
LARGE = run(CASE.params._replace(b_f=np.full(3, 99.0)), CASE.x, CASE.h_0, np.full(3, 400.0))
BAD = [
    ("params", TypeError, lambda: factor.exact_factor(CASE.trace, CASE.trace, 2)),
    ("trace", TypeError, lambda: factor.counterexample(CASE.params, CASE.params, 2, np.ones(3))),
    ("t", ValueError, lambda: factor.exact_factor(CASE.params, CASE.trace, 1)),
    ("t", ValueError, lambda: factor.exact_factor(CASE.params, CASE.trace, 6)),
    ("t", ValueError, lambda: factor.counterexample(CASE.params, CASE.trace, 5, np.ones(3))),
    ("a", ValueError, lambda: factor.counterexample(CASE.params, CASE.trace, 3, np.ones(2))),
    ("trace.c", ValueError, lambda: factor.exact_factor(CASE.params, LARGE, 3)),
    ("trace", ValueError, lambda: factor.counterexample(CLOSED, run(CLOSED, CASE.x), 3, np.ones(3))),
]


@pytest.mark.parametrize(("name", "error", "call"), BAD, ids=[f"{k}-{row[0]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(name, error, call):
    with pytest.raises(error, match=f"^{name}:"):
        call()
