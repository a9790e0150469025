"""DeltaNet, batched: the loop does S^(t) = S^(t-1) + beta (v - S^(t-1) k) k', all else is done for all steps at once.

That is (I - beta k k') and the write of lstm.recurrences.matrix in one. Vectors are (T, B, n), beta (T, B, 1), S
(T, B, n, n).
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from lstm.recurrences.layers.kinds import Layer, by_weights, sigmoid
from lstm.recurrences.matrix import DELTA, Delta


class Cache(NamedTuple):
    """Arguments of q, k, v; q and k of length 1; beta; gap = v - S^(t-1) k; S."""

    arguments: tuple[np.ndarray, np.ndarray, np.ndarray]
    q: np.ndarray
    k: np.ndarray
    beta: np.ndarray
    gap: np.ndarray
    S: np.ndarray


def forward(p: Delta, x: np.ndarray, strongest: int) -> tuple[np.ndarray, Cache]:
    """DeltaNet with beta in (0, strongest)."""
    arguments = tuple(x @ W.T + b for W, b in ((p.W_1q, p.b_q), (p.W_1k, p.b_k), (p.W_1v, p.b_v)))
    (q, k), v = (_unit(silu(z)) for z in arguments[:2]), silu(arguments[2])
    beta = strongest * sigmoid(x @ p.w_b + p.b_b)[..., None]
    gap, S = v.copy(), (beta * v)[..., :, None] * k[..., None, :]
    for t in range(1, len(x)):
        gap[t] -= _times(S[t - 1], k[t])
        np.multiply((beta[t] * gap[t])[:, :, None], k[t][:, None, :], S[t])
        S[t] += S[t - 1]
    return _times(S, q), Cache((arguments[0], arguments[1], arguments[2]), q, k, beta, gap, S)


def backward(p: Delta, x: np.ndarray, cache: Cache, dh: np.ndarray, strongest: int) -> Delta:
    """The gradient by all parameters; w_a, b_a, a are not used, and have none."""
    (q_arg, k_arg, v_arg), q, k, beta, gap, S = cache
    dS = dh[..., :, None] * q[..., None, :]
    dk, dv, dbeta = np.empty_like(k), np.empty_like(k), np.empty_like(beta)
    for t in range(len(x) - 1, -1, -1):
        along = _times(dS[t], k[t])
        dbeta[t] = (along * gap[t]).sum(axis=1, keepdims=True)
        dv[t] = dgap = beta[t] * along
        dk[t] = _times(dS[t].mT, beta[t] * gap[t])
        if t:
            dk[t] -= _times(S[t - 1].mT, dgap)
            dS[t - 1] += dS[t] - dgap[:, :, None] * k[t][:, None, :]
    dq = _by_unit(q_arg, q, _times(S.mT, dh))
    db = dbeta[..., 0] * beta[..., 0] * (1 - beta[..., 0] / strongest)
    w_b = db.ravel() @ x.reshape(db.size, -1)
    (W_1q, b_q), (W_1k, b_k) = by_weights(x, dq), by_weights(x, _by_unit(k_arg, k, dk))
    W_1v, b_v = by_weights(x, dv * _silu_slope(v_arg))
    none = [np.zeros_like(a) for a in (p.w_a, p.b_a, p.a)]
    return Delta(W_1q, b_q, W_1k, b_k, W_1v, b_v, w_b, db.sum(keepdims=True)[0], *none)


def silu(z: np.ndarray) -> np.ndarray:
    """z sigma(z)."""
    return z * sigmoid(z)


def _times(A: np.ndarray, z: np.ndarray) -> np.ndarray:
    return np.einsum("...ij,...j->...i", A, z)


def _unit(z: np.ndarray) -> np.ndarray:
    return z / np.linalg.norm(z, axis=-1, keepdims=True)


def _by_unit(argument: np.ndarray, unit: np.ndarray, d: np.ndarray) -> np.ndarray:
    """The gradient by the argument, where `unit` is silu(argument) made of length 1 and d is the one by it."""
    across = d - unit * (unit * d).sum(axis=-1, keepdims=True)
    return across / np.linalg.norm(silu(argument), axis=-1, keepdims=True) * _silu_slope(argument)


def _silu_slope(z: np.ndarray) -> np.ndarray:
    s = sigmoid(z)
    return s * (1 + z * (1 - s))


def _layer(strongest: int) -> Layer:
    return Layer(DELTA.init_params, partial(forward, strongest=strongest), partial(backward, strongest=strongest))


DELTA_LAYER, SIGNED_DELTA_LAYER = _layer(1), _layer(2)
