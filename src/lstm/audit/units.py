"""What an audit measures of single units, of the reach of the gradient, and of what clipping would see.

T steps, B sequences, n units, time first. What stands beyond the end of a sequence is frozen (lstm.audit.padding).
"""

from typing import NamedTuple

import numpy as np

from lstm import equations
from lstm.audit.measures import length
from lstm.equations import Step
from lstm.gradient import Totals

LARGE = 3.0  # beyond it 1 - tanh^2 c is below 1/100
FELT = 0.01  # of the largest gradient of a sequence: what is below it, a step hardly gets


class UnitEnds(NamedTuple):
    """Fractions of the values of a gate near 0 and near 1, over steps and sequences, of each unit: (n,)."""

    low: np.ndarray
    high: np.ndarray


class Units(NamedTuple):
    """One number for each unit, (n,); of the gates two.

    i, f, o  `UnitEnds` with the `near` of the audit
    written  the largest size, at any step, of what i (.) g has left in c^(t): c^(t) less what is left of c^(0)
    large    the fraction of |c^(t)| above 3, where tanh is flat
    slope    the largest D^(t) = o^(t) (1 - tanh^2 c^(t)), the derivative of h^(t) by c^(t)
    past     the share in the squared gradient dl/dc^(start), the mean over the sequences; they sum to 1
    values   a whole number: over how many pairs (step, sequence) these were taken
    """

    i: UnitEnds
    f: UnitEnds
    o: UnitEnds
    written: np.ndarray
    large: np.ndarray
    slope: np.ndarray
    past: np.ndarray
    values: int


class Clipping(NamedTuple):
    """Lengths of the gradient of the loss by all twelve arrays: of each sequence, (B,), and of their sum, a float."""

    norms: np.ndarray
    whole: float


def units(runs: Step, now: np.ndarray, gradient: np.ndarray, near: float) -> Units:
    """`Units` of the runs, (T, B, n), where `now`, (T, B), is True, and of dl/dc^(start), (B, n), nowhere all zero."""
    i, f, o, c = (a[now] for a in (runs.i, runs.f, runs.o, runs.c))
    of_i, of_f, of_o = (UnitEnds((gate < near).mean(axis=0), (gate > 1 - near).mean(axis=0)) for gate in (i, f, o))
    share = (gradient / length(gradient)[:, None]) ** 2
    return Units(
        of_i,
        of_f,
        of_o,
        written=written(runs),
        large=(np.abs(c) > LARGE).mean(axis=0),
        slope=equations.output_slope(o, c).max(axis=0),
        past=share.mean(axis=0),
        values=len(c),
    )


def written(runs: Step) -> np.ndarray:
    """The largest |f^(t) (.) ... + i^(t) (.) g^(t)|, (13) from c^(0) = 0 with the gates of `runs`, (T, B, n): (n,)."""
    left = np.zeros_like(runs.c[0])
    most = left
    for i, f, g in zip(runs.i, runs.f, runs.g, strict=True):
        left = f * left + i * g
        most = np.maximum(most, np.abs(left))
    return most.max(axis=0)


def reach(dl_dc: np.ndarray, start: int) -> np.ndarray:
    """How many steps back a sequence feels its loss, (B,): from the last c^(t) that has a gradient to the first, from
    c^(start) on, whose gradient is at least `FELT` of the largest. dl_dc has shape (T, B, n).
    """
    size = length(dl_dc[start - 1 :])
    first = (size >= FELT * size.max(axis=0)).argmax(axis=0)
    last = len(size) - 1 - (size[::-1] > 0).argmax(axis=0)
    return last - first


def clipping(x: np.ndarray, runs: Step, total: Totals, h_0: np.ndarray | None, c_0: np.ndarray | None) -> Clipping:
    """`Clipping` from x (T, B, m), the runs and their total derivatives, (T, B, n), and the initial states, (B, n)."""
    h, c = (_before(a, first) for a, first in ((runs.h, h_0), (runs.c, c_0)))
    deltas = np.concatenate(equations.deltas(runs, c, *total), axis=2)
    reads = np.concatenate([x, h, np.ones((*x.shape[:2], 1))], axis=2)
    norms, whole = np.empty(x.shape[1]), np.zeros((deltas.shape[2], reads.shape[2]))
    for b in range(len(norms)):  # one sequence at a time: all of them would need B times the room of the weights
        one = deltas[:, b].T @ reads[:, b]
        norms[b] = length(one.ravel())
        whole += one
    return Clipping(norms, float(length(whole.ravel())))


def _before(a: np.ndarray, first: np.ndarray | None) -> np.ndarray:
    """The state before each step: (T, B, n)."""
    return np.concatenate([np.zeros_like(a[:1]) if first is None else np.asarray(first, float)[None], a[:-1]])
