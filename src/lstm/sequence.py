"""The layer for training: (12) to (14) over a batch of sequences, and backpropagation through time, made fast.

B sequences of T steps at once, time first: x has shape (T, B, m), h has shape (T, B, n). Inside, a quantity of
one step is a (features, batch) block, so that the four gates are one matrix product Z = W [h; x; 1] and lie
next to each other. Equal to the reference, lstm.run and lstm.bptt.backward, to rounding; read those first.

  V[t]     [h^(t); x^(t+1); 1], shape (n + m + 1, B): what step t+1 reads
  S[t]     o, i, f, g, c, tanh c of step t, shape (6, n, B); S[0] holds c^(0) only
  slope[t] what multiplies dl/dh^(t) and dl/dc^(t) on the way back: o (1 - tanh^2 c), then one for each row of
           Z (o, i, f, g), then f, shape (6, n, B)
"""

from typing import NamedTuple

import numpy as np

from lstm import checks
from lstm.cell import Params, check_params

GATES = "oifg"  # row blocks of Z: the sigmoids first; i, f stand before g, c, as their factors in (13) do
CHUNK = 2**16  # numbers of one block row that the backward pass handles at once, to stay in the processor's cache


class Gradients(NamedTuple):
    """Gradients of l: `params` in the shapes of the parameters, x (T, B, m), h0 and c0 (B, n)."""

    params: Params
    x: np.ndarray
    h0: np.ndarray
    c0: np.ndarray


class Cache:
    """What `forward` keeps for `backward`. It stays valid until it is given up by `forward(..., reuse=cache)`."""

    __slots__ = ("S", "V", "W", "dZ")

    def __init__(self, W, m, n, T, B, reuse=None):
        shapes = {"V": (T + 1, n + m + 1, B), "S": (T + 1, 6, n, B), "dZ": (4 * n, T, B)}
        for name, shape in shapes.items():
            old = getattr(reuse, name, None)
            fits = old is not None and old.shape == shape and old.dtype == W.dtype
            setattr(self, name, old if fits else np.empty(shape, W.dtype))
        self.W = W
        if reuse is not None:
            reuse.W = reuse.V = reuse.S = reuse.dZ = None


def forward(params, x, h0=None, c0=None, *, reuse=None):
    W, m, n = _pack(params)
    x = _array("x", x, (None, None, m), W.dtype)
    T, B, _ = x.shape
    h0 = None if h0 is None else _array("h0", h0, (B, n), W.dtype)
    c0 = None if c0 is None else _array("c0", c0, (B, n), W.dtype)
    if reuse is not None:
        _held("reuse", reuse)
    cache = Cache(W, m, n, T, B, reuse)
    V, S = cache.V, cache.S
    V[:-1, n:-1] = x.swapaxes(1, 2)
    V[:, -1] = 1
    V[0, :n] = 0 if h0 is None else h0.T
    S[0, 4] = 0 if c0 is None else c0.T

    # sigma(z) = (1 + tanh(z / 2)) / 2: with the inner half in the weights, one tanh serves all four gates
    W = W * np.repeat(np.array([0.5, 0.5, 0.5, 1], W.dtype), n)[:, None]
    if B == 1:
        W = np.asfortranarray(W)  # a product with a single column runs down the columns of W
    half = np.array(0.5, W.dtype)
    block, pair = np.empty((6, n, B), W.dtype), np.empty((2, n, B), W.dtype)
    z, sigmoids, i_f, g_c = block[:4].reshape(4 * n, B), block[:3], block[1:3], block[3:5]
    o, _, _, _, c, tanh_c = block
    ig, fc = pair
    c[...] = S[0, 4]
    dot, tanh, mul, add = np.dot, np.tanh, np.multiply, np.add
    for v, h, s in zip(V[:-1], V[1:, :n], S[1:], strict=True):
        dot(W, v, z)
        tanh(z, z)
        mul(sigmoids, half, sigmoids)
        add(sigmoids, half, sigmoids)
        mul(i_f, g_c, pair)
        add(ig, fc, c)
        tanh(c, tanh_c)
        mul(o, tanh_c, h)
        s[...] = block
    return V[1:, :n].swapaxes(1, 2).copy(), (V[-1, :n].T.copy(), c.T.copy()), cache


def backward(cache, dh, dh_T=None, dc_T=None):
    _held("cache", cache)
    W, V, S, dZ = cache.W, cache.V, cache.S, cache.dZ
    T, (n, B) = len(V) - 1, S.shape[2:]
    dh = _array("dh", dh, (T, B, n), W.dtype)
    to_h, via_h, dl_dc, to_c = np.zeros((4, n, B), W.dtype)
    if dh_T is not None:
        to_h[...] = _array("dh_T", dh_T, (B, n), W.dtype).T
    if dc_T is not None:
        to_c[...] = _array("dc_T", dc_T, (B, n), W.dtype).T

    W_2 = np.ascontiguousarray(W[:, :n].T)
    up = np.empty((5, n, B), W.dtype)
    up_h, up_c = up[0], up[1:]
    dot, mul, add = np.dot, np.multiply, np.add
    size = min(T, max(1, CHUNK // (n * B)))
    buffer = np.empty((size, 6, n, B), W.dtype)
    for end in range(T, 0, -size):
        start = max(end - size, 0)
        A = _slopes(S[start : end + 1], V[start + 1 : end + 1, :n], buffer[: end - start])
        dz = A[:, 1:5].reshape(-1, 4 * n, B)
        G = dh[start:end].swapaxes(1, 2).copy()
        for g, D, slopes, dz_t, c_t in zip(G[::-1], A[::-1, 0], A[::-1, 1:], dz[::-1], A[::-1, 5], strict=True):
            add(to_h, g, up_h)
            mul(D, up_h, via_h)
            add(to_c, via_h, dl_dc)
            up_c[...] = dl_dc
            mul(slopes, up, slopes)
            dot(W_2, dz_t, to_h)
            to_c = c_t
        dZ[:, start:end] = dz.swapaxes(0, 1)
        to_c = to_c.copy()
    flat = dZ.reshape(4 * n, T * B)
    dW = dot(flat, V[:-1].swapaxes(0, 1).reshape(-1, T * B).T)
    dx = dot(flat.T, W[:, n:-1]).reshape(T, B, -1)
    return Gradients(_unpack(dW, n), dx, to_h.T.copy(), to_c.T.copy())


def _slopes(S, h, A):
    s, c_before = S[1:], S[:-1, 4]
    o, i, f, g, tanh_c = s[:, 0], s[:, 1], s[:, 2], s[:, 3], s[:, 5]
    np.multiply(h, tanh_c, A[:, 0])
    np.subtract(o, A[:, 0], A[:, 0])
    np.multiply(s[:, :4], s[:, :4], A[:, 1:5])
    np.subtract(s[:, :3], A[:, 1:4], A[:, 1:4])
    np.subtract(1, A[:, 4], A[:, 4])
    A[:, 1] *= tanh_c
    A[:, 2] *= g
    A[:, 3] *= c_before
    A[:, 4] *= i
    A[:, 5] = f
    return A


def _pack(params):
    """The twelve parameters as one matrix W, rows as in GATES, columns for h, x and 1; m and n."""
    checks.tuple_of("params", params, Params)
    n, m = np.shape(params.W_1i)
    W = np.empty((4 * n, n + m + 1), params.W_1i.dtype)
    for k, gate in enumerate(GATES):
        rows = W[k * n : (k + 1) * n]
        rows[:, :n] = getattr(params, f"W_2{gate}")
        rows[:, n:-1] = getattr(params, f"W_1{gate}")
        rows[:, -1] = getattr(params, f"b_{gate}")
    return W, m, n


def _unpack(W, n):
    parts = {}
    for k, gate in enumerate(GATES):
        rows = W[k * n : (k + 1) * n]
        parts |= {f"W_2{gate}": rows[:, :n], f"W_1{gate}": rows[:, n:-1], f"b_{gate}": rows[:, -1]}
    return Params(**parts)


def _array(name, value, shape, dtype):
    a = checks.array(name, value, shape)
    if a.dtype != dtype:
        raise TypeError(f"{name}: expected {dtype} as in params, got {a.dtype}")
    return a


def _held(name, cache):
    if not isinstance(cache, Cache):
        raise TypeError(f"{name}: expected the cache that forward returned, got {type(cache).__name__}")
    if cache.W is None:
        raise ValueError(f"{name}: it was released to a later forward(..., reuse=cache); run forward again")
