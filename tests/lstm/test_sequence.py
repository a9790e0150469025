"""The fast layer against the reference: lstm.run, lstm.bptt.backward and the complex step, sequence by sequence."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import SCALES

from lstm import bptt, init_params, run
from lstm.cell import Params
from lstm.fast import memory, sequence
from lstm.proofs import complex_step


class Batch(NamedTuple):
    """Parameters, x (T, B, m), h_0 and c_0 (B, n), and what the loss reads: dh (T, B, n), dh_T and dc_T (B, n)."""

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    dh: np.ndarray
    dh_T: np.ndarray
    dc_T: np.ndarray


def batch(seed=0, B=3, T=4, m=2, n=3, scale=1.0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    params = Params(*(scale * p for p in init_params(m, n, rng=rng)))
    arrays = (rng.normal(size=shape) for shape in [(T, B, m), (B, n), (B, n), (T, B, n), (B, n), (B, n)])
    return Batch(Params(*(p.astype(dtype) for p in params)), *(a.astype(dtype) for a in arrays))


def batches(scales=SCALES):
    """Batches with B 1..4, T 1..7, m 1..4, n 1..5: biases not zero, a loss at every step, on h_T and on c_T."""
    sizes = [st.integers(1, 4), st.integers(1, 7), st.integers(1, 4), st.integers(1, 5)]
    return st.builds(batch, st.integers(0, 2**32 - 1), *sizes, st.sampled_from(scales))


def by_layer(case, **options):
    h, last, cache = sequence.forward(case.params, case.x, case.h_0, case.c_0, **options)
    return h, last, sequence.backward(cache, case.dh, case.dh_T, case.dc_T)


def by_reference(case):
    """h, (h_T, c_T) and gradients of the batch, one sequence after the other."""
    traces = [run(case.params, *arrays) for arrays in zip(case.x.swapaxes(0, 1), case.h_0, case.c_0, strict=True)]
    reads = case.dh.copy()
    reads[-1] += case.dh_T
    parts = [bptt.backward(case.params, t, reads[:, k], case.dc_T[k]) for k, t in enumerate(traces)]
    params = Params(*(np.sum(arrays, axis=0) for arrays in zip(*(part.params for part in parts), strict=True)))
    by_x = np.stack([part.x for part in parts], axis=1)
    by_h_0, by_c_0 = (np.array([getattr(part, name) for part in parts]) for name in ("h_0", "c_0"))
    h, c = (np.stack([getattr(t, name) for t in traces], axis=1) for name in ("h", "c"))
    return h, (h[-1], c[-1]), sequence.Gradients(params, by_x, by_h_0, by_c_0)


def error(got, want):
    """Largest difference between two nested tuples of arrays, over the largest entry of `want`."""
    got, want = flat(got), flat(want)
    assert [a.shape for a in got] == [a.shape for a in want]
    return max(np.abs(a - b).max() for a, b in zip(got, want, strict=True)) / max(np.abs(b).max() for b in want)


def flat(nested):
    return [nested] if isinstance(nested, np.ndarray) else [array for part in nested for array in flat(part)]


def worst(case):
    """How far the layer is from the reference: outputs, then gradients."""
    (*outputs, gradients), (*expected, exact) = by_layer(case), by_reference(case)
    return error(outputs, expected), error(gradients, exact)


@given(batches())
def test_the_layer_computes_what_the_reference_computes(case):
    assert max(worst(case)) < 1e-12


@pytest.mark.parametrize("B", [1, 2, 17])
def test_so_it_does_on_longer_sequences_and_wider_layers(B):
    assert max(worst(batch(B=B, T=60, m=5, n=16))) < 1e-12


@settings(max_examples=10)
@given(batches(scales=[1.0, 3.0]))
def test_every_gradient_is_that_of_the_complex_step(case):
    def loss(params, x, h_0, c_0):
        total = 0
        for k in range(x.shape[1]):
            trace = run(params, x[:, k], h_0[k], c_0[k])
            total += np.sum(case.dh[:, k] * trace.h) + case.dh_T[k] @ trace.h[-1] + case.dc_T[k] @ trace.c[-1]
        return total

    at = {"x": case.x, "h_0": case.h_0, "c_0": case.c_0}
    by_params = [
        complex_step(lambda a, name=name: loss(case.params._replace(**{name: a}), **at), array)
        for name, array in case.params._asdict().items()
    ]
    others = [complex_step(lambda a, name=name: loss(case.params, **{**at, name: a}), at[name]) for name in at]
    assert error(by_layer(case)[2], (by_params, *others)) < 1e-12


@given(batches(scales=[0.5, 1.0, 3.0]))
def test_float32_in_is_float32_out_and_near_float64(case):
    single = Batch(Params(*(p.astype(np.float32) for p in case.params)), *(a.astype(np.float32) for a in case[1:]))
    double = Batch(Params(*(p.astype(float) for p in single.params)), *(a.astype(float) for a in single[1:]))
    result = by_layer(single)
    assert {array.dtype for array in flat(result)} == {np.dtype(np.float32)}
    (*outputs, gradients), (*expected, exact) = result, by_reference(double)
    assert max(error(outputs, expected), error(gradients, exact)) < 2e-5  # 300 roundings of float32 or less


@pytest.mark.parametrize("order", ["iofg", "ofig", "oigf"])
def test_another_order_of_the_gates_would_be_seen(order, monkeypatch):
    monkeypatch.setattr(sequence, "ORDER", order)
    assert worst(batch())[0] > 1e-2


@pytest.mark.parametrize("row", range(6))
def test_no_slope_can_be_wrong_by_a_millionth(row, monkeypatch):
    right = sequence._slopes

    def wrong(*arguments):
        slopes = right(*arguments)
        slopes[:, row] *= 1 + 1e-6
        return slopes

    monkeypatch.setattr(sequence, "_slopes", wrong)
    assert worst(batch())[1] > 1e-9


@pytest.mark.parametrize("chunk", [1, 9, 18, 30, 1000])
def test_the_steps_handled_at_once_do_not_matter(chunk, monkeypatch):
    case = batch(T=7)
    whole = by_layer(case)[2]
    monkeypatch.setattr(memory, "CHUNK", chunk)
    assert error(by_layer(case)[2], whole) < 1e-15


def test_states_that_are_not_given_are_zero():
    case = batch()
    zero = np.zeros_like(case.h_0)
    h, last, cache = sequence.forward(case.params, case.x)
    assert error((h, last), by_layer(case._replace(h_0=zero, c_0=zero))[:2]) == 0
    h, last, same = sequence.forward(case.params, case.x, zero, zero)
    assert error(sequence.backward(cache, case.dh), sequence.backward(same, case.dh, zero, zero)) == 0


def test_saturated_gates_give_finite_numbers_and_no_warning():
    for array in flat(by_layer(batch(T=9, scale=1e4))):
        assert np.isfinite(array).all()
