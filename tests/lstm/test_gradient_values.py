"""The doors of lstm.gradient that Eq. (15) is made of, each against the complex step of its definition."""

import numpy as np
import pytest

from lstm import gradient, init_params, run, step

H = 1e-30
UNITS, STEPS = 3, 5


@pytest.fixture(scope="module")
def cell():
    rng = np.random.default_rng(8)
    p = init_params(2, UNITS, rng=rng)
    p = p._replace(**{f"b_{k}": rng.normal(size=UNITS) for k in "ifog"})
    x, h_0, c_0 = (rng.normal(size=size) for size in [(STEPS, 2), UNITS, UNITS])
    return p, run(p, x, h_0, c_0), rng.normal(size=(2, UNITS))


def before(trace, t):
    return (trace.h_0, trace.c_0) if t == 1 else (trace.h[t - 2], trace.c[t - 2])


@pytest.mark.parametrize("t", range(1, STEPS + 1))
def test_a_delta_is_the_derivative_by_the_argument_of_its_gate(cell, t):
    p, trace, (dl_dc, dl_dh) = cell
    found = gradient.deltas(trace, t, dl_dc, dl_dh)
    for gate in "ifog":
        for k, unit in enumerate(np.eye(UNITS)):
            moved = p._replace(**{f"b_{gate}": getattr(p, f"b_{gate}") + 1j * H * unit})
            new = step(moved, trace.x[t - 1], *before(trace, t))
            by = (dl_dh @ new.h if gate == "o" else dl_dc @ new.c).imag / H  # through o only h moves
            assert getattr(found, gate)[k] == pytest.approx(by, rel=1e-12)


@pytest.mark.parametrize("t", range(1, STEPS + 1))
def test_the_jacobian_of_the_state_is_that_of_a_step_with_c_and_h_moved_apart(cell, t):
    p, trace, _ = cell
    h, c = before(trace, t)
    columns = []
    for unit in np.eye(2 * UNITS):
        new = step(p, trace.x[t - 1], h + 1j * H * unit[UNITS:], c + 1j * H * unit[:UNITS])
        columns.append(np.concatenate([new.c, new.h]).imag / H)
    np.testing.assert_allclose(gradient.state_jacobian(p, trace, t), np.transpose(columns), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("t", range(1, STEPS + 1))
def test_the_slope_of_h_is_its_derivative_with_the_output_gate_held(cell, t):
    _, trace, _ = cell
    by_c = (trace.o[t - 1] * np.tanh(trace.c[t - 1] + 1j * H)).imag / H
    np.testing.assert_allclose(gradient.output_slope(trace, t), by_c, rtol=1e-12)


def test_from_the_first_step_to_itself_nothing_moves_apart(cell):
    p, trace, _ = cell
    for derivative in (gradient.chain, gradient.product_of_jacobians):
        np.testing.assert_array_equal(derivative(p, trace, 1, 1), np.eye(UNITS))
    np.testing.assert_array_equal(gradient.product_of_f(trace, 1, 1), np.ones(UNITS))
