"""The complex step is exact through analytic functions, and refuses those that drop or conjugate imaginary parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import case

from lstm import analytic, cell, equations, rnn
from lstm.analytic import complex_step

seeds = st.integers(0, 2**32 - 1)


@given(seeds)
def test_the_complex_step_is_exact_where_the_derivative_is_known(seed):
    at = np.random.default_rng(seed).uniform(0.5, 2, (2, 3))
    found = complex_step(lambda z: np.exp(z) * np.sin(z), at).reshape(6, 6)
    np.testing.assert_allclose(found, np.diag((np.exp(at) * (np.sin(at) + np.cos(at))).ravel()), rtol=1e-14, atol=0)
    assert complex_step(lambda z: np.sum(z), at).shape == at.shape
    assert complex_step(np.exp, 0.0) == 1


REAL = {
    "abs": np.abs,
    "real": np.real,
    "imag": np.imag,
    "norm": np.linalg.norm,
    "angle": np.angle,
    "comparison": lambda z: z > 0,
    "cast": lambda z: np.real(z).astype(np.float32),
    "one of three": lambda z: np.abs(z[0]),
    "constant": lambda z: 1.0,
}


@pytest.mark.parametrize("name", REAL)
def test_a_function_with_real_values_is_refused_by_name(name):
    with pytest.raises(
        ValueError, match=r"^function: expected complex values for complex arguments, got (float|int|bool)"
    ):
        complex_step(REAL[name], np.array([2.0, -3.0, 0.5]))


HIDDEN = {
    "conj": np.conj,
    "abs, made complex": lambda z: np.abs(z) + 0j,
    "real, made complex": lambda z: np.real(z) + 0j,
    "squared modulus": lambda z: z * np.conj(z),
    "sign": lambda z: z / np.abs(z),
    "hermitian product": lambda z: np.vdot(z, z),
    "imaginary at real arguments": lambda z: 1j * z,
    "one of three": lambda z: np.array([z[0], np.conj(z[1]), z[2]]),
    "one of many terms": lambda z: np.sum(np.exp(z)) + 0.01 * np.abs(z[1]),
    "a kink": lambda z: np.where(z.real > 2, z, 0),
    "real weights": lambda z: np.tanh(z) * np.abs(z),
    "max taken off": lambda z: np.log(np.sum(np.exp(z - z.real.max()))),
    "nan": lambda z: z * np.nan,
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_function_that_hides_what_it_drops_is_refused_with_both_slopes(name):
    with pytest.raises(ValueError, match=r"^function: expected analytic operations, got a slope of .* by complex step"):
        complex_step(HIDDEN[name], np.array([2.0, -3.0, 0.5]))


def test_without_the_comparison_a_conjugate_would_get_a_wrong_sign(monkeypatch):
    monkeypatch.setattr(analytic, "_compare", lambda *arguments: None)
    assert complex_step(np.conj, 2.0) == -1


ANALYTIC = {
    "sigmoid": equations.sigmoid,
    "tanh": np.tanh,
    "h of c": lambda z: equations.hidden_state(np.array([0.1, 0.5, 0.9]), z),
    "slope of h": lambda z: equations.output_slope(0.5, z),
    "c of f": lambda z: equations.cell_state(equations.sigmoid(z), z, 0.5, np.tanh(z)),
    "exp": lambda z: np.exp(z / 10),
    "sin": np.sin,
    "powers": lambda z: z**7 - z**3,
    "product": lambda z: z @ z + np.prod(z),
    "softmax": lambda z: np.exp(z - z.real.max()) / np.sum(np.exp(z - z.real.max())),
    "one side of a kink": lambda z: np.where(z.real > 0, z, 0),
    "constant": lambda z: 3 + 0j,
}


@pytest.mark.parametrize("name", ANALYTIC)
@given(seed=seeds, size=st.floats(-6, 2.5))
def test_analytic_functions_pass_at_small_and_at_large_numbers(name, seed, size):
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.1, 1, 3) * rng.choice([-1, 1], 3) * 10**size
    with np.errstate(under="ignore", over="ignore"):
        assert np.isfinite(complex_step(ANALYTIC[name], at)).all()


@given(seeds, st.sampled_from([0.5, 1.0, 3.0, 6.0, 12.0]), st.sampled_from([3, 30]))
def test_runs_of_the_lstm_pass_however_long_and_saturated(seed, scale, T):
    one = case(seed, 2, 3, T, scale)
    by_h = complex_step(lambda h: cell.run(one.params, one.x, h, one.c_0).c[-1], one.h_0)
    by_W = complex_step(lambda W: cell.run(one.params._replace(W_2g=W), one.x, one.h_0, one.c_0).h[-1], one.params.W_2g)
    assert (by_h.shape, by_W.shape) == ((3, 3), (3, 3, 3))


@given(seeds, st.floats(0.1, 3))
def test_runs_of_the_plain_network_pass(seed, radius):
    rng = np.random.default_rng(seed)
    params = rnn.init_params(2, 4, rng=rng)
    params = params._replace(W_2=radius * params.W_2)
    x, h_0 = rng.normal(size=(12, 2)), rng.normal(size=4)
    assert complex_step(lambda h: rnn.run(params, x, h).h[-1], h_0).shape == (4, 4)


@pytest.mark.parametrize(("error", "at"), [(TypeError, [1j]), (ValueError, [np.inf]), (TypeError, ["a"])])
def test_an_argument_that_is_not_real_and_finite_is_refused(error, at):
    with pytest.raises(error, match=r"^at: expected"):
        complex_step(np.sin, at)


@pytest.mark.parametrize(("speed", "calls"), [(1, 2), (1e3, 4), (1e5, 6)])
def test_the_comparison_costs_two_calls_and_two_more_for_each_step_that_is_too_wide(speed, calls):
    seen = []
    complex_step(lambda z: (seen.append(z), np.sin(speed * z))[1], np.array([1.0, 1.3]))
    assert len(seen) == 2 + calls


@pytest.mark.parametrize("far", [1e10, -1e10])
def test_a_slope_beside_large_values_is_not_refused_for_its_rounding(far):
    found = complex_step(lambda z: np.array([far + z[0], z[1]]), np.array([1.0, 2.0]))
    np.testing.assert_array_equal(found, np.eye(2))


AT_WRONG_PLACES = {
    "wrong parts that cancel where all numbers grow alike": (lambda z: np.conj(z[0]) - np.conj(z[1]) / 2, [1.0, 2.0]),
    "a wrong part at 0, which no step relative to it moves": (lambda z: np.conj(z[0]) + z[1], [0.0, 1.0]),
}


@pytest.mark.parametrize(("function", "at"), AT_WRONG_PLACES.values(), ids=AT_WRONG_PLACES)
def test_no_wrong_part_hides_behind_another_or_at_zero(function, at):
    with pytest.raises(ValueError, match=r" by differences: something in it conjugates or drops an imaginary part$"):
        complex_step(function, np.array(at))


def test_a_function_may_return_a_list():
    np.testing.assert_array_equal(complex_step(lambda z: [z[0] ** 2, z[1]], [1.0, 2.0]), [[2, 0], [0, 1]])


def test_an_empty_argument_a_lost_imaginary_part_and_an_overflow_are_told_in_words():
    with pytest.raises(ValueError, match=r"^at: expected at least one number, got shape \(0,\)$"):
        complex_step(np.exp, [])
    with pytest.raises(ValueError, match=r"got float64: an operation in it drops the imaginary part, as np\.abs and"):
        complex_step(np.abs, 2.0)
    with pytest.raises(ValueError, match=r"^at: expected numbers with finite results"):
        complex_step(np.exp, 1000.0)
