"""Interventions: what may be done to a network's gates while it runs, and the random controls that belong to it.

Time first, as in lstm.fast.sequence: gates have shape (T, B, n), step t at index t-1. A change is a function
change(k, i, f, o) -> (i, f, o), handed to lstm.fast.batched.run.
"""

import numpy as np

from lstm import checks
from lstm.fast.batched import Change
from lstm.training.tasks import Batch


def rounded(k: int, i: np.ndarray, f: np.ndarray, o: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The change that makes every gate 0 or 1, whichever is nearer."""
    return np.round(i), np.round(f), np.round(o)


def rounded_in_part(ends: bool, most: float = 0.5) -> Change:
    """The change that rounds those gates alone that are within 0.1 of 0 or 1 (`ends` True), or all others (False).

    With `most` below 0.5 a gate moves towards its nearer end by no more than that. Raises TypeError or ValueError
    where `most` is no number from 0 to 0.5.
    """
    if not 0 <= checks.real("most", most, ()) <= 0.5:
        raise ValueError(f"most: expected a number from 0 to 0.5, got {most!r}")

    def toward(a: np.ndarray) -> np.ndarray:
        return np.clip(np.round(a), a - most, a + most)

    def change(k: int, *gates: np.ndarray) -> tuple[np.ndarray, ...]:
        return tuple(np.where((np.abs(a - 0.5) > 0.4) == ends, toward(a), a) for a in gates)

    return change


def with_f(mask: np.ndarray, values: np.ndarray | float) -> Change:
    """The change that sets f to `values` (T, B, n), or one number, where `mask` (T, B, n) is True."""
    values = np.broadcast_to(values, mask.shape)

    def change(k: int, i: np.ndarray, f: np.ndarray, o: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return i, np.where(mask[k], values[k], f), o

    return change


def inside(batch: Batch) -> np.ndarray:
    """The entries of f that can matter, (T, B, 1): steps 2 to the last of each sequence, for f^(1) meets c^(0) = 0."""
    step = np.arange(1, len(batch.x) + 1)[:, None]
    return ((step >= 2) & (step <= batch.lengths))[..., None]


def random_places(mask: np.ndarray, allowed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As many places as `mask` has in each sequence, drawn without replacement from `allowed`; all (T, B, n).

    Raises ValueError where a sequence has fewer allowed places than it needs.
    """
    checks.generator(rng)
    T, B, n = mask.shape
    count = mask.sum(axis=(0, 2))
    free = np.broadcast_to(allowed, mask.shape).swapaxes(0, 1).reshape(B, -1)
    if (free.sum(axis=1) < count).any():
        raise ValueError("allowed: fewer places than mask has in a sequence")
    keys = np.where(free, rng.random((B, T * n)), 2.0)  # the forbidden ones come last
    rank = keys.argsort(axis=1).argsort(axis=1)
    return (rank < count[:, None]).reshape(B, T, n).swapaxes(0, 1)


def lowered(f: np.ndarray, mask: np.ndarray, places: np.ndarray) -> np.ndarray:
    """f (T, B, n) with as much taken away at `places` as clearing takes away at `mask`: the same doses elsewhere.

    Both masks have the same number of entries in each sequence; no gate falls below 0.
    Raises ValueError where the two masks do not agree so.
    """
    if not np.array_equal(mask.sum(axis=(0, 2)), places.sum(axis=(0, 2))):
        raise ValueError("places: expected as many as mask has in each sequence")
    dose = np.zeros(f.swapaxes(0, 1).shape)
    dose[places.swapaxes(0, 1)] = f.swapaxes(0, 1)[mask.swapaxes(0, 1)]
    return np.maximum(f - dose.swapaxes(0, 1), 0)
