"""When the gradient vanishes or explodes, and what the product of f says of it: cells by the thousand, and four built.

Size is the spectral norm: the most by which a move of c^(1) can grow on its way to c^(T), h^(1) moving with it.

    true    the norm of dc^(T)/dc^(1), the chain of Eq. (15)
    direct  the norm of the product of f, which is its largest entry
    rate    norm^(1/(T-1)), the mean factor a step

A rate below VANISH "vanishes", above EXPLODE it "explodes", else it "holds". At 0.9 a gradient halves in 6.6 steps and
loses a factor of ten in 22; at 1.1 it doubles in 7.3 and gains a factor of ten in 24. With T = 30 the limits are norms
of 0.047 and 15.9: a factor met once is not yet a rate. As f < 1, the product of f never explodes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.shared.cells import Draw
from lstm import checks
from lstm.cell import Params, check_params
from lstm.equations import Step
from lstm.fast import columns
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


def regime_map(draws: Sequence[Draw], biases: ArrayLike, scales: ArrayLike) -> Map:
    """The `Map` of every draw, `placed` at every bias (B,) and scale (K,). All draws have the same m, n and T >= 2.

    All cells run side by side and carry dc^(t)/dc^(1) and dh^(t)/dc^(1) forward.
    Raises TypeError or ValueError, also where the chain leaves the range of float64.
    """
    biases, scales, p, now = runs(draws, biases, scales)
    dc = columns.chain(p, now, 1, len(now.c))
    if not np.isfinite(dc).all():
        raise ValueError(f"draws: dc^(T)/dc^(1) leaves the range of float64, use fewer than T = {len(now.c)} steps")
    true = log10(np.linalg.norm(dc, 2, axis=(-2, -1)))
    direct = log10(now.f[1:]).sum(axis=0).max(axis=(-2, -1))
    true, direct = (a.T.reshape(len(biases), len(scales), -1) for a in (true, direct))
    return Map(biases, scales, true, direct, len(now.c) - 1)


def runs(draws: Sequence[Draw], biases: ArrayLike, scales: ArrayLike) -> tuple[np.ndarray, np.ndarray, Params, Step]:
    """(biases, scales, p, now): S draws, each at P = B K places, run side by side as lstm.fast.columns has it.

    The parameters p have shapes (S, P, ...) or (S, 1, ...), the states in `now` (T, S, P, n, 1).
    Raises TypeError or ValueError that names the argument.
    """
    biases, scales = checks.array("biases", biases, (None,)), checks.array("scales", scales, (None,))
    checks.whole("draws: cells", len(draws), 1)
    x = np.array([_fitting(draw, draws[0]).x for draw in draws])
    p = Params(*(np.array(each)[:, None] for each in zip(*(draw.params for draw in draws), strict=True)))
    bias, scale = (a.reshape(-1, 1) for a in np.meshgrid(biases, scales, indexing="ij"))
    recurrent = {f"W_2{k}": scale[..., None] * getattr(p, f"W_2{k}") for k in "ifog"}
    p = columns.with_column_biases(p._replace(b_f=p.b_f + bias, **recurrent))
    return biases, scales, p, columns.run(p, x.swapaxes(0, 1)[:, :, None, :, None])


def log10(norms: np.ndarray) -> np.ndarray:
    """log10 of `norms`, where one below `SMALLEST` counts as that."""
    return np.log10(np.maximum(norms, SMALLEST))


def summary(regimes: Map, *, vanish: float = VANISH, explode: float = EXPLODE) -> Summary:
    """What the S cells of a `Map` say together: a `Summary`. Raises TypeError or ValueError that names the argument."""
    checks.tuple_of("regimes", regimes, Map)
    rates = [rate(a, regimes.steps) for a in (regimes.true, regimes.direct)]
    verdicts = [verdict(r, vanish=vanish, explode=explode) for r in rates]
    fractions = [np.array([(v == k).mean(axis=-1) for k in range(3)]) for v in verdicts]
    quartiles = (np.quantile(a, [0.25, 0.5, 0.75], axis=-1) for a in (*rates, regimes.true - regimes.direct))
    return Summary._make([*fractions, (verdicts[0] != verdicts[1]).mean(axis=-1), *quartiles])


def _fitting(draw: Draw, first: Draw) -> Draw:
    """Return `draw` if its arrays fit each other and those of the first draw, else raise."""
    (_, m, n), (_, *sizes) = (check_params(checks.tuple_of("draws", d, Draw).params) for d in (first, draw))
    if sizes != [m, n]:
        raise ValueError(f"draws: expected m = {m} and n = {n} as in the first, got {sizes[0]} and {sizes[1]}")
    checks.array("draws: x", draw.x, (checks.whole("draws: T", len(first.x), 2), m))
    return draw
