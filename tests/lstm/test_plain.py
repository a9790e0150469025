"""The batched plain network against its reference: lstm.rnn.run, its Jacobians, and the complex step."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import SCALES

from lstm import rnn
from lstm.fast import plain
from lstm.proofs import complex_step, worst
from lstm.rnn import RNNParams


class Batch(NamedTuple):
    """Parameters, x (T, B, m), h_0 (B, n), and what the loss reads: dh (T, B, n), dh_T (B, n)."""

    params: RNNParams
    x: np.ndarray
    h_0: np.ndarray
    dh: np.ndarray
    dh_T: np.ndarray


def batch(seed=0, B=3, T=4, m=2, n=3, scale=1.5, dtype=np.float64):
    rng = np.random.default_rng(seed)
    params = RNNParams(*((scale * a).astype(dtype) for a in rnn.init_params(m, n, rng=rng)))
    shapes = [(T, B, m), (B, n), (T, B, n), (B, n)]
    return Batch(params, *(rng.normal(size=shape).astype(dtype) for shape in shapes))


def batches(scales=SCALES):
    """Batches with B 1..4, T 1..7, m 1..4, n 1..5: biases not zero, a loss at every step and on h_T."""
    sizes = [st.integers(1, 4), st.integers(1, 7), st.integers(1, 4), st.integers(1, 5)]
    return st.builds(batch, st.integers(0, 2**32 - 1), *sizes, st.sampled_from(scales))


def by_layer(case):
    """h, h_T, and the gradients as a list: W_1, W_2, b, x, h_0."""
    h, (h_T,), cache = plain.forward(case.params, case.x, case.h_0)
    gradients = plain.backward(cache, case.dh, case.dh_T)
    return h, h_T, [*gradients.params, gradients.x, gradients.h_0]


def reference(case):
    """h of the batch, one sequence after the other."""
    return np.stack([rnn.run(case.params, case.x[:, k], case.h_0[k]).h for k in range(case.x.shape[1])], axis=1)


def by_complex_step(case):
    """The gradients as in `by_layer`."""

    def loss(**moved):
        W_1, W_2, b, x, h_0 = ({**case.params._asdict(), "x": case.x, "h_0": case.h_0} | moved).values()
        h = reference(case._replace(params=RNNParams(W_1, W_2, b), x=x, h_0=h_0))
        return np.sum(case.dh * h) + np.sum(case.dh_T * h[-1])

    at = {**case.params._asdict(), "x": case.x, "h_0": case.h_0}
    return [complex_step(lambda a, name=name: loss(**{name: a}), array) for name, array in at.items()]


@given(batches())
def test_the_layer_runs_as_the_reference_does(case):
    h, h_T, _ = by_layer(case)
    assert worst([h], [reference(case)]) < 1e-12
    assert np.array_equal(h_T, h[-1])


@settings(max_examples=15)
@given(batches())
def test_every_gradient_is_that_of_the_complex_step(case):
    assert worst(by_layer(case)[2], by_complex_step(case)) < 1e-12


@pytest.mark.parametrize("B", [1, 2, 17])
def test_what_reaches_h0_over_sixty_steps_is_the_sum_of_the_chains(B):
    case = batch(B=B, T=60, m=5, n=16)
    h, _, gradients = by_layer(case)
    assert worst([h], [reference(case)]) < 1e-12
    reads = case.dh.copy()
    reads[-1] += case.dh_T
    expected = np.zeros_like(case.h_0)
    for k in range(B):
        trace = rnn.run(case.params, case.x[:, k], case.h_0[k])
        for t in range(60, 0, -1):
            expected[k] = rnn.state_jacobian(case.params, trace, t).T @ (reads[t - 1, k] + expected[k])
    assert worst(gradients[-1:], [expected]) < 1e-12


@pytest.mark.parametrize("wrong", ["W", "slope", "h", "x", "1"])
def test_no_part_of_the_cache_can_be_wrong_by_a_millionth(wrong):
    case = batch()
    W, inputs = plain.forward(*case[:3])[2]
    W, inputs = W.copy(), inputs.copy()
    part = {"W": W, "slope": inputs[-1, :3], "h": inputs[:-1, :3], "x": inputs[:-1, 3:5], "1": inputs[:-1, 5:]}[wrong]
    part *= 1 + 1e-6
    result = plain.backward(plain.Cache(W, inputs), case.dh, case.dh_T)
    assert worst([*result.params, result.x, result.h_0], by_complex_step(case)) > 1e-9


@given(batches(scales=[0.5, 1.0]))
def test_float32_in_is_float32_out_and_near_float64(case):
    single = Batch(RNNParams(*(p.astype("f4") for p in case.params)), *(a.astype("f4") for a in case[1:]))
    h, h_T, gradients = by_layer(single)
    assert {a.dtype for a in (h, h_T, *gradients)} == {np.dtype("f4")}
    double = Batch(RNNParams(*(p.astype(float) for p in single.params)), *(a.astype(float) for a in single[1:]))
    exact = by_layer(double)
    assert max(worst([h], exact[:1]), worst(gradients, exact[2])) < 1e-5  # some 50 roundings of float32


def test_what_is_not_given_is_zero():
    case = batch()
    zero = np.zeros_like(case.h_0)
    h, _, cache = plain.forward(case.params, case.x)
    gradients = plain.backward(cache, case.dh)
    given_h, _, expected = by_layer(case._replace(h_0=zero, dh_T=zero))
    assert np.array_equal(h, given_h)
    assert worst([*gradients.params, gradients.x, gradients.h_0], expected) == 0


def test_forward_forward_backward_backward_gives_both_gradients_and_overwrites_nothing():
    one, two = batch(seed=1), batch(seed=2)
    results = [plain.forward(*case[:3]) for case in (one, two)]
    kept = [a.copy() for h, (h_T,), _ in results for a in (h, h_T)]
    for (h, (h_T,), cache), case in zip(results, (one, two), strict=True):
        for _ in range(2):
            found = plain.backward(cache, *case[3:])
            assert worst([*found.params, found.x, found.h_0], by_complex_step(case)) < 1e-12
        h[...] = 7
        assert not (h_T == 7).any()
        h_T[...] = 7
        again = plain.backward(cache, *case[3:])
        assert worst([*again.params, again.x, again.h_0], [*found.params, found.x, found.h_0]) == 0
    assert worst(kept[:1], [reference(one)]) < 1e-12


def test_arguments_are_not_written_and_can_change_after_the_forward_pass():
    case = batch()
    for array in [*case.params, *case[1:]]:
        array.flags.writeable = False
    mine = Batch(RNNParams(*(p.copy() for p in case.params)), *(a.copy() for a in case[1:]))
    *_, cache = plain.forward(*mine[:3])
    for array in [*mine.params, mine.x, mine.h_0]:
        array[...] = 7
    found = plain.backward(cache, *case[3:])
    assert worst([*found.params, found.x, found.h_0], by_layer(case)[2]) == 0


def test_a_saturated_network_gives_finite_numbers_and_no_warning():
    assert all(np.isfinite(a).all() for a in by_layer(batch(T=9, scale=1e4))[2])


CASE = batch()
P, X, H0, DH, DH_T = CASE
CACHE = plain.forward(P, X)[2]
FORWARD, BACKWARD = plain.forward, plain.backward
BAD = [
    ("params: expected lstm.RNNParams, got tuple", TypeError, lambda: FORWARD(tuple(P), X)),
    (r"W_2: .*\(3, 3\), got shape \(3, 2\)", ValueError, lambda: FORWARD(P._replace(W_2=P.W_2[:, :2]), X)),
    ("b: expected finite", ValueError, lambda: FORWARD(P._replace(b=P.b * np.nan), X)),
    ("params: .*got float32 and float64", TypeError, lambda: FORWARD(P._replace(b=P.b.astype("f4")), X)),
    ("params: .*got complex128", TypeError, lambda: FORWARD(RNNParams(*(a + 0j for a in P)), X)),
    ("params: .*got float16", TypeError, lambda: FORWARD(RNNParams(*(a.astype("f2") for a in P)), X)),
    (r"x: .*got shape \(3, 2\)", ValueError, lambda: FORWARD(P, X[0])),
    (r"x: .*got shape \(4, 3, 1\)", ValueError, lambda: FORWARD(P, X[..., :1])),
    (r"x: .*got shape \(0, 3, 2\)", ValueError, lambda: FORWARD(P, X[:0])),
    ("x: expected float64 as in params, got float32", TypeError, lambda: FORWARD(P, X.astype("f4"))),
    ("x: expected finite", ValueError, lambda: FORWARD(P, X * np.inf)),
    (r"h_0: expected shape \(3, 3\), got shape \(1, 3\)", ValueError, lambda: FORWARD(P, X, H0[:1])),
    ("cache: expected the cache that forward returned, got NoneType", TypeError, lambda: BACKWARD(None, DH)),
    (r"dh: expected shape \(4, 3, 3\), got shape \(3, 3, 3\)", ValueError, lambda: BACKWARD(CACHE, DH[:-1])),
    ("dh: expected float64", TypeError, lambda: BACKWARD(CACHE, DH.astype("f4"))),
    (r"dh_T: expected shape \(3, 3\), got shape \(3,\)", ValueError, lambda: BACKWARD(CACHE, DH, DH_T[0])),
]


@pytest.mark.parametrize(("message", "error", "call"), BAD, ids=[f"{k}-{row[0][:4]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(message, error, call):
    with pytest.raises(error, match=f"^{message}"):
        call()
