"""Parity and swaps: targets by a second way of counting, draws, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm.training import tracking

both = pytest.mark.parametrize("task", [tracking.parity, tracking.swaps])


def drawn(task, T=7, B=5, seed=0, dtype=np.float64):
    return next(task(T, B, rng=np.random.default_rng(seed), dtype=dtype))


@given(T=st.integers(1, 30), seed=st.integers(0, 1000))
def test_parity_is_the_sign_of_a_product_of_signs(T, seed):
    batch = drawn(tracking.parity, T, 4, seed)
    signs = np.cumprod(1 - 2 * batch.x[..., 1], axis=0)
    np.testing.assert_array_equal(batch.y, np.stack([signs > 0, signs < 0], axis=2))


@given(T=st.integers(1, 30), seed=st.integers(0, 1000))
def test_orders_are_those_of_items_that_are_swapped_one_step_after_the_other(T, seed):
    batch = drawn(tracking.swaps, T, 3, seed)
    for b in range(3):
        items = [0, 1, 2]
        for t in range(T):
            place = int(batch.x[t, b].argmax())
            if place:
                items[place - 1], items[place] = items[place], items[place - 1]
            assert tracking.ORDERS[int(batch.y[t, b].argmax())] == tuple(items)


@both
def test_each_step_is_asked_and_every_input_and_class_is_one_hot(task):
    batch = drawn(task, dtype=np.float32)
    assert {a.dtype for a in (batch.x, batch.y, batch.read)} == {np.dtype(np.float32)}
    assert (batch.read == 1).all()
    assert (batch.lengths == 7).all()
    for array in (batch.x, batch.y):
        assert set(np.unique(array)) == {0, 1}
        assert (array.sum(axis=2) == 1).all()


@both
def test_inputs_are_uniform_and_all_classes_occur_equally_often_late_in_a_sequence(task):
    batch = drawn(task, 60, 4000)
    for share in (batch.x.mean(axis=(0, 1)), batch.y[-1].mean(axis=0)):
        np.testing.assert_allclose(share, 1 / len(share), atol=0.03)


@both
def test_the_same_seed_gives_the_same_batches_and_the_next_batch_is_another(task):
    batches = task(9, 3, rng=np.random.default_rng(1))
    first, second = next(batches), next(batches)
    assert np.array_equal(first.x, drawn(task, 9, 3, 1).x)
    assert not np.array_equal(first.x, second.x)


@both
def test_bad_arguments_are_refused_at_the_call(task):
    with pytest.raises(ValueError, match=r"^T: expected at least 1, got 0"):
        task(0, 3, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"^batch: expected at least 1"):
        task(3, 0, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"^rng: expected"):
        task(3, 3, rng=0)
