"""The layer for training: (12) to (14) over a batch of sequences, and backpropagation through time, made fast.

B sequences of T steps at once, time first: x has shape (T, B, m), h has shape (T, B, n). It computes what
lstm.run and lstm.bptt.backward compute; read those first. Three things make it fast:

- Features first, batch last. What belongs to one step is a block of rows, B numbers each, so that the gates of
  (12) come from one product W [h; x; 1] and each gate is one contiguous block of n rows.
- sigma(z) = (1 + tanh(z/2)) / 2: with the inner 1/2 in W, one tanh serves all gates. (So a gate below 1e-16 is 0
  here, where lstm.sigmoid keeps its left tail.)
- The loops over time hold what must wait for the step before, in calls that write to arrays made beforehand;
  the rest is done for many steps at once. Arrays of equal shape matter: NumPy broadcasts small ones slowly.
"""

from typing import NamedTuple

import numpy as np

from lstm import checks, weights
from lstm.cell import Params

ORDER = "oifg"  # the gates' blocks: sigmoids first, and i, f before g, c, so that one product gives both terms of (13)
CHUNK = 2**16  # numbers of one gate that the backward pass handles at once: they should stay in the processor's cache


class Gradients(NamedTuple):
    """Gradients of l, summed over the batch where shared: `params` (shapes of `Params`), x (T, B, m), h0, c0 (B, n)."""

    params: Params
    x: np.ndarray
    h0: np.ndarray
    c0: np.ndarray


class Cache:
    """What `forward` leaves for `backward`. Valid until it is given up by `forward(..., reuse=cache)`.

    W         the parameters, (4n, n + m + 1): blocks of n rows as in ORDER; columns for h, x and 1
    inputs    [h^(t-1); x^(t); 1] at index t-1, (T + 1, n + m + 1, B); the last holds h^(T) only
    gates     tanh c, i g, f c^(t-1), o, i, f, g of step t at index t-1, (T, 7, n, B)
    dz        room for the gradient by W [h; x; 1], (4n, T, B)
    """

    __slots__ = ("W", "dz", "gates", "inputs")

    def __init__(self, W, T, B, reuse=None):
        n, K = len(W) // 4, W.shape[1]
        shapes = {"inputs": (T + 1, K, B), "gates": (T, 7, n, B), "dz": (4 * n, T, B)}
        for name, shape in shapes.items():
            old = getattr(reuse, name, None)
            fits = old is not None and old.shape == shape and old.dtype == W.dtype
            setattr(self, name, old if fits else np.empty(shape, W.dtype))
        self.W = W
        if reuse is not None:
            reuse.W = reuse.inputs = reuse.gates = reuse.dz = None


def forward(params, x, h0=None, c0=None, *, reuse=None):
    """Run (12) to (14) over x of shape (T, B, m); return (h, (h_T, c_T), cache): h (T, B, n), h_T and c_T (B, n).

    h0 = h^(0) and c0 = c^(0), both (B, n), are zero where not given. All arrays are float32, or all float64.
    `cache` goes to `backward`. A training loop may pass the last one as `reuse`: its memory is taken over, and
    `backward` refuses it from then on. Nothing else returned is ever overwritten.
    Raises TypeError or ValueError that names the argument, what came and what was expected.
    """
    W, m, n = _pack(params)
    x = _array("x", x, (None, None, m), W.dtype)
    T, B, _ = x.shape
    h0 = np.zeros((B, n), W.dtype) if h0 is None else _array("h0", h0, (B, n), W.dtype)
    c0 = np.zeros((B, n), W.dtype) if c0 is None else _array("c0", c0, (B, n), W.dtype)
    cache = Cache(W, T, B, None if reuse is None else _valid("reuse", reuse))
    inputs = cache.inputs
    inputs[0, :n] = h0.T
    inputs[:-1, n:-1] = x.swapaxes(1, 2)
    inputs[:, -1] = 1

    W = W * np.repeat(np.array([0.5, 0.5, 0.5, 1], W.dtype), n)[:, None]
    if B == 1:
        W = np.asfortranarray(W)  # BLAS multiplies a single column faster so, several columns slower
    half = np.array(0.5, W.dtype)
    block = np.empty((8, n, B), W.dtype)
    (tanh_c, ig, fc, o, _, _, _, c), keep = block, block[:7]
    ig_fc, z, sigmoids, i_f, g_c = block[1:3], block[3:7].reshape(4 * n, B), block[3:6], block[4:6], block[6:8]
    c[...] = c0.T
    dot, tanh, multiply, add = np.dot, np.tanh, np.multiply, np.add
    for v, h, saved in zip(inputs[:-1], inputs[1:, :n], cache.gates, strict=True):
        dot(W, v, z)  # (12)
        tanh(z, z)
        multiply(sigmoids, half, sigmoids)
        add(sigmoids, half, sigmoids)
        multiply(i_f, g_c, ig_fc)  # (13)
        add(ig, fc, c)
        tanh(c, tanh_c)  # (14)
        multiply(o, tanh_c, h)
        saved[...] = keep
    return inputs[1:, :n].swapaxes(1, 2).copy(), (h.T.copy(), c.T.copy()), cache


def backward(cache, dh, dh_T=None, dc_T=None):
    """Backpropagation through time: `Gradients`, from what the loss reads at once from each output of `forward`.

    dh of shape (T, B, n): from h. dh_T and dc_T of shape (B, n): from h_T and c_T, zero where not given. So dc_T
    is the framework's cell gradient, c^(T) moved with h^(T) held. It is not the total one, which is
    dl/dc^(T) = dc_T + D^(T) dl/dh^(T). The cache stays as it is: `backward` may be called on it again.
    Raises TypeError or ValueError that names the argument, what came and what was expected; ValueError for a
    cache that was given up.
    """
    W, inputs, gates = _valid("cache", cache).W, cache.inputs, cache.gates
    (T, _, n, B), dtype = gates.shape, W.dtype
    dh = _array("dh", dh, (T, B, n), dtype)
    to_h, to_c = np.zeros((2, n, B), dtype)  # what reaches h^(t) and c^(t) from step t+1
    if dh_T is not None:
        to_h[...] = _array("dh_T", dh_T, (B, n), dtype).T
    if dc_T is not None:
        to_c[...] = _array("dc_T", dc_T, (B, n), dtype).T

    W_2 = np.ascontiguousarray(W[:, :n].T)
    via_h, dl_dc = np.empty((2, n, B), dtype)
    above = np.empty((5, n, B), dtype)  # the total derivative by h^(t), then four times that by c^(t)
    dl_dh, dl_dc_4 = above[0], above[1:]
    dot, multiply, add = np.dot, np.multiply, np.add
    size = max(1, CHUNK // (n * B))
    for end in range(T, 0, -size):
        steps = slice(max(end - size, 0), end)
        A = _slopes(gates[steps], inputs[1:, :n][steps])
        dz, reads = A[:, 1:5].reshape(-1, 4 * n, B), dh[steps].swapaxes(1, 2).copy()
        for g, D, slopes, dz_t, c_t in zip(reads[::-1], A[::-1, 0], A[::-1, 1:], dz[::-1], A[::-1, 5], strict=True):
            add(to_h, g, dl_dh)
            multiply(D, dl_dh, via_h)
            add(to_c, via_h, dl_dc)
            dl_dc_4[...] = dl_dc
            multiply(slopes, above, slopes)  # now the deltas of o, i, f, g, and f dl/dc^(t)
            dot(W_2, dz_t, to_h)
            to_c = c_t
        cache.dz[:, steps] = dz.swapaxes(0, 1)
    dz = cache.dz.reshape(4 * n, T * B)
    dW = dot(dz, inputs[:-1].swapaxes(0, 1).reshape(-1, T * B).T)
    dx = dot(dz.T, W[:, n:-1]).reshape(T, B, -1)
    return Gradients(_views(dW), dx, to_h.T.copy(), to_c.T.copy())


def _slopes(gates, h):
    """What multiplies dl/dh and dl/dc at each step: D = o (1 - tanh^2 c), the slopes of o, i, f, g, then f itself.

    Written with products that are there already: tanh(c) o (1 - o) = h (1 - o), g i (1 - i) = i g (1 - i).
    """
    tanh_c, ig, _, o, i, f, g = gates.swapaxes(0, 1)
    A = np.empty((len(gates), 6, *h.shape[1:]), h.dtype)
    np.multiply(h, tanh_c, A[:, 0])
    np.subtract(o, A[:, 0], A[:, 0])
    np.subtract(1, gates[:, 3:6], A[:, 1:4])
    A[:, 1] *= h
    A[:, 2:4] *= gates[:, 1:3]
    np.multiply(ig, g, A[:, 4])
    np.subtract(i, A[:, 4], A[:, 4])
    A[:, 5] = f
    return A


def _views(W):
    """`Params` of views into W, shape (4n, n + m + 1): blocks of n rows as in ORDER, columns for h, x and 1."""
    n = len(W) // 4
    return weights.views(W[:, n:-1], W[:, :n], W[:, -1], ORDER)


def _pack(params):
    """(W, m, n) from `Params`. The full check, which names the argument, runs only where a quick one fails."""
    checks.tuple_of("params", params, Params)
    kinds = [(getattr(a, "shape", ()), getattr(a, "dtype", None)) for a in params]
    shape, dtype = kinds[0]
    alike = kinds == [(shape, dtype), (2 * shape[:1], dtype), (shape[:1], dtype)] * 4
    if not (alike and len(shape) == 2 and all(shape) and dtype in (np.float32, np.float64)):
        params, _, _, dtype = weights.check_real(params)
    n, m = np.shape(params.W_1i)
    W = np.empty((4 * n, n + m + 1), dtype)
    weights.fill(_views(W), params)
    if not np.isfinite(W).all():
        weights.check_real(params)
    return W, m, n


def _array(name, value, shape, dtype):
    a = checks.array(name, value, shape)
    if a.dtype != dtype:
        raise TypeError(f"{name}: expected {dtype} as in params, got {a.dtype}")
    return a


def _valid(name, cache):
    if not isinstance(cache, Cache):
        raise TypeError(f"{name}: expected the cache that forward returned, got {type(cache).__name__}")
    if cache.W is None:
        raise ValueError(f"{name}: given up to a later forward(..., reuse=cache), expected a cache that is still valid")
    return cache
