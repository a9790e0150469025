"""What the audit measures of units, of the reach of the gradient and of clipping, against the reference code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lstm.test_batched import batch, batches

from lstm import audit, bptt, run, totals
from lstm.audit import units
from lstm.equations import output_slope
from lstm.fast import batched


@given(batches)
def test_units_are_counted_one_by_one(given_batch):
    params, x, _ = given_batch
    found = audit(*given_batch, near=0.2).units
    runs = batched.run(params, x)
    for k in range(len(params.b_i)):
        for gate in "ifo":
            values = getattr(runs, gate)[..., k]
            ends = getattr(found, gate)
            assert (ends.low[k], ends.high[k]) == (np.mean(values < 0.2), np.mean(values > 0.8))
        c, o = runs.c[..., k], runs.o[..., k]
        written = [step_by_step(*gates) for gates in zip(*(a[..., k].T for a in (runs.i, runs.f, runs.g)), strict=True)]
        assert found.written[k] == pytest.approx(max(written))
        assert found.large[k] == np.mean(np.abs(c) > 3)
        assert found.slope[k] == pytest.approx(max(output_slope(o, c).ravel()))
    assert found.values == x.shape[0] * x.shape[1]


def step_by_step(i, f, g):
    """The largest |sum over s of i g at s times the product of f after s|, each sum by itself."""
    return max(abs(sum(i[s] * g[s] * np.prod(f[s + 1 : t]) for s in range(t))) for t in range(1, len(f) + 1))


@given(batches)
def test_from_zero_what_is_written_is_the_memory_itself(given_batch):
    params, x, _ = given_batch
    found = audit(*given_batch).units.written
    np.testing.assert_allclose(found, np.abs(batched.run(params, x).c).max(axis=(0, 1)), rtol=1e-12)
    states = np.full((x.shape[1], len(params.b_i)), 0.5)
    runs = batched.run(params, x, c_0=states)
    left = np.cumprod(runs.f, axis=0) * states
    from_there = np.abs(runs.c - left).max(axis=(0, 1))
    np.testing.assert_allclose(audit(*given_batch, c_0=states).units.written, from_there, rtol=1e-6, atol=1e-12)


@given(batches)
def test_the_past_is_the_share_in_the_squared_gradient(given_batch):
    params, x, reads = given_batch
    traces = [run(params, x[:, b]) for b in range(x.shape[1])]
    square = [totals(params, trace, reads[:, b]).dl_dc[0] ** 2 for b, trace in enumerate(traces)]
    found = audit(*given_batch).units.past
    np.testing.assert_allclose(found, np.mean([a / a.sum() for a in square], axis=0), rtol=1e-6, atol=1e-12)
    assert found.sum() == pytest.approx(1)


@given(batches, st.booleans(), st.sampled_from([1.0, 1e-250, 1e200]))
def test_the_norms_of_clipping_are_those_of_backpropagation(given_batch, from_zero, size):
    params, x, reads = given_batch
    n, B = len(params.b_i), x.shape[1]
    states = {name: np.random.default_rng(1).uniform(-0.9, 0.9, (B, n)) for name in ("h_0", "c_0")}
    states = {} if from_zero else states
    each = []
    for b in range(B):
        trace = run(params, x[:, b], **{name: state[b] for name, state in states.items()})
        each.append(np.concatenate([a.ravel() for a in bptt.backward(params, trace, reads[:, b]).params]))
    found = audit(params, x, size * reads, **states).clipping
    np.testing.assert_allclose(found.norms / size, np.linalg.norm(each, axis=1), rtol=1e-9)
    assert found.whole / size == pytest.approx(np.linalg.norm(np.sum(each, axis=0)), rel=1e-6)


def test_the_reach_is_from_the_last_gradient_to_the_first_that_is_a_hundredth_of_the_largest():
    size = np.array([[0.009, 0.0, 0.2], [0.01, 0.5, 0.0], [0.5, 0.009, 1.0], [1.0, 1.0, 0.0]])
    assert units.reach(size[..., None], 1).tolist() == [2, 2, 2]
    assert units.reach(size[..., None], 2).tolist() == [2, 2, 0]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(3, 9), min_size=2, max_size=4))
def test_what_stands_beyond_the_end_of_a_sequence_does_not_count(seed, lengths):
    params, x, reads = batch(seed, 2, 3, 9, len(lengths), 3.0)
    found = audit(params, x, reads, lengths=lengths)
    alone = [audit(params, x[:k, [b]], reads[:k, [b]]) for b, k in enumerate(lengths)]
    np.testing.assert_allclose(found.clipping.norms, [one.clipping.norms[0] for one in alone], rtol=1e-9)
    assert found.reach.tolist() == [one.reach[0] for one in alone]
    np.testing.assert_allclose(found.units.past, np.mean([one.units.past for one in alone], axis=0), atol=1e-9)
    assert found.units.values == sum(lengths)
    large = sum(k * one.units.large for k, one in zip(lengths, alone, strict=True)) / sum(lengths)
    np.testing.assert_allclose(found.units.large, large, atol=1e-12)
    written = np.max([one.units.written for one in alone], axis=0)
    np.testing.assert_allclose(found.units.written, written, rtol=1e-12)
    np.testing.assert_allclose(found.units.slope, np.max([one.units.slope for one in alone], axis=0), rtol=1e-12)
