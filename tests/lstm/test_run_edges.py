"""The first step and the last one that a span may have, and numbers that leave the range only together."""

import numpy as np
import pytest

from lstm import bptt, init_params, paths, rnn, run, scalar
from lstm.ranges import OutOfRange

RNG = np.random.default_rng(5)
PARAMS = init_params(2, 3, rng=RNG)
TRACE = run(PARAMS, RNG.normal(size=(4, 2)))


def test_a_segment_may_be_the_first_step_alone():
    first = bptt.segment(TRACE, 0, 1)
    np.testing.assert_array_equal(first.c, TRACE.c[:1])
    np.testing.assert_array_equal(first.h_0, TRACE.h_0)


def test_the_rates_of_a_plain_network_need_a_step():
    p = rnn.init_params(2, 3, rng=np.random.default_rng(1))
    trace = rnn.run(p, np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"^s: expected at least 0 and at most 1, got 2"):
        rnn.rates(p, trace, 2, 2)


def test_weights_and_inputs_that_are_too_large_only_together_are_refused_in_words():
    p = rnn.init_params(2, 3, rng=np.random.default_rng(1))
    with pytest.raises(OutOfRange, match=r"expected numbers with finite results"):
        rnn.run(p._replace(W_1=p.W_1 * 1e200), np.full((4, 2), 1e200))
    with pytest.raises(OutOfRange, match=r"expected numbers with finite results"):
        run(PARAMS._replace(W_1i=PARAMS.W_1i * 1e200), np.full((4, 2), 1e200))


def test_a_plain_network_is_drawn_between_the_bounds_that_it_names_and_near_them():
    p = rnn.init_params(50, 100, rng=np.random.default_rng(2))
    for drawn in p:
        assert 0.09 < np.abs(drawn).max() <= 0.1


def test_the_spectral_radius_is_the_largest_of_the_eigenvalues():
    assert rnn.spectral_radius(np.diag([1.0, -3.0, 2.0])) == pytest.approx(3.0)
    assert rnn.spectral_radius(np.array([[0.0, -2.0], [2.0, 0.0]])) == pytest.approx(2.0)


def test_a_run_of_one_step_can_be_truncated():
    one = run(PARAMS, np.ones((1, 2)))
    exact = bptt.backward(PARAMS, one, np.ones((1, 3)))
    for found in (bptt.truncated(PARAMS, one, np.ones((1, 3)), 1), bptt.sliding(PARAMS, one, np.ones((1, 3)), 1)):
        assert bptt.compare(exact, found).error == 0


def test_what_is_too_large_for_a_unit_is_named_as_its_own_functions_name_it():
    p, trace = scalar.held_gates(**(scalar.UNIT | {"w_2f": 1e100, "w_2i": 1e100}), T=4)
    with pytest.raises(OutOfRange, match=r"^read: expected numbers with finite results"):
        scalar.terms(p, trace, 1e250, 0.0)
    with pytest.raises(OutOfRange, match=r"^read: expected numbers with finite results"):
        scalar.chains(p, trace, 1e250)


def test_gradients_of_different_networks_or_without_a_finite_length_are_not_compared():
    exact = bptt.backward(PARAMS, TRACE, np.ones((4, 3)))
    small = init_params(1, 1, rng=np.random.default_rng(0))
    other = bptt.backward(small, run(small, np.ones((2, 1))), np.ones((2, 1)))
    with pytest.raises(ValueError, match=r"^other: expected 72 parameters as in exact, got 12$"):
        bptt.compare(exact, other)
    far = exact._replace(params=exact.params._make(a * 1e200 for a in exact.params))
    with pytest.raises(OutOfRange, match=r"^exact\.params\.\w+: expected numbers with finite results"):
        bptt.compare(far, exact)


def test_a_gradient_may_have_zeros_and_no_imaginary_part():
    exact = bptt.backward(PARAMS, TRACE, np.ones((4, 3)))
    partly = exact._replace(params=exact.params._replace(W_1i=np.zeros((3, 2))))
    assert 0 < bptt.compare(exact, partly).ratio < 1
    complex_numbers = exact._replace(params=exact.params._replace(W_1i=exact.params.W_1i + 0j))
    with pytest.raises(TypeError, match=r"^params\.W_1i: expected real numbers"):
        bptt.compare(exact, complex_numbers)


def test_a_path_has_a_step_and_no_more_than_are_made_or_counted():
    for make, most in ((paths.enumerate_paths, 6), (paths.count, 10_000)):
        with pytest.raises(ValueError, match=rf"^t: expected at least 2 and at most {most + 1}, got 1"):
            make(1, 1)
        with pytest.raises(ValueError, match=rf"^t: expected at least 2 and at most {most + 1}, got {most + 2}"):
            make(1, most + 2)
