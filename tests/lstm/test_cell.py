"""Equations (12) to (14): the values, the limits, and that nothing of the caller's changes."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import cases

from lstm import cell_state, gates, hidden_state, init_params, run, sigmoid, step

reals = st.floats(-1e4, 1e4)


@given(reals)
def test_the_sigmoid_agrees_with_high_precision_in_both_tails(z):
    with np.errstate(all="raise"):
        got = float(sigmoid(z))
    with mpmath.workdps(60):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        tiny = exact < mpmath.mpf("1e-300")  # subnormal numbers carry fewer digits
        assert abs(got - exact) <= (mpmath.mpf("1e-307") if tiny else 4e-16 * exact)


@given(reals)
def test_the_sigmoid_and_its_mirror_image_add_up_to_one(z):
    assert abs(sigmoid(z) + sigmoid(-z) - 1) <= 2.3e-16


@given(st.floats(-500, 500))
def test_the_slope_of_the_sigmoid_by_complex_step_is_s_times_one_minus_s(z):
    slope = sigmoid(np.array([z + 1e-30j])).imag[0] / 1e-30
    exact = float(sigmoid(z) * sigmoid(-z))
    assert abs(slope - exact) <= 1e-14 * exact


def test_the_sigmoid_neither_overflows_nor_warns_and_keeps_the_type():
    z = np.array([-1e4, -745, 0, 745, 1e4])
    with np.errstate(all="raise"):
        assert sigmoid(z).tolist()[::2] == [0, 0.5, 1]
        assert sigmoid(z.astype(np.float32)).dtype == np.float32
        assert sigmoid(z + 1e-30j).dtype == np.complex128
    assert sigmoid(-745.0) > 0


@given(cases())
def test_a_run_is_its_steps_and_each_step_is_the_three_equations(case):
    h, c = case.h_0, case.c_0
    for t, x in enumerate(case.x):
        i, f, o, g = gates(case.params, x, h)
        c = cell_state(f, c, i, g)
        h = hidden_state(o, c)
        for name, value in zip("ifogch", (i, f, o, g, c, h), strict=True):
            np.testing.assert_array_equal(getattr(case.trace, name)[t], value)


@given(cases())
def test_the_equations_agree_with_a_loop_over_single_units(case):
    p, tr = case.params, case.trace
    h, c = [*case.h_0], [*case.c_0]
    for t, x in enumerate(case.x):
        z = {
            k: [
                sum(w * v for w, v in zip(W_1, x, strict=True)) + sum(w * v for w, v in zip(W_2, h, strict=True)) + b
                for W_1, W_2, b in zip(*(getattr(p, name + k) for name in ("W_1", "W_2", "b_")), strict=True)
            ]
            for k in "ifog"
        }
        s = {k: [1 / (1 + np.exp(-v)) for v in z[k]] for k in "ifo"}
        c = [f * old + i * np.tanh(v) for f, old, i, v in zip(s["f"], c, s["i"], z["g"], strict=True)]
        h = [o * np.tanh(v) for o, v in zip(s["o"], c, strict=True)]
        np.testing.assert_allclose(tr.c[t], c, rtol=0, atol=1e-12 * (1 + np.abs(tr.c).max()))
        np.testing.assert_allclose(tr.h[t], h, rtol=0, atol=1e-12)


@given(cases())
def test_gates_stay_in_their_ranges_and_h_below_one(case):
    for name in "ifo":
        gate = getattr(case.trace, name)
        assert ((gate >= 0) & (gate <= 1)).all()
    assert (np.abs(case.trace.g) <= 1).all()
    assert (np.abs(case.trace.h) <= 1).all()


@given(cases())
def test_a_run_keeps_what_it_came_from_and_changes_nothing_of_the_callers(case):
    given_arrays = [*case.params, case.x, case.h_0, case.c_0]
    before = [a.copy() for a in given_arrays]
    trace = run(case.params, case.x, case.h_0, case.c_0)
    for a, b in zip(given_arrays, before, strict=True):
        np.testing.assert_array_equal(a, b)
    for name in ("x", "h_0", "c_0"):
        np.testing.assert_array_equal(getattr(trace, name), getattr(case, name))
        assert not np.shares_memory(getattr(trace, name), getattr(case, name))


def saturated(f, i):
    """A cell of one input and one unit whose gates f and i are pushed to 0 or 1."""
    zero = {name: np.zeros_like(a) for name, a in init_params(1, 1, rng=np.random.default_rng(0))._asdict().items()}
    p = init_params(1, 1, rng=np.random.default_rng(0))._replace(**zero)
    return p._replace(b_f=np.array([1e4 * (2 * f - 1)]), b_i=np.array([1e4 * (2 * i - 1)]), W_1g=np.array([[1.0]]))


def test_an_open_forget_gate_and_a_shut_input_gate_keep_c_to_the_bit():
    trace = run(saturated(f=1, i=0), np.ones((50, 1)), c_0=[0.7])
    assert (trace.c == 0.7).all()


def test_a_shut_forget_gate_forgets_c_entirely():
    x = np.linspace(-1, 1, 9)[:, None]
    trace = run(saturated(f=0, i=1), x, c_0=[0.7])
    np.testing.assert_array_equal(trace.c, np.tanh(x))


def test_initial_states_are_zero_where_not_given():
    p = init_params(2, 3, rng=np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(5, 2))
    for a, b in zip(run(p, x), run(p, x, np.zeros(3), np.zeros(3)), strict=True):
        np.testing.assert_array_equal(a, b)


def test_parameters_come_from_the_generator_alone_and_no_bias_is_zero():
    a, b = (init_params(3, 4, rng=np.random.default_rng(7), forget_bias=2) for _ in range(2))
    for u, v in zip(a, b, strict=True):
        np.testing.assert_array_equal(u, v)
    assert all((bias != 0).all() for bias in (a.b_i, a.b_f, a.b_o, a.b_g))
    assert (np.abs(a.b_f - 2) <= 0.5).all()
    assert max(np.abs(w).max() for w in a._replace(b_f=a.b_f - 2)) <= 0.5


@pytest.mark.parametrize("gate", ["i", "f", "o", "g"])
def test_each_gate_listens_to_its_own_weights_only(gate):
    rng = np.random.default_rng(0)
    p, x, h = init_params(2, 3, rng=rng), rng.normal(size=2), rng.normal(size=3)
    before = gates(p, x, h)
    for name in ("W_1", "W_2", "b_"):
        after = gates(p._replace(**{name + gate: getattr(p, name + gate) + 1}), x, h)
        for other in "ifog":
            changed = (getattr(after, other) != getattr(before, other)).any()
            assert changed == (other == gate)


def test_one_step_gives_what_a_run_of_one_step_gives():
    rng = np.random.default_rng(3)
    p, x, h, c = init_params(2, 3, rng=rng), rng.normal(size=2), rng.normal(size=3), rng.normal(size=3)
    for a, b in zip(step(p, x, h, c), run(p, [x], h, c)[:6], strict=True):
        np.testing.assert_array_equal(a, b[0])
