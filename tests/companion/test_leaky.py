"""The leaky network: its derivative is that of its run, it meets the plain network at 0, and its bound holds."""

import numpy as np
import pytest

from companion.pages.rnn import leaky
from lstm import proofs, rnn


def network(seed, n=4, m=2, T=9):
    rng = np.random.default_rng(seed)
    return rnn.init_params(m, n, rng=rng, radius=1.3), rng.normal(size=(T, m)), rng.uniform(-0.5, 0.5, n)


@pytest.mark.parametrize("alpha", [0.0, 0.5, 0.97])
@pytest.mark.parametrize("seed", range(3))
def test_the_chain_is_the_derivative_of_the_run(seed, alpha):
    params, x, h_0 = network(seed)
    trace = leaky.run(params, x, alpha, h_0)
    stepped = proofs.complex_step(lambda h: leaky.run(params, x, alpha, h).h[-1], h_0)
    np.testing.assert_allclose(leaky.chain(params, trace, 0, len(x), alpha), stepped, atol=1e-13)


def test_without_a_leak_it_is_the_plain_network():
    params, x, h_0 = network(0)
    plain, trace = rnn.run(params, x, h_0), leaky.run(params, x, 0.0, h_0)
    np.testing.assert_array_equal(trace.h, plain.h)
    np.testing.assert_allclose(leaky.chain(params, trace, 2, 7, 0.0), rnn.chain(params, plain, 2, 7), rtol=1e-14)


def test_over_no_step_the_chain_is_the_identity():
    params, x, _ = network(1)
    np.testing.assert_array_equal(leaky.chain(params, leaky.run(params, x, 0.5), 4, 4, 0.5), np.eye(4))


@pytest.mark.parametrize("alpha", [1.0, -0.1, 2.0])
def test_a_share_outside_zero_and_one_is_refused(alpha):
    params, x, _ = network(0)
    with pytest.raises(ValueError, match=r"alpha: expected a number in \[0, 1\), got"):
        leaky.run(params, x, alpha)
    with pytest.raises(ValueError, match="alpha"):
        leaky.chain(params, leaky.run(params, x, 0.5), 0, 1, alpha)


def test_a_span_outside_the_run_is_refused():
    params, x, _ = network(0)
    with pytest.raises(ValueError, match="s: "):
        leaky.chain(params, leaky.run(params, x, 0.5), 5, 4, 0.5)
    with pytest.raises(TypeError, match="trace"):
        leaky.chain(params, rnn.run(params, x), 0, 1, 0.5)
