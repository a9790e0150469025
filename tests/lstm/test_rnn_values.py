"""The rates of a plain network between two steps, each against its definition, and its doors at the edge."""

import numpy as np
import pytest

from lstm import rnn
from lstm.ranges import OutOfRange


def network():
    rng = np.random.default_rng(6)
    p = rnn.init_params(2, 3, rng=rng, radius=1.2)
    return p, rnn.run(p, rng.normal(size=(5, 2)))


@pytest.mark.parametrize(("s", "t"), [(0, 1), (0, 5), (1, 3), (2, 5), (4, 5)])
def test_each_rate_is_that_of_its_own_steps(s, t):
    p, trace = network()
    found = rnn.rates(p, trace, s, t)
    slopes = 1 - trace.h[s:t] ** 2
    norms = [np.linalg.norm(slope[:, None] * p.W_2, 2) for slope in slopes]
    held = np.abs(np.linalg.eigvals(np.diag(slopes.mean(axis=0)) @ p.W_2)).max()
    size = np.linalg.norm(rnn.chain(p, trace, s, t), 2)
    expected = [size ** (1 / (t - s)), np.prod(norms) ** (1 / (t - s)), 1.2, slopes.mean(), held]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_a_chain_of_no_step_moves_nothing():
    p, trace = network()
    np.testing.assert_array_equal(rnn.chain(p, trace, 0, 0), np.eye(3))


def test_rates_of_complex_numbers_are_refused_by_the_name_of_the_field():
    p, trace = network()
    with pytest.raises(TypeError, match=r"^trace\.h: expected real numbers"):
        rnn.rates(p, trace._replace(h=trace.h + 0j), 0, 2)
    with pytest.raises(TypeError, match=r"^params\.W_1: expected real numbers"):
        rnn.rates(p._replace(W_1=p.W_1 + 0j), trace, 0, 2)


def test_a_step_whose_weights_and_input_are_too_large_together_is_refused_in_words():
    p, _ = network()
    with pytest.raises(OutOfRange, match="expected numbers with finite results"):
        rnn.step(p._replace(W_1=p.W_1 * 1e200), np.full(2, 1e200), np.zeros(3))


def test_a_slope_may_be_held_at_both_ends_of_its_range():
    for slope in (0.0, 1.0):
        rnn.held_slope(w_2=0.5, slope=slope, T=3)
    with pytest.raises(ValueError, match=r"^slope: expected"):
        rnn.held_slope(w_2=0.5, slope=-0.1, T=3)
