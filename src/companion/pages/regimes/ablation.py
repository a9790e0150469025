"""Which path the product of f misses: the chain with recurrent matrices left out of it, but not out of the run."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from companion.pages.regimes.maps import log10, runs
from companion.shared.cells import Draw
from lstm.fast import columns

GATES = "ifog"


class Sizes(NamedTuple):
    """Medians at each of B biases, over steps and cells: of f and D, over units too, and of two spectral norms.

    forget, candidate: of diag(c^(t-1) f (1-f)) W_2f D^(t-1) and of diag(i (1-g^2)) W_2g D^(t-1), all gates at step t:
    what one step adds to f, from c^(t-1) through h^(t-1) and one gate. All of shape (B,).
    """

    f: np.ndarray
    D: np.ndarray
    forget: np.ndarray
    candidate: np.ndarray


def ablated(draws: Sequence[Draw], biases: Sequence[float], without: Iterable[str]) -> np.ndarray:
    """log10 of the norm of dc^(T)/dc^(1) over the product of f, (B, S), the matrices W_2* of `without` left out.

    Left out of the chain, not of the run: the gates have the values that all of W_2* give them. S draws, B biases
    added to b_f, without some of "ifog". Raises ValueError for another gate, TypeError or ValueError as `maps.runs`.
    """
    without = tuple(without)
    if not set(without) <= set(GATES):
        raise ValueError(f'without: expected some of "{GATES}", got {without!r}')
    _, _, p, now = runs(draws, biases, [1.0])
    p = p._replace(**{f"W_2{gate}": np.zeros_like(p.W_2f) for gate in without})
    chain = columns.chain(p, now, 1, len(now.c))
    return (log10(np.linalg.norm(chain, 2, axis=(-2, -1))) - log10(now.f[1:]).sum(axis=0).max(axis=(-2, -1))).T


def sizes(draws: Sequence[Draw], biases: Sequence[float]) -> Sizes:
    """`Sizes` of S draws at B biases added to b_f. Raises TypeError or ValueError as `maps.runs`."""
    _, _, p, now = runs(draws, biases, [1.0])
    slopes, D = columns.slopes(now), columns.output_slopes(now)
    edges = [by[1:] * W * D[:-1].mT for by, W in [(slopes.f, p.W_2f), (slopes.g, p.W_2g)]]
    norms = [np.median(np.linalg.norm(edge, 2, axis=(-2, -1)), axis=(0, 1)) for edge in edges]
    return Sizes(*(np.median(a, axis=(0, 1, 3, 4)) for a in (now.f[1:], D[:-1])), *norms)
