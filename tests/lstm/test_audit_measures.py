"""The measures of an audit on numbers that one can follow by hand."""

import numpy as np
import pytest

from lstm.audit import measures
from lstm.gradient import Terms


def test_pooled_shares_survive_a_pair_whose_gradient_cancels():
    one, small = np.ones((1, 2, 1)), np.array([[[1.0], [1e-9]]])
    zero = np.zeros((1, 2, 1))
    found = measures.shares(Terms(one, zero, zero, small - one, zero, zero))
    assert found.pooled.direct == pytest.approx(1, abs=1e-6)
    assert found.quartiles.direct[2] > 1e8, "the pair alone is off by nine orders"
    assert (found.pairs, round(found.effective, 6)) == (2, 1)


def test_saturation_counts_both_ends_apart():
    i, f, o = np.array([0.05, 0.5, 0.5, 0.95]), np.array([0.99, 0.91, 0.2, 0.9]), np.array([0.0, 1.0, 0.1, 0.05])
    found = measures.saturation(i, f, o)
    assert found[:3] == ((0.25, 0.25), (0.0, 0.5), (0.5, 0.25))
    assert measures.saturation(i, f, o, 0.25).f == (0.25, 0.75)
    uniform = np.random.default_rng(0).uniform(size=(3, 10**5))
    for gate in measures.saturation(*uniform)[:3]:
        assert sum(gate) == pytest.approx(found.uniform, abs=0.005)
        assert gate.low == pytest.approx(gate.high, abs=0.005)


def test_a_constant_gate_halves_a_memory_in_its_half_life():
    f = np.broadcast_to([0.5, 0.9, 0.99], (40, 2, 3))
    found = measures.half_lives(f)
    np.testing.assert_allclose(found.of_mean, np.log(0.5) / np.log([0.5, 0.9, 0.99]))
    np.testing.assert_allclose(found.quartiles, [found.of_mean] * 3)
    assert 0.9 ** found.of_mean[1] == pytest.approx(0.5)


def test_the_half_life_of_the_mean_log_tells_the_product_of_f():
    f = np.random.default_rng(1).uniform(0.1, 0.999, size=(40, 1, 3))
    found = measures.half_lives(f)
    np.testing.assert_allclose(0.5 ** (40 / found.of_mean), f.prod(axis=(0, 1)))
    np.testing.assert_allclose(found.quartiles[1], np.log(0.5) / np.quantile(np.log(f), 0.5, axis=(0, 1)))


def test_a_gate_at_one_never_halves_and_a_gate_at_zero_at_once():
    found = measures.half_lives(np.broadcast_to([1.0, 0.0], (5, 2, 2)))
    assert found.of_mean[0] == np.inf
    assert (found.quartiles[:, 0] == np.inf).all()
    assert 0 < found.of_mean[1] < 1e-2


def test_a_direct_path_that_brings_nothing_has_no_direction():
    found = measures.gradients(np.array([[3.0, 4.0]]), np.zeros((1, 2)))
    assert found.cosine == [0]
    assert found.log10_ratio > 300
