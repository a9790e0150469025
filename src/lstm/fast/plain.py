"""The plain network of lstm.rnn over a batch of sequences, forward and back, to be trained beside the LSTM.

B sequences of T steps at once, time first: x has shape (T, B, m), h has shape (T, B, n). It computes what lstm.rnn.run
computes; the gradient goes back as dl/dh^(t) = read at once + W_2' delta^(t+1), delta^(t) = (1 - h^(t)^2) dl/dh^(t).
As in lstm.fast.sequence, features come first and the batch last inside, so that a step is one product W [h; x; 1].
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range
from lstm.rnn import RNNParams, check_params


class Gradients(NamedTuple):
    """Gradients of l, summed over the batch where shared: `params` (shapes of `RNNParams`), x (T, B, m), h_0 (B, n).

    Not `bptt.Gradients`: the plain network has no c_0.
    """

    params: RNNParams
    x: np.ndarray
    h_0: np.ndarray


class Cache(NamedTuple):
    """What `forward` leaves for `backward`: W = [W_2, W_1, b], (n, n + m + 1), and inputs, (T + 1, n + m + 1, B).

    inputs[t-1] is [h^(t-1); x^(t); 1]; the last holds h^(T) only.
    """

    W: np.ndarray
    inputs: np.ndarray


@in_range
def forward(
    params: RNNParams, x: ArrayLike, h_0: ArrayLike | None = None
) -> tuple[np.ndarray, tuple[np.ndarray], Cache]:
    """Run h^(t) = tanh(W_1 x^(t) + W_2 h^(t-1) + b) over x, (T, B, m); return (h, (h_T,), cache).

    h has shape (T, B, n) and h_T, its last row, (B, n); h_0 = h^(0), (B, n), is zero where not given. All arrays are
    float32, or all float64. `cache` goes to `backward`, as often as wanted; nothing that was returned is overwritten.
    Raises TypeError or ValueError that names the argument, what came and what was expected.
    """
    W, m, n = _pack(params)
    x = checks.array_like_params("x", x, (None, None, m), W.dtype)
    T, B, _ = x.shape
    inputs = np.empty((T + 1, n + m + 1, B), W.dtype)
    inputs[:, -1] = 1
    inputs[:-1, n:-1] = x.swapaxes(1, 2)
    inputs[-1, n:-1] = 0  # no x^(T+1) is there
    inputs[0, :n] = 0 if h_0 is None else checks.array_like_params("h_0", h_0, (B, n), W.dtype).T
    for v, h in zip(inputs[:-1], inputs[1:, :n], strict=True):
        W.dot(v, h)
        np.tanh(h, h)
    h = inputs[1:, :n].swapaxes(1, 2).copy()
    return h, (h[-1].copy(),), Cache(W, inputs)


@in_range
def backward(cache: Cache, dh: ArrayLike, dh_T: ArrayLike | None = None) -> Gradients:
    """Backpropagation through time: `Gradients`, from what the loss reads at once from the outputs of `forward`.

    dh of shape (T, B, n): from h. dh_T of shape (B, n): from h_T, zero where not given.
    Raises TypeError or ValueError that names the argument, what came and what was expected.
    """
    if not isinstance(cache, Cache):
        raise TypeError(f"cache: expected the cache that forward returned, got {type(cache).__name__}")
    W = checks.array("cache.W", cache.W, (None, None))
    inputs = checks.array_like_params("cache.inputs", cache.inputs, (None, W.shape[1], None), W.dtype)
    (n, K), (T, _, B) = W.shape, (len(inputs) - 1, *inputs.shape[1:])
    reads = checks.array_like_params("dh", dh, (T, B, n), W.dtype).swapaxes(1, 2)
    to_h = np.zeros((n, B), W.dtype)  # what reaches h^(t) from step t+1
    if dh_T is not None:
        to_h[...] = checks.array_like_params("dh_T", dh_T, (B, n), W.dtype).T
    deltas, W_2_T = 1 - inputs[1:, :n] ** 2, W[:, :n].T.copy()
    for delta, read in zip(deltas[::-1], reads[::-1], strict=True):
        to_h += read
        delta *= to_h
        W_2_T.dot(delta, to_h)
    # Time after the rows: one product sums over all steps and sequences.
    delta = deltas.swapaxes(0, 1).reshape(n, T * B)
    dW = delta.dot(inputs[:-1].swapaxes(0, 1).reshape(K, T * B).T)
    dx = delta.T.dot(W[:, n:-1]).reshape(T, B, -1)
    return Gradients(RNNParams(dW[:, n:-1], dW[:, :n], dW[:, -1]), dx, to_h.T.copy())


def _pack(params: RNNParams) -> tuple[np.ndarray, int, int]:
    """(W, m, n) from `RNNParams`: W = [W_2, W_1, b] as one new array."""
    checked, m, n = check_params(params)
    checks.one_type("params", checked, params)
    return np.column_stack([checked.W_2, checked.W_1, checked.b]), m, n
