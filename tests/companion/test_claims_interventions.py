"""Interventions: nothing replaced is the layer, what is replaced is what was asked for, controls are of one size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.pages.claims import interventions
from lstm import init_params
from lstm.fast import batched, sequence
from lstm.training.tasks import Batch


def network(seed, m=2, n=3, T=5, B=4):
    rng = np.random.default_rng(seed)
    params = init_params(m, n, rng=rng, forget_bias=0.5)
    return params, rng.normal(size=(T, B, m)), rng


@given(st.integers(0, 2**20), st.integers(1, 3), st.integers(1, 4), st.integers(1, 6), st.integers(1, 3))
def test_where_nothing_is_replaced_it_is_the_layer(seed, m, n, T, B):
    params, x, _ = network(seed, m, n, T, B)
    h, (_, c_T), _ = sequence.forward(params, x)
    for change in (None, lambda k, i, f, o: (i, f, o)):
        runs = batched.run(params, x, change)
        np.testing.assert_allclose(runs.h, h, rtol=0, atol=1e-12)
        np.testing.assert_allclose(runs.c[-1], c_T, rtol=0, atol=1e-12)


def test_replaced_gates_are_those_that_13_and_14_use_and_what_follows_hears_of_it():
    params, x, rng = network(1)
    f = rng.random((5, 4, 3))
    runs = batched.run(params, x, lambda k, i, _, o: (1 - i, f[k], o**2))
    before = np.concatenate([np.zeros((1, 4, 3)), runs.c[:-1]])
    np.testing.assert_allclose(runs.c, f * before + runs.i * runs.g, atol=1e-15)
    np.testing.assert_allclose(runs.h, runs.o * np.tanh(runs.c), atol=1e-15)
    h = np.concatenate([np.zeros((1, 4, 3)), runs.h[:-1]])
    z = x @ params.W_1i.T + h @ params.W_2i.T + params.b_i  # by the new h, not by the old one
    np.testing.assert_allclose(runs.i, 1 - 1 / (1 + np.exp(-z)), atol=1e-15)
    assert np.abs(runs.g[1:] - batched.run(params, x).g[1:]).max() > 1e-3


def test_rounding_leaves_nothing_but_0_and_1():
    params, x, _ = network(2)
    runs = batched.run(params, x, interventions.rounded)
    assert set(np.unique(runs[:3])) <= {0.0, 1.0}
    first = batched.run(params, x[:1])
    np.testing.assert_array_equal(runs.i[0], first.i[0] > 0.5)


def test_gates_near_their_ends_or_all_others_may_be_rounded_alone():
    i, f, o = np.array([[0.05, 0.2], [0.95, 0.6], [0.5, 0.91]])
    near = interventions.rounded_in_part(True)(0, i, f, o)
    np.testing.assert_array_equal(near, [[0, 0.2], [1, 0.6], [0.5, 1]])
    rest = interventions.rounded_in_part(False)(0, i, f, o)
    np.testing.assert_array_equal(rest, [[0.05, 0], [0.95, 1], [0, 0.91]])


def test_a_gate_that_is_rounded_in_part_moves_no_farther_than_it_may():
    gates = np.array([[0.05, 0.2], [0.95, 0.6], [0.15, 0.91]])
    rest = interventions.rounded_in_part(False, 0.1)(0, *gates)
    np.testing.assert_allclose(rest, [[0.05, 0.1], [0.95, 0.7], [0.05, 0.91]], atol=1e-15)
    near = interventions.rounded_in_part(True, 0.07)(0, *gates)
    np.testing.assert_allclose(near, [[0, 0.2], [1, 0.6], [0.15, 0.98]], atol=1e-15)
    np.testing.assert_array_equal(interventions.rounded_in_part(False, 0.0)(0, *gates), gates)


@pytest.mark.parametrize("most", [-0.1, 0.6, np.nan])
def test_a_distance_that_no_rounding_has_is_refused_by_name(most):
    with pytest.raises(ValueError, match="most"):
        interventions.rounded_in_part(True, most)


def test_f_is_replaced_at_the_mask_and_nowhere_else():
    params, x, rng = network(3)
    mask = rng.random((5, 4, 3)) < 0.3
    runs = batched.run(params, x, interventions.with_f(mask, 0.25))
    assert (runs.f[mask] == 0.25).all()
    assert (runs.f[~mask] != 0.25).all()
    last = np.zeros_like(mask)
    last[-1] = True  # the last step: everything before it stays
    runs, plain = batched.run(params, x, interventions.with_f(last, 0.0)), batched.run(params, x)
    np.testing.assert_allclose(runs.c[:-1], plain.c[:-1], atol=1e-15)
    np.testing.assert_allclose(runs.c[-1], runs.i[-1] * runs.g[-1], atol=1e-15)


def test_gates_outside_0_and_1_or_of_another_shape_are_refused():
    params, x, _ = network(4)
    with pytest.raises(ValueError, match=r"^change: expected gates in \[0, 1\], got f from -0.1 to"):
        batched.run(params, x, lambda k, i, f, o: (i, f * 0 - 0.1, o))
    with pytest.raises(ValueError, match=r"^change: f: expected shape \(4, 3\)"):
        batched.run(params, x, lambda k, i, f, o: (i, f[:, :1], o))
    with pytest.raises(ValueError, match=r"^x: expected shape"):
        batched.run(params, x[..., :1])


def test_steps_that_cannot_matter_are_outside():
    x = np.zeros((4, 2, 1))
    batch = Batch(x, x, x[..., 0], np.array([4, 2]))
    np.testing.assert_array_equal(interventions.inside(batch)[..., 0].T, [[0, 1, 1, 1], [0, 1, 0, 0]])


@given(st.integers(0, 2**20))
def test_random_places_are_as_many_in_each_sequence_and_allowed(seed):
    rng = np.random.default_rng(seed)
    allowed = rng.random((6, 5, 3)) < 0.7
    mask = allowed & (rng.random((6, 5, 3)) < rng.random())
    places = interventions.random_places(mask, allowed, rng)
    np.testing.assert_array_equal(places.sum(axis=(0, 2)), mask.sum(axis=(0, 2)))
    assert not (places & ~allowed).any()


def test_random_places_are_drawn_evenly():
    mask = np.zeros((2, 4000, 2), bool)
    mask[0, :, 0] = True
    rates = interventions.random_places(mask, np.ones_like(mask), np.random.default_rng(0)).mean(axis=1)
    assert np.abs(rates - 0.25).max() < 0.03  # four standard errors


def test_too_few_allowed_places_are_refused():
    mask = np.ones((2, 1, 2), bool)
    with pytest.raises(ValueError, match=r"^allowed: fewer places"):
        interventions.random_places(mask, ~mask, np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"^rng: expected"):
        interventions.random_places(mask, mask, 0)


def test_the_same_doses_are_taken_away_elsewhere():
    rng = np.random.default_rng(5)
    f = rng.random((6, 4, 3))
    mask = f < 0.1
    assert mask.any()
    places = interventions.random_places(mask, f > 0.5, rng)
    new = interventions.lowered(f, mask, places)
    for b in range(4):
        taken = (f - new)[:, b]
        np.testing.assert_allclose(np.sort(taken[places[:, b]]), np.sort(f[:, b][mask[:, b]]), atol=1e-15)
        assert (taken[~places[:, b]] == 0).all()
    assert interventions.lowered(f, mask, mask)[mask].max() == 0  # at its own places it is clearing
    with pytest.raises(ValueError, match=r"^places: expected as many"):
        interventions.lowered(f, mask, ~mask)
