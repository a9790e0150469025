"""The layer for training: (12) to (14) over a batch of sequences, and backpropagation through time, made fast.

B sequences of T steps at once, time first: x has shape (T, B, m), h has shape (T, B, n). It computes what
lstm.run and lstm.bptt.backward compute; read those first. Three things make it fast:

- Features first, batch last. What belongs to one step is a block of rows, B numbers each, so that the gates of
  (12) come from one product W [h; x; 1] and each gate is one contiguous block of n rows.
- sigma(z) = (1 + tanh(z/2)) / 2: with the inner 1/2 in W, one tanh serves all gates. (See the limits below.)
- The loops over time hold what must wait for the step before, in calls that write to arrays made beforehand;
  the rest is done for many steps at once. Arrays of equal shape matter: NumPy broadcasts small ones slowly.

The limits of the second. A gate is right to a rounding of 1, not of itself: at an argument z < 0 its relative error is
about eps e^|z|, where lstm.sigmoid keeps its left tail. The slopes are right to a rounding of 1 as in
`equations.deltas`, and D = o (1 - tanh^2 c) too, which `equations.output_slope` has exactly. In float32 (eps 1.2e-7)
half the digits of a gate are gone at z = -9, and it is 0 from z = -20 on; its slope is 0 from |z| = 20 on; 1 - g^2 and
1 - tanh^2 c are 0 from 10 on. In float64 (eps 2.2e-16) these are -19, -38, 38 and 19.
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, weights
from lstm.bptt import Gradients
from lstm.cell import Params
from lstm.fast.memory import Cache, valid
from lstm.ranges import in_range

ORDER = "oifg"  # the gates' blocks: sigmoids first, and i, f before g, c, so that one product gives both terms of (13)


@in_range
def forward(
    params: Params,
    x: ArrayLike,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
    *,
    reuse: Cache | None = None,
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray], Cache]:
    """Run (12) to (14) over x of shape (T, B, m); return (h, (h_T, c_T), cache): h (T, B, n), h_T and c_T (B, n).

    h_0 = h^(0) and c_0 = c^(0), both (B, n), are zero where not given. All arrays are float32, or all float64.
    `cache` goes to `backward`. A training loop may pass the last one as `reuse`: its memory is taken over, and
    `backward` refuses it from then on. Nothing else returned is ever overwritten.
    Raises TypeError or ValueError that names the argument, what came and what was expected; ValueError also where a sum
    in (12) might leave the range of the type, 3.4e38 for float32.
    """
    W, m, n = _pack(params)
    x = checks.array_like_params("x", x, (None, None, m), W.dtype)
    T, B, _ = x.shape
    h_0 = np.zeros((B, n), W.dtype) if h_0 is None else checks.array_like_params("h_0", h_0, (B, n), W.dtype)
    c_0 = np.zeros((B, n), W.dtype) if c_0 is None else checks.array_like_params("c_0", c_0, (B, n), W.dtype)
    _in_range(W, x, h_0)
    cache = Cache(W, T, B, None if reuse is None else valid("reuse", reuse))
    inputs = cache.room.inputs
    inputs[0, :n] = h_0.T
    inputs[:-1, n:-1] = x.swapaxes(1, 2)

    W = W.copy(order="F" if B == 1 else "C")  # which BLAS multiplies faster depends on the number of columns
    half = np.array(0.5, W.dtype)
    np.multiply(W[: 3 * n], half, W[: 3 * n])
    block = np.empty((8, n, B), W.dtype)
    (tanh_c, ig, fc, o, _, _, _, c), keep = block, block[:7]
    ig_fc, z = block[1:3], block[3:7].reshape(4 * n, B)
    sigmoids, i_f, g_c = block[3:6], block[4:6], block[6:8]
    c[...] = c_0.T
    W_dot, tanh, multiply, add = W.dot, np.tanh, np.multiply, np.add
    for v, h, saved in cache.room.forward:
        W_dot(v, z)  # (12)
        tanh(z, z)
        multiply(sigmoids, half, sigmoids)
        add(sigmoids, half, sigmoids)
        multiply(i_f, g_c, ig_fc)  # (13)
        add(ig, fc, c)
        tanh(c, tanh_c)  # (14)
        multiply(o, tanh_c, h)
        saved[...] = keep
    return inputs[1:, :n].swapaxes(1, 2).copy(), (h.T.copy(), c.T.copy()), cache


@in_range
def backward(cache: Cache, dh: ArrayLike, dh_T: ArrayLike | None = None, dc_T: ArrayLike | None = None) -> Gradients:
    """Backpropagation through time: `bptt.Gradients`, from what the loss reads at once from each output of `forward`.

    Their `params` are sums over the batch; x has shape (T, B, m), h_0 and c_0 have shape (B, n).
    dh of shape (T, B, n): from h. dh_T and dc_T of shape (B, n): from h_T and c_T, zero where not given. So dc_T
    is the framework's cell gradient, c^(T) moved with h^(T) held. It is not the total one, which is
    dl/dc^(T) = dc_T + D^(T) dl/dh^(T). The cache stays as it is: `backward` may be called on it again.
    Raises TypeError or ValueError that names the argument, what came and what was expected; ValueError for a
    cache that was given up.
    """
    W, room = valid("cache", cache).W, cache.room
    (T, _, n, B), dtype = room.gates.shape, W.dtype
    dh = checks.array_like_params("dh", dh, (T, B, n), dtype)
    to_h, to_c = np.zeros((2, n, B), dtype)  # what reaches h^(t) and c^(t) from step t+1
    if dh_T is not None:
        to_h[...] = checks.array_like_params("dh_T", dh_T, (B, n), dtype).T
    if dc_T is not None:
        to_c[...] = checks.array_like_params("dc_T", dc_T, (B, n), dtype).T

    W_2_dot, multiply, add = np.ascontiguousarray(W[:, :n].T).dot, np.multiply, np.add
    via_h, dl_dc = np.empty((2, n, B), dtype)
    above = np.empty((5, n, B), dtype)  # the total derivative by h^(t), then four times that by c^(t)
    dl_dh, dl_dc_4 = above[0], above[1:]
    for end in range(T, 0, -len(room.slopes)):
        steps = slice(max(end - len(room.slopes), 0), end)
        count = end - steps.start
        A = _slopes(room.gates[steps], room.inputs[1:, :n][steps], room.slopes[:count])
        room.reads[:count] = dh[steps].swapaxes(1, 2)
        for g, D, slopes, deltas, c_t in reversed(room.backward[:count]):
            add(to_h, g, dl_dh)
            multiply(D, dl_dh, via_h)
            add(to_c, via_h, dl_dc)
            dl_dc_4[...] = dl_dc
            multiply(slopes, above, slopes)  # now the deltas of o, i, f, g, and f dl/dc^(t)
            W_2_dot(deltas, to_h)
            to_c = c_t
        to_c = to_c.copy()  # the next slopes take its place
        room.dz[:, steps] = A[:, 1:5].reshape(count, 4 * n, B).swapaxes(0, 1)
    room.factors[...] = room.inputs[:-1].swapaxes(0, 1)
    dz = room.dz.reshape(4 * n, T * B)
    dW = dz.dot(room.factors.reshape(-1, T * B).T)
    dx = dz.T.dot(W[:, n:-1]).reshape(T, B, -1)
    return Gradients(_views(dW), dx, to_h.T.copy(), to_c.T.copy())


def _in_range(W: np.ndarray, x: np.ndarray, h_0: np.ndarray) -> None:
    """Raise ValueError where a sum W [h; x; 1] might overflow: how, would depend on the order in which BLAS adds."""
    largest, *factors = (max(float(a.max()), -float(a.min())) for a in (W, x, h_0))
    reach, limit = W.shape[1] * largest * max(1, *factors), float(np.finfo(W.dtype).max)
    if reach > limit:
        raise ValueError(
            f"params: expected products with x and h_0 within {limit:.1e}, {W.dtype}, got up to {reach:.1e}"
        )


def _slopes(gates: np.ndarray, h: np.ndarray, A: np.ndarray) -> np.ndarray:
    """What multiplies dl/dh and dl/dc at each step: D = o (1 - tanh^2 c), the slopes of o, i, f, g, then f itself.

    Written with products that are there already: tanh(c) o (1 - o) = h (1 - o), g i (1 - i) = i g (1 - i).
    """
    (tanh_c, ig, _, o, i, f, g), ig_fc, sigmoids = gates.swapaxes(0, 1), gates[:, 1:3], gates[:, 3:6]
    D, by_o, by_i_f, by_g = A[:, 0], A[:, 1], A[:, 2:4], A[:, 4]
    np.multiply(h, tanh_c, D)
    np.subtract(o, D, D)
    np.subtract(1, sigmoids, A[:, 1:4])
    np.multiply(by_o, h, by_o)
    np.multiply(by_i_f, ig_fc, by_i_f)
    np.multiply(ig, g, by_g)
    np.subtract(i, by_g, by_g)
    A[:, 5] = f
    return A


def _views(W: np.ndarray) -> Params:
    """`Params` of views into W, shape (4n, n + m + 1): blocks of n rows as in ORDER, columns for h, x and 1."""
    n = len(W) // 4
    return weights.views(W[:, n:-1], W[:, :n], W[:, -1], ORDER)


def _pack(params: Params) -> tuple[np.ndarray, int, int]:
    """(W, m, n) from `Params`. The full check, which names the argument, runs only where a quick one fails."""
    checks.tuple_of("params", params, Params)
    kinds = [(getattr(a, "shape", ()), getattr(a, "dtype", None)) for a in params]
    shape, dtype = kinds[0]
    alike = kinds == [(shape, dtype), (2 * shape[:1], dtype), (shape[:1], dtype)] * 4
    plain = {*map(type, params)} == {np.ndarray}
    if not (plain and alike and len(shape) == 2 and all(shape) and dtype in checks.FLOATS):
        params, _, _, dtype = weights.check_real(params)
    n, m = np.shape(params.W_1i)
    W = np.empty((4 * n, n + m + 1), dtype)
    weights.fill(_views(W), params)
    if not np.isfinite(W).all():
        weights.check_real(params)
    return W, m, n
