"""What a cell is drawn from, and numbers that leave the range only together."""

import numpy as np
import pytest

from lstm import cell_state, gates, hidden_state, init_params, rnn, step
from lstm.ranges import OutOfRange

FINITE = "expected numbers with finite results"


def drawn(**more):
    return init_params(2, 3, rng=np.random.default_rng(3), **more)


def test_the_parameters_are_drawn_on_both_sides_of_zero_and_the_forget_bias_is_one():
    p, without = drawn(), drawn(forget_bias=0.0)
    for name, value in without._asdict().items():
        bound = 1 / np.sqrt(3)
        assert np.abs(value).max() <= bound
        assert np.unique(value).size == value.size
        np.testing.assert_array_equal(getattr(p, name), value + 1 if name == "b_f" else value)
    assert min(value.min() for value in without) < -0.5 < 0.5 < max(value.max() for value in without)


def test_a_forget_bias_that_float32_does_not_hold_is_refused_in_words():
    with pytest.raises(OutOfRange, match=f"^forget_bias: {FINITE}"):
        drawn(forget_bias=1e300, dtype=np.float32)


def test_numbers_that_are_too_large_only_together_are_refused_in_words():
    p = drawn()
    p = p._replace(W_1i=p.W_1i * 1e200)
    x, state = np.full(2, 1e200), np.zeros(3)
    with pytest.raises(OutOfRange, match=FINITE):
        gates(p, x, state)
    with pytest.raises(OutOfRange, match=r"^\S+: expected numbers with finite results, got numbers up to 1e\+200: \S"):
        step(p, x, state, state)
    large = np.array([1e200])
    with pytest.raises(OutOfRange, match=FINITE):
        cell_state(large, large, large, large)
    with pytest.raises(OutOfRange, match=FINITE):
        hidden_state(large * 1e100, np.array([0.5j * np.pi]))  # beside a pole of tanh


def test_the_radius_of_a_plain_network_is_positive_and_fits_its_type():
    with pytest.raises(ValueError, match=r"^radius: expected a positive number, got 0"):
        rnn.init_params(2, 3, rng=np.random.default_rng(0), radius=0)
    with pytest.raises(OutOfRange, match=f"^radius: {FINITE}"):
        rnn.init_params(2, 3, rng=np.random.default_rng(0), radius=1e300, dtype=np.float32)
