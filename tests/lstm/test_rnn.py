"""The plain RNN: its Jacobians by complex step, its rates in cases where they are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm import proofs, rnn

SEEDS, SIZES = st.integers(0, 2**32 - 1), st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(3, 7))


def network(seed, m, n, T, scale=1.5):
    rng = np.random.default_rng(seed)
    params = rnn.RNNParams(*(scale * a for a in rnn.init_params(m, n, rng=rng)))
    return params, rnn.run(params, rng.normal(size=(T, m)), rng.uniform(-1, 1, n))


def stepped_chain(params, trace, s, t):
    """dh^(t)/dh^(s) by complex step of the steps after s."""
    h = trace.h_0 if s == 0 else trace.h[s - 1]
    return proofs.complex_step(lambda h: rnn.run(params, trace.x[s:t], h).h[-1], h)


@given(SEEDS, SIZES)
def test_every_state_jacobian_is_that_of_the_complex_step(seed, sizes):
    params, trace = network(seed, *sizes)
    for t in range(1, len(trace.h) + 1):
        assert proofs.worst([rnn.state_jacobian(params, trace, t)], [stepped_chain(params, trace, t - 1, t)]) < 1e-12


@given(SEEDS, SIZES)
def test_the_product_of_jacobians_is_the_derivative_over_all_steps(seed, sizes):
    params, trace = network(seed, *sizes)
    T = len(trace.h)
    for s in range(T):
        assert proofs.worst([rnn.chain(params, trace, s, T)], [stepped_chain(params, trace, s, T)]) < 1e-12
    assert np.array_equal(rnn.chain(params, trace, T, T), np.eye(sizes[1]))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda W_2, h: W_2,
        lambda W_2, h: (1 - h**2)[:, None] * W_2.T,
        lambda W_2, h: (1 - h**2) * W_2,
        lambda W_2, h: (1 - h)[:, None] * W_2,
    ],
    ids=["no slope", "transposed", "slope on columns", "h not squared"],
)
def test_a_broken_jacobian_is_seen(monkeypatch, wrong):
    params, trace = network(1, 2, 3, 5)
    monkeypatch.setattr(rnn, "jacobian", wrong)
    assert proofs.worst([rnn.chain(params, trace, 1, 5)], [stepped_chain(params, trace, 1, 5)]) > 1e-3


@given(SEEDS, SIZES)
def test_the_measured_rate_is_the_norm_of_the_chain_and_never_above_the_bound(seed, sizes):
    params, trace = network(seed, *sizes)
    T = len(trace.h)
    found = rnn.rates(params, trace, 0, T)
    np.testing.assert_allclose(found.measured**T, np.linalg.norm(rnn.chain(params, trace, 0, T), 2), rtol=1e-10)
    assert found.measured <= found.bound * (1 + 1e-12)
    assert found.slope == pytest.approx(1 - np.mean(trace.h**2))


def silent(W_2, T):
    """A network at rest: no input, no bias, h = 0, so that the slope of tanh is 1 at every step."""
    n = len(W_2)
    params = rnn.RNNParams(np.zeros((n, 1)), np.asarray(W_2, float), np.zeros(n))
    return params, rnn.run(params, np.zeros((T, 1)))


@pytest.mark.parametrize("radius", [0.5, 1.0, 2.0])
def test_at_rest_with_a_scaled_orthogonal_weight_every_rate_is_the_spectral_radius(radius):
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    found = rnn.rates(*silent(radius * turn, 5000), 0, 5000)  # 2^5000 is no float
    np.testing.assert_allclose(found, (radius, radius, radius, 1, radius), rtol=1e-10)


def test_a_radius_below_one_may_grow_at_first_and_vanishes_in_the_end():
    params, trace = silent([[0.9, 5.0], [0.0, 0.9]], 400)
    assert rnn.rates(params, trace, 0, 2).measured > 2
    assert rnn.rates(params, trace, 0, 400).measured == pytest.approx(0.9, rel=0.03)
    assert rnn.rates(params, trace, 0, 400).bound > 5


def test_a_chain_that_is_exactly_zero_has_rate_zero():
    found = rnn.rates(*silent([[0, 1], [0, 0]], 3), 0, 3)
    assert found.measured == found.radius == 0
    assert found.bound == 1


def test_a_flat_tanh_makes_the_gradient_vanish_whatever_the_spectral_radius():
    params, _ = silent(3 * np.eye(2), 1)
    trace = rnn.run(params._replace(b=np.full(2, 4.0)), np.zeros((50, 1)))
    found = rnn.rates(params, trace, 0, 50)
    assert found.radius == 3
    assert found.measured < 0.01


def test_the_held_rate_is_the_rate_at_a_fixed_point():
    W_2, h = np.array([[0.5, -1.2], [0.9, 0.7]]), np.array([0.3, -0.6])
    params = rnn.RNNParams(np.zeros((2, 1)), W_2, np.arctanh(h) - W_2 @ h)
    found = rnn.rates(params, rnn.RNNTrace(np.tile(h, (3000, 1)), np.zeros((3000, 1)), h), 0, 3000)
    assert found.measured == pytest.approx(found.held, rel=1e-3)
    assert found.held != pytest.approx(found.radius, rel=0.1)


@given(SEEDS, st.floats(0.1, 3))
def test_the_weights_can_be_drawn_with_a_chosen_spectral_radius(seed, radius):
    params = rnn.init_params(2, 4, rng=np.random.default_rng(seed), radius=radius)
    assert rnn.spectral_radius(params.W_2) == pytest.approx(radius)
    assert params.b.all()


@given(st.floats(-2, 2), st.floats(-0.95, 0.95))
def test_the_held_slope_is_the_chain_of_a_unit_at_its_fixed_point(w_2, h):
    params = rnn.RNNParams(np.zeros((1, 1)), np.array([[w_2]]), np.array([np.arctanh(h) - w_2 * h]))
    # Before each step h is put back, so that rounding does not leave a fixed point that repels.
    trace = rnn.RNNTrace(np.full((6, 1), h), np.zeros((6, 1)), np.array([h]))
    assert rnn.run(params, trace.x[:1], trace.h_0).h[0] == pytest.approx(h, abs=1e-12)
    chain = [rnn.chain(params, trace, 1, t)[0, 0] for t in range(1, 7)]
    np.testing.assert_allclose(rnn.held_slope(w_2, 1 - h**2, 6), chain, rtol=1e-12, atol=1e-300)


def test_float32_stays_float32_and_no_argument_is_written():
    params = rnn.init_params(2, 3, rng=np.random.default_rng(0), radius=0.9, dtype=np.float32)
    x, h_0 = np.ones((4, 2), "f4"), np.ones(3, "f4")
    for array in [*params, x, h_0]:
        array.flags.writeable = False
    trace = rnn.run(params, x, h_0)
    assert {a.dtype for a in trace} == {np.dtype("f4")}
    assert rnn.run(params, x).h_0.tolist() == [0, 0, 0]


P, TRACE = network(0, 2, 3, 4)
RNG = np.random.default_rng(0)
BAD = [
    ("m", ValueError, lambda: rnn.init_params(0, 3, rng=RNG)),
    ("rng", TypeError, lambda: rnn.init_params(2, 3, rng=0)),
    ("radius", ValueError, lambda: rnn.init_params(2, 3, rng=RNG, radius=-1.0)),
    ("dtype", TypeError, lambda: rnn.init_params(2, 3, rng=RNG, dtype=int)),
    ("params", TypeError, lambda: rnn.run(TRACE, TRACE.x)),
    ("W_2", ValueError, lambda: rnn.run(P._replace(W_2=P.W_2[:, :2]), TRACE.x)),
    ("b", ValueError, lambda: rnn.run(P._replace(b=np.zeros((3, 1))), TRACE.x)),
    ("x", ValueError, lambda: rnn.run(P, TRACE.x[:, :1])),
    ("x", ValueError, lambda: rnn.run(P, TRACE.x[:0])),
    ("h_0", ValueError, lambda: rnn.run(P, TRACE.x, np.zeros(2))),
    ("h_prev", ValueError, lambda: rnn.step(P, TRACE.x[0], np.zeros(2))),
    ("trace", TypeError, lambda: rnn.chain(P, P, 0, 1)),
    ("trace.h", ValueError, lambda: rnn.chain(P, TRACE._replace(h=TRACE.h[:, :2]), 0, 1)),
    ("t", ValueError, lambda: rnn.state_jacobian(P, TRACE, 0)),
    ("t", ValueError, lambda: rnn.chain(P, TRACE, 0, 5)),
    ("s", ValueError, lambda: rnn.chain(P, TRACE, 3, 2)),
    ("s", ValueError, lambda: rnn.rates(P, TRACE, 2, 2)),
    ("W", ValueError, lambda: rnn.spectral_radius(np.ones((2, 3)))),
    ("slope", ValueError, lambda: rnn.held_slope(1.0, 1.5, 4)),
    ("w_2", ValueError, lambda: rnn.held_slope(np.ones(2), 0.5, 4)),
    ("T", ValueError, lambda: rnn.held_slope(1.0, 0.5, 0)),
]


@pytest.mark.parametrize(("name", "error", "call"), BAD, ids=[f"{k}-{row[0]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(name, error, call):
    with pytest.raises(error, match=f"^{name}:"):
        call()
