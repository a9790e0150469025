"""Sequences of unequal length in one array: what stands beyond the end of a sequence is frozen, so that nothing counts.

Beyond its own last step a sequence gets f = 1, i = o = g = 0: c stays what it was, h is 0, every slope is 0. So the
true chain to the common T is the one to the sequence's own end, and no gradient arrives from beyond.
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.equations import Step
from lstm.gradient import Terms
from lstm.weights import taken


def ends(lengths: ArrayLike | None, T: int, B: int, start: int) -> np.ndarray:
    """The number of steps of each sequence, (B,) whole numbers above `start` and at most T; T where none is given.

    Raises TypeError or ValueError.
    """
    if lengths is None:
        return np.full(B, T)
    found = checks.real("lengths", taken.plain(lengths)[0], (B,))
    low, high = found.min(), found.max()
    if (found != np.floor(found)).any() or low <= start or high > T:
        raise ValueError(
            f"lengths: expected {B} whole numbers from start + 1 = {start + 1} to T = {T}, got {low:g} to {high:g}: "
            "leave shorter sequences out"
        )
    return found.astype(int)


def within(ends: np.ndarray, T: int) -> np.ndarray:
    """Which steps belong to which sequence: (T, B) of bool."""
    return np.arange(T)[:, None] < ends


def frozen(runs: Step, ends: np.ndarray) -> Step:
    """The runs, (T, B, n), frozen beyond the end of each sequence."""
    now = within(ends, len(runs.c))[..., None]
    i, f, o, g, c, h = (np.where(now, a, 0.0) for a in runs)
    last = runs.c[ends - 1, np.arange(len(ends))]
    return Step(i, f + ~now, o, g, np.where(now, c, last), h)


def reads_within(reads: ArrayLike | None, h: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """reads as float64 of the shape of h, 0 beyond the end of each sequence; where None, ones at its last step.

    Raises TypeError or ValueError.
    """
    if reads is None:
        found = np.zeros_like(h)
        found[ends - 1, np.arange(len(ends))] = 1
        return found
    found = checks.real("reads", reads, h.shape).astype(np.float64)
    return np.where(within(ends, len(h))[..., None], found, 0.0)


def terms_within(terms: Terms, ends: np.ndarray, start: int) -> Terms:
    """The terms of dl/dc^(s) for start <= s < the end of each sequence; 0 elsewhere. Each (T - start, B, n)."""
    now = within(ends - 1, len(terms.direct))[..., None]
    return Terms(*(np.where(now, term, 0.0)[start - 1 :] for term in terms))
