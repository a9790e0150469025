"""The loops of the network of 1997 that numba compiles; nothing is checked here, online is the door.

One sequence at a time, sequences first: x (B, T, m), y (B, T, k), read (B, T), lengths (B,). V and R are the two arrays
of `online.Packed`, and the same with `_trained`: 1 where a weight learns, else 0. Outputs go into `out`, (B, T, k).
"""

import numba
import numpy as np


@numba.njit(cache=True)
def learn(V, R, V_trained, R_trained, C, x, y, read, lengths, rate, truncated, out):
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
def _step(V, C, source, c, act, squashed, h):
    """One step from `source`, x and u and 1: i, o, g into `act`, then c, tanh(c/2) and h, each in place."""
    S = len(c) // C
    for r in range(len(act)):
        z = 0.0
        for q in range(len(source)):
            z += V[r, q] * source[q]
        act[r] = 2 * np.tanh(z / 2) if r >= 2 * C else 0.5 + 0.5 * np.tanh(z / 2)
    for j in range(len(c)):
        c[j] += act[j // S] * act[2 * C + j]
        squashed[j] = np.tanh(c[j] / 2)
        h[j] = act[C + j // S] * squashed[j]


@numba.njit(cache=True)
def _answer(R, h, out):
    """The outputs of one step, in place."""
    for a in range(len(out)):
        z = R[a, len(h)]
        for j in range(len(h)):
            z += R[a, j] * h[j]
        out[a] = 0.5 + 0.5 * np.tanh(z / 2)


@numba.njit(cache=True)
def _forward(V, R, C, x, length, acts, inputs, squashed, h, out):
    columns, m, n = V.shape[1], x.shape[1], h.shape[1]
    c = np.zeros(n)
    for t in range(length):
        inputs[t, :m], inputs[t, m : columns - 1], inputs[t, columns - 1] = x[t], 0, 1
        if t:
            inputs[t, m : m + n] = h[t - 1]
            inputs[t, m + n : columns - 1] = acts[t - 1, : 2 * C]
        _step(V, C, inputs[t], c, acts[t], squashed[t], h[t])
        _answer(R, h[t], out[t])


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
def learn_by_step(V, R, V_trained, R_trained, C, x, y, read, lengths, rate, out):
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
            _step(V, C, source, c, act, squashed, h)
            for j in range(n):
                i, g = act[j // S], act[2 * C + j]
                for q in range(columns):
                    by_i[j, q] += g * i * (1 - i) * source[q]
                    by_g[j, q] += i * (1 - g * g / 4) * source[q]
            _answer(R, h, out[s, t])
            for a in range(k):
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
