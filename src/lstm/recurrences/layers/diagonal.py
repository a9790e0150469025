"""minGRU and RG-LRU, batched: c^(t) = keep (.) c^(t-1) + write, with keep and write of all steps made of x at once.

The equations are those of lstm.recurrences.minimal and lstm.recurrences.linear.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from lstm.recurrences.layers.kinds import Layer, by_weights, sigmoid
from lstm.recurrences.linear import POWER, RG_LRU, RGLRU
from lstm.recurrences.minimal import MIN_GRU, MinGRU


class GRUCache(NamedTuple):
    """z, g, keep, and c, all (T, B, n)."""

    z: np.ndarray
    g: np.ndarray
    keep: np.ndarray
    c: np.ndarray


class DecayCache(NamedTuple):
    """u, gates r and i, the factor a, root = sqrt(1 - a^2), and c, all (T, B, n)."""

    u: np.ndarray
    r: np.ndarray
    i: np.ndarray
    a: np.ndarray
    root: np.ndarray
    c: np.ndarray


def states(keep: np.ndarray, write: np.ndarray) -> np.ndarray:
    """c^(t) = keep c^(t-1) + write from c^(0) = 0, all (T, B, n)."""
    c = write.copy()
    for t in range(1, len(c)):
        c[t] += keep[t] * c[t - 1]
    return c


def back(keep: np.ndarray, c: np.ndarray, dh: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """dl/dkeep and dl/dwrite = dl/dc, (T, B, n), where h = c: the chain is the product of keep, and nothing else."""
    dc = dh.copy()
    for t in range(len(c) - 2, -1, -1):
        dc[t] += keep[t + 1] * dc[t + 1]
    dkeep = np.zeros_like(dc)
    dkeep[1:] = dc[1:] * c[:-1]
    return dkeep, dc


def gru_forward(p: MinGRU, x: np.ndarray, reach: int) -> tuple[np.ndarray, GRUCache]:
    """minGRU with the factor 1 - reach z."""
    z, g = sigmoid(x @ p.W_1z.T + p.b_z), x @ p.W_1g.T + p.b_g
    keep = 1 - reach * z
    c = states(keep, z * g)
    return c, GRUCache(z, g, keep, c)


def gru_backward(p: MinGRU, x: np.ndarray, cache: GRUCache, dh: np.ndarray, reach: int) -> MinGRU:
    """The gradient by all parameters."""
    z, g, keep, c = cache
    dkeep, dwrite = back(keep, c, dh)
    dz = (dwrite * g - reach * dkeep) * z * (1 - z)
    return MinGRU(*by_weights(x, dz), *by_weights(x, dwrite * z))


def rg_lru_forward(p: RGLRU, x: np.ndarray) -> tuple[np.ndarray, DecayCache]:
    """RG-LRU."""
    u = x @ p.W_1u.T + p.b_u
    r, i = sigmoid(u @ p.W_1r.T + p.b_r), sigmoid(u @ p.W_1i.T + p.b_i)
    a = sigmoid(p.Lambda) ** (POWER * r)
    root = np.sqrt(1 - a * a)
    c = states(a, root * i * u)
    return c, DecayCache(u, r, i, a, root, c)


def rg_lru_backward(p: RGLRU, x: np.ndarray, cache: DecayCache, dh: np.ndarray) -> RGLRU:
    """The gradient by all parameters: a goes through log a = POWER r log sigma(Lambda)."""
    u, r, i, a, root, c = cache
    da, dwrite = back(a, c, dh)
    dlog_a = a * (da - dwrite * i * u * a / root)
    dr = dlog_a * POWER * np.log(sigmoid(p.Lambda)) * r * (1 - r)
    di = dwrite * root * u * i * (1 - i)
    du = dwrite * root * i + dr @ p.W_1r + di @ p.W_1i
    dLambda = (dlog_a * POWER * r).sum(axis=(0, 1)) * (1 - sigmoid(p.Lambda))
    return RGLRU(*by_weights(x, du), *by_weights(u, dr), *by_weights(u, di), dLambda)


def _min_gru(reach: int) -> Layer:
    return Layer(MIN_GRU.init_params, partial(gru_forward, reach=reach), partial(gru_backward, reach=reach))


MIN_GRU_LAYER, SIGNED_MIN_GRU_LAYER = _min_gru(1), _min_gru(2)
RG_LRU_LAYER = Layer(RG_LRU.init_params, rg_lru_forward, rg_lru_backward)
