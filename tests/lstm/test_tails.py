"""Where gates saturate: which digits of gates and slopes are left, in float64 and float32, as the docstrings say."""

import numpy as np
import pytest
from tests.lstm.test_sequence import batch

from lstm import bptt, init_params, proofs, run, sigmoid
from lstm.cell import Params
from lstm.equations import output_slope
from lstm.fast import sequence


@pytest.mark.parametrize(("dtype", "half", "zero"), [(np.float64, 18, 37), (np.float32, 8, 17)])
def test_the_slope_formed_from_the_gate_loses_its_right_tail_where_the_docstring_says(dtype, half, zero):
    z, eps = np.linspace(0, 45, 4501).astype(dtype), np.finfo(dtype).eps
    s, exact = sigmoid(z), sigmoid(z.astype(float)) * sigmoid(-z.astype(float))
    error = np.abs(s * (1 - s) / exact - 1)
    assert (error <= 2 * eps * np.exp(z.astype(float))).all()
    assert half <= z[error > np.sqrt(eps)].min() < half + 1
    assert zero - 1 < z[s * (1 - s) == 0].min() <= zero
    assert (s[z >= zero] == 1).all()
    product = sigmoid(z) * sigmoid(-z)
    np.testing.assert_allclose(product, exact, rtol=4 * eps)


def biased(n, dtype, **biases):
    """A cell of n units and one input with these biases, all other parameters zero."""
    zero = Params(*(np.zeros(shape, dtype) for shape in [(n, 1), (n, n), (n,)] * 4))
    return zero._replace(**{name: np.asarray(b, dtype) for name, b in biases.items()})


@pytest.mark.parametrize(("dtype", "gate_zero", "g_zero"), [(np.float64, 37, 19), (np.float32, 17, 10)])
@pytest.mark.parametrize("name", "ifog")
def test_a_delta_is_zero_from_the_argument_on_that_its_docstring_names(name, dtype, gate_zero, g_zero):
    zero = g_zero if name == "g" else gate_zero
    z = np.linspace(0, 45, 451).astype(dtype)
    params = biased(len(z), dtype, **{"b_g": np.ones(len(z)), f"b_{name}": z})
    trace = run(params, np.zeros((1, 1), dtype), np.zeros(len(z), dtype), np.ones(len(z), dtype))
    slope = getattr(bptt.backward(params, trace, np.ones((1, len(z)), dtype)).params, f"b_{name}")
    assert (slope[z >= zero] == 0).all()
    assert (slope[z <= 0.85 * zero] != 0).all()


def test_the_complex_step_keeps_the_slope_of_an_open_gate_that_the_derivation_rounds_away():
    params = init_params(2, 3, rng=np.random.default_rng(0))._replace(b_f=np.full(3, 40.0))
    trace = run(params, np.ones((2, 2)), c_0=np.ones(3))
    assert (trace.f == 1).all()
    reads = np.ones((2, 3))
    hand = bptt.backward(params, trace, reads)
    stepped = proofs.gradients_by_complex_step(params, trace, reads)
    assert (hand.params.b_f == 0).all()
    assert ((stepped.params.b_f > 1e-19) & (stepped.params.b_f < 1e-16)).all()
    assert proofs.worst([hand.c_0], [stepped.c_0]) < 1e-15, "beside the direct path nothing is missing"


LIMITS = [(np.float32, 9, 20, 10), (np.float64, 19, 38, 19)]  # half the digits of a gate gone, gate 0, 1 - g^2 and D 0


def one_gate(name, z, dtype):
    """A cell of one unit per z, whose gate `name` gets the argument z; c^(0) = 1. Its gates and its gradients."""
    n = len(z)
    params = biased(n, dtype, **{"b_g": np.ones(n), f"b_{name}": z})
    _, _, cache = sequence.forward(params, np.zeros((1, 1, 1), dtype), np.zeros((1, n), dtype), np.ones((1, n), dtype))
    gates = dict(zip("oifg", cache.room.gates[0, 3:, :, 0], strict=True))
    return gates[name].copy(), getattr(sequence.backward(cache, np.ones((1, 1, n), dtype)).params, f"b_{name}")


@pytest.mark.parametrize(("dtype", "half", "zero", "_"), LIMITS)
@pytest.mark.parametrize("name", "ifo")
def test_a_gate_and_its_slope_lose_their_tails_where_the_module_says(name, dtype, half, zero, _):
    z, eps = np.linspace(0, 45, 451).astype(dtype), np.finfo(dtype).eps
    gate, _ = one_gate(name, -z, dtype)
    exact = sigmoid(-z.astype(float))
    error = np.abs(gate / exact - 1)
    assert (error <= 2 * eps * np.exp(z.astype(float))).all()
    assert half <= z[error > np.sqrt(eps)].min() < half + 2
    assert (gate[z >= zero] == 0).all()
    assert (gate[z <= 0.8 * zero] > 0).all()
    for side in (z, -z):
        slope = one_gate(name, side, dtype)[1]
        assert (slope[z >= zero] == 0).all()
        assert (slope[z <= 0.8 * zero] > 0).all()
        true = one_gate(name, side, np.float64)[1]
        assert (np.abs(slope - true) <= 2 * eps).all(), "right to a rounding of 1"


@pytest.mark.parametrize(("dtype", "_half", "_zero", "tanh_zero"), LIMITS)
def test_the_slopes_of_tanh_lose_their_tails_where_the_module_says(dtype, _half, _zero, tanh_zero):
    z = np.linspace(-25, 25, 501).astype(dtype)
    slope, true = one_gate("g", z, dtype)[1], one_gate("g", z, np.float64)[1]
    assert (slope[np.abs(z) >= tanh_zero] == 0).all()
    assert (slope[np.abs(z) <= 0.7 * tanh_zero] > 0).all()
    assert (np.abs(slope - true) <= 2 * np.finfo(dtype).eps).all()


@pytest.mark.parametrize(("dtype", "_half", "_zero", "tanh_zero"), LIMITS)
def test_D_loses_its_tail_where_the_module_says_and_the_reference_does_not(dtype, _half, _zero, tanh_zero):
    c = np.linspace(-25, 25, 501).astype(dtype)
    n = len(c)
    params = biased(n, dtype, b_f=np.full(n, 50))  # f is 1 and c^(1) = c^(0)
    _, _, cache = sequence.forward(params, np.zeros((1, 1, 1), dtype), None, c[None])
    D = sequence.backward(cache, np.ones((1, 1, n), dtype)).c_0[0]
    exact = 0.5 / np.cosh(c.astype(float)) ** 2
    assert (D[np.abs(c) >= tanh_zero] == 0).all()
    assert (D[np.abs(c) <= 0.7 * tanh_zero] > 0).all()
    assert (np.abs(D - exact) <= 2 * np.finfo(dtype).eps).all()
    np.testing.assert_allclose(output_slope(np.full(n, 0.5, dtype), c), exact, rtol=50 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("where", ["params", "x", "h_0"])
def test_sums_that_might_leave_the_range_are_refused_and_smaller_ones_run_without_a_warning(where, dtype):
    def scaled(factor):
        case = batch(dtype=dtype)
        given = {"params": case.params, "x": case.x, "h_0": case.h_0}
        large = np.ldexp(np.array(1, dtype), factor)
        given[where] = Params(*(p * large for p in case.params)) if where == "params" else given[where] * large
        return given

    most = np.finfo(dtype).maxexp - 1
    with pytest.raises(
        ValueError, match=rf"^params: expected products with x and h_0 within .*, {np.dtype(dtype)}, got"
    ):
        sequence.forward(**scaled(most - 1))
    h, (h_T, c_T), _ = sequence.forward(**scaled(most - 8))
    assert all(np.isfinite(a).all() for a in (h, h_T, c_T))
