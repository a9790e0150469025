"""When the gradient vanishes or explodes, and what the product of f says of it: cells by the thousand, and four built.

Size is the spectral norm: the most by which a move of c^(1) can grow on its way to c^(T), h^(1) moving with it.

    true    the norm of dc^(T)/dc^(1), the chain of Eq. (15)
    direct  the norm of the product of f, which is its largest entry
    rate    norm^(1/(T-1)), the mean factor a step

A rate below VANISH "vanishes", above EXPLODE it "explodes", else it "holds". At 0.9 a gradient halves in 6.6 steps and
loses a factor of ten in 22; at 1.1 it doubles in 7.3 and gains a factor of ten in 24. With T = 30 the limits are norms
of 0.047 and 15.9: a factor met once is not yet a rate. As f < 1, the product of f never explodes.
"""

from typing import NamedTuple

import numpy as np

from companion.shared.cells import Draw
from lstm import checks
from lstm.cell import Params, check_params, sigmoid
from lstm.rates import EXPLODE, SMALLEST, VANISH, rate, verdict


class Map(NamedTuple):
    """log10 of the norms, `true` and `direct`, each (B, K, S): B biases, K scales, S cells. steps is T - 1."""

    biases: np.ndarray
    scales: np.ndarray
    true: np.ndarray
    direct: np.ndarray
    steps: int


class Summary(NamedTuple):
    """Over S cells: `true`, `direct` (3, B, K), the fraction that vanishes, holds, explodes; `misjudged` (B, K), where
    the two verdicts differ; quartiles (3, B, K) of the two rates and of log10 (true/direct).
    """

    true: np.ndarray
    direct: np.ndarray
    misjudged: np.ndarray
    true_rate: np.ndarray
    direct_rate: np.ndarray
    log10_ratio: np.ndarray


def regime_map(draws, biases, scales):
    """The `Map` of every draw, `placed` at every bias (B,) and scale (K,). All draws have the same m, n and T >= 2.

    Fast code: all cells run side by side and carry dc^(t)/dc^(1) and dh^(t)/dc^(1) forward.
    Raises TypeError or ValueError, also where the chain leaves the range of float64.
    """
    biases, scales = checks.array("biases", biases, (None,)), checks.array("scales", scales, (None,))
    S = checks.whole("draws: cells", len(draws), 1)
    x = np.array([_fitting(draw, draws[0]).x for draw in draws])[..., None]
    p = {name: np.array([getattr(draw.params, name) for draw in draws]) for name in Params._fields}
    bias, scale = (a.ravel() for a in np.meshgrid(biases, scales, indexing="ij"))
    n, P, T = draws[0].params.b_i.size, len(bias), x.shape[1]
    c = h = log10_f = np.zeros((S, n, P))
    dc = np.broadcast_to(np.eye(n)[:, None], (S, n, P, n))  # rows c^(t), columns c^(1)
    with np.errstate(over="ignore", invalid="ignore"):  # a cosh that overflows makes D zero; dc is checked below
        for t in range(T):
            z = [p[f"W_1{k}"] @ x[:, t] + p[f"b_{k}"][..., None] + scale * (p[f"W_2{k}"] @ h) for k in "ifog"]
            i, f, o, g = sigmoid(z[0]), sigmoid(z[1] + bias), sigmoid(z[2]), np.tanh(z[3])
            c_before, c = c, f * c + i * g
            h, D = o * np.tanh(c), o / np.cosh(c) ** 2
            if t == 0:  # the span begins at c^(1)
                dh = D[..., None] * dc
                continue
            log10_f = log10_f + np.log10(np.maximum(f, SMALLEST))
            slopes = [g * i * (1 - i), c_before * f * (1 - f), np.tanh(c) * o * (1 - o), i * (1 - g**2)]
            moved = [(p[f"W_2{k}"] @ dh.reshape(S, n, -1)).reshape(dc.shape) for k in "ifog"]
            by_i, by_f, by_o, by_g = ((scale * a)[..., None] * dz for a, dz in zip(slopes, moved, strict=True))
            dc = f[..., None] * dc + by_f + by_i + by_g
            dh = D[..., None] * dc + by_o
    if not np.isfinite(dc).all():
        raise ValueError(f"draws: dc^(T)/dc^(1) leaves the range of float64, use fewer than T = {T} steps")
    true = np.log10(np.maximum(np.linalg.norm(dc, 2, axis=(1, 3)), SMALLEST))
    norms = (a.T.reshape(len(biases), len(scales), S) for a in (true, log10_f.max(axis=1)))
    return Map(biases, scales, *norms, T - 1)


def summary(regimes, *, vanish=VANISH, explode=EXPLODE):
    """What the S cells of a `Map` say together: a `Summary`."""
    checks.tuple_of("regimes", regimes, Map)
    rates = [rate(a, regimes.steps) for a in (regimes.true, regimes.direct)]
    verdicts = [verdict(r, vanish=vanish, explode=explode) for r in rates]
    fractions = [np.array([(v == k).mean(axis=-1) for k in range(3)]) for v in verdicts]
    quartiles = (np.quantile(a, [0.25, 0.5, 0.75], axis=-1) for a in (*rates, regimes.true - regimes.direct))
    return Summary(*fractions, (verdicts[0] != verdicts[1]).mean(axis=-1), *quartiles)


def _fitting(draw, first):
    """Return `draw` if its arrays fit each other and those of the first draw, else raise."""
    (_, m, n), (_, *sizes) = (check_params(checks.tuple_of("draws", d, Draw).params) for d in (first, draw))
    if sizes != [m, n]:
        raise ValueError(f"draws: expected m = {m} and n = {n} as in the first, got {sizes[0]} and {sizes[1]}")
    checks.array("draws: x", draw.x, (checks.whole("draws: T", len(first.x), 2), m))
    return draw
