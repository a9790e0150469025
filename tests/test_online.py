"""The compiled network of 1997 against its reference."""

import numpy as np
import pytest
from experiments import online
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm.training.tasks import Batch
from lstm.variants import blocks
from lstm.variants.blocks import Blocks


def case(seed, m, C, S, k, B=3, T=6):
    rng = np.random.default_rng(seed)
    params = Blocks(**{key: rng.normal(0, 0.8, shape) for key, shape in blocks.shapes(m, C, C * S, k).items()})
    lengths = rng.integers(3, T, size=B, endpoint=True)
    inside = np.arange(T)[:, None] < lengths
    read = inside * rng.integers(2, size=(T, B)).astype(float)
    return params, Batch(rng.normal(size=(T, B, m)), rng.random((T, B, k)), read, lengths)


def by_reference(params, trained, batch, rate, truncated):
    """The same training with lstm.variants.blocks: the parameters after it, and the outputs before each update."""
    out = np.zeros(batch.y.shape)
    for s, length in enumerate(batch.lengths):
        x = batch.x[:length, s]
        trace = blocks.run(params, x)
        out[:length, s] = trace.y
        error = (trace.y - batch.y[:length, s]) * batch.read[:length, s, None]
        step = blocks.gradient(params, x, trace, error, truncated=truncated).params
        params = Blocks(*(a - rate * d * w for a, d, w in zip(params, step, trained, strict=True)))
    return params, out


@pytest.mark.parametrize("truncated", [True, False])
@given(seed=st.integers(0, 10**6), sizes=st.tuples(*[st.integers(1, 3)] * 4))
@settings(deadline=None)
def test_compiled_training_is_that_of_the_reference(truncated, seed, sizes):
    params, batch = case(seed, *sizes)
    rng = np.random.default_rng(seed)
    trained = Blocks(*(rng.integers(2, size=a.shape).astype(float) for a in params))
    packed = online.pack(params)
    out = online.learn(packed, online.pack(trained), sizes[1], batch, 0.5, truncated=truncated)
    want, want_out = by_reference(params, trained, batch, 0.5, truncated)
    np.testing.assert_allclose(out, want_out, atol=1e-12)
    for one, other in zip(online.unpack(packed, sizes[1]), want, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_outputs_change_nothing():
    params, batch = case(0, 2, 2, 2, 1)
    packed = online.pack(params)
    out = online.outputs(packed, 2, batch)
    assert np.array_equal(packed.V, online.pack(params).V)
    for s, length in enumerate(batch.lengths):
        np.testing.assert_allclose(out[:length, s], blocks.run(params, batch.x[:length, s]).y, atol=1e-13)
        assert (out[length:, s] == 0).all()


def test_packing_is_undone_by_unpacking():
    params, _ = case(1, 3, 2, 2, 4)
    for one, other in zip(online.unpack(online.pack(params), 2), params, strict=True):
        assert np.array_equal(one, other)


@given(seed=st.integers(0, 10**6), sizes=st.tuples(*[st.integers(1, 3)] * 4))
@settings(deadline=None)
def test_carried_forward_the_truncated_gradient_is_what_comes_back(seed, sizes):
    params, batch = case(seed, *sizes)
    read = np.zeros_like(batch.read)
    read[batch.lengths - 1, np.arange(len(batch.lengths))] = 1
    batch = batch._replace(read=read)
    rng = np.random.default_rng(seed)
    trained = online.pack(Blocks(*(rng.integers(2, size=a.shape).astype(float) for a in params)))
    back, forward = online.pack(params), online.pack(params)
    out = online.learn(back, trained, sizes[1], batch, 0.5, truncated=True)
    assert np.allclose(online.learn_by_step(forward, trained, sizes[1], batch, 0.5), out, atol=1e-13)
    for one, other in zip(back, forward, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_with_a_loss_at_every_step_the_weights_move_within_a_sequence():
    params, batch = case(3, 2, 2, 2, 1)
    batch = batch._replace(read=np.ones_like(batch.read))
    ones = online.pack(Blocks(*(np.ones(a.shape) for a in params)))
    whole, step = online.pack(params), online.pack(params)
    online.learn(whole, ones, 2, batch, 0.5, truncated=True)
    online.learn_by_step(step, ones, 2, batch, 0.5)
    assert np.abs(whole.V - step.V).max() > 1e-6
    tiny = [online.pack(params) for _ in range(2)]
    online.learn(tiny[0], ones, 2, batch, 1e-7, truncated=True)
    online.learn_by_step(tiny[1], ones, 2, batch, 1e-7)
    np.testing.assert_allclose(tiny[0].V, tiny[1].V, atol=1e-12)
