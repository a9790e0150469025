"""The places of the regime map one by one: quartiles over cells, verdicts, and both norms against the steps back."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from companion.explorers.regimes.data import Places
from companion.pages.regimes.maps import log10, regime_map, runs, summary
from companion.shared.cells import Draw
from lstm.fast import columns
from lstm.rates import verdict

QUARTILES = 0.25, 0.5, 0.75


def places(draws: Sequence[Draw], biases: ArrayLike, scales: ArrayLike) -> Places:
    """`Places` of the `regimes.Draw` in `draws`, each `placed` at every bias (B,) and scale (K,).

    Raises TypeError or ValueError as `regimes.regime_map` does.
    """
    found = regime_map(draws, biases, scales)
    said, counted = summary(found), found.true.shape[-1]
    norms = [10 ** np.quantile(a, QUARTILES, axis=-1) for a in (found.true, found.direct)]
    quartiles = [*norms, said.true_rate, said.direct_rate, said.log10_ratio]
    counts = [np.rint(counted * a).astype(int) for a in (said.true, said.direct)]
    by_place = [a.reshape(3, -1).T for a in (*quartiles, *counts)]
    verdicts = [verdict(a[1]).ravel() for a in (said.true_rate, said.direct_rate)]
    back = [np.moveaxis(np.quantile(a, QUARTILES, axis=0), 1, 0) for a in _curves(draws, found.biases, found.scales)]
    return Places(found.biases, found.scales, *by_place, *verdicts, *back)


def one(draw: Draw) -> Places:
    """`Places` of a single cell as it is: P = 1, and all three quartiles are its own number.

    Raises TypeError or ValueError as `places` does.
    """
    return places([draw], [0.0], [1.0])


def _curves(draws: Sequence[Draw], biases: np.ndarray, scales: np.ndarray) -> list[np.ndarray]:
    """log10 of both norms for s = 1, ..., T: two arrays (S, P, T).

    Carried back from T, as the gradient of l = c^(T), one column for each unit: at s = 1 it is what
    `maps.regime_map` carries forward.
    """
    _, _, p, now = runs(draws, biases, scales)
    n = now.c.shape[-2]
    nothing = np.broadcast_to(0.0, (*now.c.shape[:-1], n))
    chain, _ = columns.totals(p, now, nothing, np.eye(n))  # transposed, which leaves the norm as it is
    later = log10(now.f[::-1]).cumsum(axis=0)[::-1]  # of f^(s) ... f^(T)
    direct = np.concatenate([later[1:], np.zeros_like(later[:1])]).max(axis=(-2, -1))
    return [np.moveaxis(a, 0, -1) for a in (log10(np.linalg.norm(chain, 2, axis=(-2, -1))), direct)]
