"""sLSTM, batched: every gate reads h^(t-1), so nearly all of the work is in the loop.

The equations are those of lstm.recurrences.slstm. States start from zero, so that h depends on c exp(m) and n exp(m)
alone; the backward pass holds m, which moves a scale that cancels, and is exact.
"""

from typing import NamedTuple

import numpy as np

from lstm.recurrences.layers.kinds import Layer, sigmoid
from lstm.recurrences.slstm import SLSTM, SLSTM_CELL


class Cache(NamedTuple):
    """Each (T, B, n): f', i', lost = 1 - sigma(f~), o, g; c and the normaliser, (T + 1, B, n), from step 0 on; h."""

    f: np.ndarray
    i: np.ndarray
    lost: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    normaliser: np.ndarray
    h: np.ndarray


def forward(p: SLSTM, x: np.ndarray) -> tuple[np.ndarray, Cache]:
    """sLSTM. The order of the gates in a block is that of the fields: i, f, o, g."""
    W_1, W_2, b = (np.concatenate(p[k::3]) for k in range(3))
    from_x, n, (T, B) = x @ W_1.T + b, len(p.b_i), x.shape[:2]
    f, i, lost, o, g, h = (np.empty((T, B, n)) for _ in range(6))
    c, normaliser = (np.zeros((T + 1, B, n)) for _ in range(2))
    m = h_prev = np.zeros((B, n))
    for t in range(T):
        z = from_x[t] + h_prev @ W_2.T
        i_arg, f_arg = z[:, :n], z[:, n : 2 * n]
        kept = m - np.logaddexp(0, -f_arg)
        m = np.maximum(kept, i_arg)
        f[t], i[t] = np.exp(kept - m), np.exp(i_arg - m)
        lost[t], o[t], g[t] = sigmoid(-f_arg), sigmoid(z[:, 2 * n : 3 * n]), np.tanh(z[:, 3 * n :])
        c[t + 1] = f[t] * c[t] + i[t] * g[t]
        normaliser[t + 1] = f[t] * normaliser[t] + i[t]
        h[t] = h_prev = o[t] * c[t + 1] / normaliser[t + 1]
    return h, Cache(f, i, lost, o, g, c, normaliser, h)


def backward(p: SLSTM, x: np.ndarray, cache: Cache, dh: np.ndarray) -> SLSTM:
    """The gradient by all parameters."""
    f, i, lost, o, g, c, normaliser, h = cache
    W_2, (T, B, n) = np.concatenate(p[1::3]), h.shape
    d, dc, dn, dh_next = np.empty((T, B, 4 * n)), np.zeros((B, n)), np.zeros((B, n)), np.zeros((B, n))
    for t in range(T - 1, -1, -1):
        dh_t = dh[t] + dh_next
        dc = dc + dh_t * o[t] / normaliser[t + 1]
        dn = dn - dh_t * h[t] / normaliser[t + 1]
        d[t, :, :n] = i[t] * (dc * g[t] + dn)
        d[t, :, n : 2 * n] = f[t] * lost[t] * (dc * c[t] + dn * normaliser[t])
        d[t, :, 2 * n : 3 * n] = dh_t * h[t] * (1 - o[t])
        d[t, :, 3 * n :] = dc * i[t] * (1 - g[t] ** 2)
        dc, dn, dh_next = dc * f[t], dn * f[t], d[t] @ W_2
    rows, before = d.reshape(T * B, -1), np.concatenate([np.zeros((1, B, n)), h[:-1]]).reshape(T * B, n)
    by = [np.split(a, 4) for a in (rows.T @ x.reshape(T * B, -1), rows.T @ before, rows.sum(axis=0))]
    return SLSTM(*(by[kind][gate] for gate in range(4) for kind in range(3)))


SLSTM_LAYER = Layer(SLSTM_CELL.init_params, forward, backward)
