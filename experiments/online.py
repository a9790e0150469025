"""The network of 1997 trained online, one sequence at a time, compiled: lstm.variants.blocks is what it computes.

93 weights leave NumPy nothing but its own overhead, and the paper's runs take up to two million sequences of a
thousand steps. Here numba compiles the same loops; tests hold them against the reference, gradient by gradient.
"""

from typing import NamedTuple

import numba
import numpy as np

from lstm.training.tasks import Batch
from lstm.variants.blocks import Blocks


class Packed(NamedTuple):
    """A `Blocks` in two arrays: V (2C + n, m + K + 1), rows i, o, g, and R (k, n + 1); biases in the last column."""

    V: np.ndarray
    R: np.ndarray


def pack(params: Blocks) -> Packed:
    """`Packed` copies of the parameters, float64."""
    rows = [np.column_stack([getattr(params, part + k) for part in ("W_1", "W_2", "b_")]) for k in "iog"]
    return Packed(np.concatenate(rows).astype(float), np.column_stack([params.W, params.b]).astype(float))


def unpack(packed: Packed, C: int) -> Blocks:
    """The `Blocks` of C blocks that `pack` would make `packed` of."""
    V, R = packed
    n, K = len(V) - 2 * C, len(V)
    m = V.shape[1] - K - 1
    parts = {}
    for k, rows in zip("iog", np.split(V, [C, 2 * C]), strict=True):
        parts |= {f"W_1{k}": rows[:, :m], f"W_2{k}": rows[:, m:-1], f"b_{k}": rows[:, -1]}
    return Blocks(**parts, W=R[:, :n], b=R[:, n])


def learn(packed: Packed, trained: Packed, C: int, batch: Batch, rate: float, *, truncated: bool) -> np.ndarray:
    """Train on the sequences of `batch` in turn, changing `packed` in place; the outputs before each change, (T, B, k).

    After each sequence every weight that `trained` marks with 1 moves by -rate times the gradient of half the squared
    error, the sum over its steps: the step of the paper.
    """
    x, y, read = (np.ascontiguousarray(np.swapaxes(a, 0, 1), float) for a in batch[:3])
    out = np.zeros(y.shape)
    _learn(*packed, *trained, C, x, y, read, batch.lengths.astype(np.int64), float(rate), truncated, out)
    return out.swapaxes(0, 1)


def learn_by_step(packed: Packed, trained: Packed, C: int, batch: Batch, rate: float) -> np.ndarray:
    """As `learn` with the truncated gradient, but the weights move after every step that is read: local in time.

    This is the form of the paper's Appendix A.1, its equations (19) to (28): dc/dw of each cell is carried forward,
    as it was under the weights of each step.
    """
    x, y, read = (np.ascontiguousarray(np.swapaxes(a, 0, 1), float) for a in batch[:3])
    out = np.zeros(y.shape)
    _learn_by_step(*packed, *trained, C, x, y, read, batch.lengths.astype(np.int64), float(rate), out)
    return out.swapaxes(0, 1)


def outputs(packed: Packed, C: int, batch: Batch) -> np.ndarray:
    """y, (T, B, k), for the sequences of `batch`; 0 past their ends."""
    still = Packed(*(np.zeros_like(a) for a in packed))
    return learn(Packed(*(a.copy() for a in packed)), still, C, batch, 0.0, truncated=True)


@numba.njit(cache=True)
def _learn(V, R, V_trained, R_trained, C, x, y, read, lengths, rate, truncated, out):
    B, T, m = x.shape
    rows, columns, (k, n) = V.shape[0], V.shape[1], (R.shape[0], R.shape[1] - 1)
    acts, inputs = np.zeros((T, rows)), np.zeros((T, columns))  # i, o, g; x, u and 1
    squashed, h = np.zeros((T, n)), np.zeros((T, n))  # tanh(c/2), and h
    dV, dR = np.zeros((rows, columns)), np.zeros((k, n + 1))
    for s in range(B):
        _forward(V, R, C, x[s], lengths[s], acts, inputs, squashed, h, out[s])
        if rate > 0:
            dV[:] = 0
            dR[:] = 0
            _backward(V, R, C, m, y[s], read[s], lengths[s], acts, inputs, squashed, h, out[s], truncated, dV, dR)
            V -= rate * dV * V_trained
            R -= rate * dR * R_trained


@numba.njit(cache=True)
def _forward(V, R, C, x, length, acts, inputs, squashed, h, out):
    (rows, columns), m, n = V.shape, x.shape[1], h.shape[1]
    S, c = n // C, np.zeros(n)
    for t in range(length):
        inputs[t, :m] = x[t]
        inputs[t, columns - 1] = 1
        for j in range(n):
            inputs[t, m + j] = h[t - 1, j] if t else 0.0
        for j in range(2 * C):
            inputs[t, m + n + j] = acts[t - 1, j] if t else 0.0
        for r in range(rows):
            z = 0.0
            for q in range(columns):
                z += V[r, q] * inputs[t, q]
            acts[t, r] = 2 * np.tanh(z / 2) if r >= 2 * C else 0.5 + 0.5 * np.tanh(z / 2)
        for j in range(n):
            c[j] += acts[t, j // S] * acts[t, 2 * C + j]
            squashed[t, j] = np.tanh(c[j] / 2)
            h[t, j] = acts[t, C + j // S] * squashed[t, j]
        for a in range(R.shape[0]):
            z = R[a, n]
            for j in range(n):
                z += R[a, j] * h[t, j]
            out[t, a] = 0.5 + 0.5 * np.tanh(z / 2)


@numba.njit(cache=True)
def _backward(V, R, C, m, y, read, length, acts, inputs, squashed, h, out, truncated, dV, dR):
    (rows, columns), n = V.shape, h.shape[1]
    S, back, dc, dh, delta = n // C, np.zeros(rows), np.zeros(n), np.zeros(n), np.zeros(rows)
    for t in range(length - 1, -1, -1):
        dh[:] = back[:n]
        for a in range(R.shape[0]):
            e = read[t] * (out[t, a] - y[t, a]) * out[t, a] * (1 - out[t, a])
            if e != 0:
                for j in range(n):
                    dR[a, j] += e * h[t, j]
                    dh[j] += e * R[a, j]
                dR[a, n] += e
        for b in range(C):
            delta[b], delta[C + b] = back[n + b], back[n + C + b]
        for j in range(n):
            b, g = j // S, acts[t, 2 * C + j]
            dc[j] += acts[t, C + b] * (1 - squashed[t, j] ** 2) / 2 * dh[j]
            delta[b] += dc[j] * g
            delta[C + b] += dh[j] * squashed[t, j]
            delta[2 * C + j] = dc[j] * acts[t, b] * (1 - g * g / 4)
        for b in range(2 * C):
            delta[b] *= acts[t, b] * (1 - acts[t, b])
        for r in range(rows):
            for q in range(columns):
                dV[r, q] += delta[r] * inputs[t, q]
        if not truncated:
            for q in range(rows):
                back[q] = 0.0
                for r in range(rows):
                    back[q] += V[r, m + q] * delta[r]


@numba.njit(cache=True)
def _learn_by_step(V, R, V_trained, R_trained, C, x, y, read, lengths, rate, out):
    B, m = len(x), x.shape[2]
    (rows, columns), (k, n) = V.shape, (R.shape[0], R.shape[1] - 1)
    S, source, act = n // C, np.zeros(columns), np.zeros(rows)
    c, squashed, h, dh = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    by_i, by_g = np.zeros((n, columns)), np.zeros((n, columns))  # dc_j/dw of its input gate, and of itself
    e = np.zeros(k)
    for s in range(B):
        c[:], h[:], act[:], by_i[:], by_g[:] = 0, 0, 0, 0, 0
        for t in range(lengths[s]):
            source[:m], source[columns - 1] = x[s, t], 1
            source[m : m + n] = h
            source[m + n : m + n + 2 * C] = act[: 2 * C]
            for r in range(rows):
                z = 0.0
                for q in range(columns):
                    z += V[r, q] * source[q]
                act[r] = 2 * np.tanh(z / 2) if r >= 2 * C else 0.5 + 0.5 * np.tanh(z / 2)
            for j in range(n):
                i, g = act[j // S], act[2 * C + j]
                c[j] += i * g
                squashed[j] = np.tanh(c[j] / 2)
                h[j] = act[C + j // S] * squashed[j]
                for q in range(columns):
                    by_i[j, q] += g * i * (1 - i) * source[q]
                    by_g[j, q] += i * (1 - g * g / 4) * source[q]
            for a in range(k):
                z = R[a, n]
                for j in range(n):
                    z += R[a, j] * h[j]
                out[s, t, a] = 0.5 + 0.5 * np.tanh(z / 2)
                e[a] = read[s, t] * (out[s, t, a] - y[s, t, a]) * out[s, t, a] * (1 - out[s, t, a])
            if read[s, t] == 0:
                continue
            dh[:] = 0
            for a in range(k):
                for j in range(n):
                    dh[j] += R[a, j] * e[a]
            for a in range(k):
                for j in range(n):
                    R[a, j] -= rate * e[a] * h[j] * R_trained[a, j]
                R[a, n] -= rate * e[a] * R_trained[a, n]
            for j in range(n):
                b = j // S
                o = act[C + b]
                dc = o * (1 - squashed[j] ** 2) / 2 * dh[j]
                for q in range(columns):
                    V[b, q] -= rate * dc * by_i[j, q] * V_trained[b, q]
                    V[2 * C + j, q] -= rate * dc * by_g[j, q] * V_trained[2 * C + j, q]
                    V[C + b, q] -= rate * dh[j] * squashed[j] * o * (1 - o) * source[q] * V_trained[C + b, q]
