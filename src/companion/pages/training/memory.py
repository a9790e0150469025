"""What one unit of a network trained on the adding problem has learned: which unit, what it stores, what depends on it.

T steps, B sequences, n units, time first. Networks are `Model`s of an LSTM in float64.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.fast import batched, sequence
from lstm.training import models, tasks


class Held(NamedTuple):
    """What `held` returns of one unit.

    unit            its number, counted from 1
    forget          geometric mean of its forget gate, over steps and sequences
    marked, others  mean of its input gate at marked steps, and at the others
    written, leaked  root mean square of the change of its cell state at marked steps, and at the others
    correlation     of the change of its cell state at a marked step with the number there
    own, donor      mean squared error of the answers after `exchanged`: against the sequence's own sum, and against
                    the sum with the first number of the donor
    """

    unit: int
    forget: float
    marked: float
    others: float
    written: float
    leaked: float
    correlation: float
    own: float
    donor: float


def most_open(f: ArrayLike) -> int:
    """Index of the unit with the largest geometric mean of its forget gate; f of shape (T, B, n), in (0, 1]."""
    return int(np.log(checks.array("f", f, (None, None, None))).mean(axis=(0, 1)).argmax())


def changes(c: ArrayLike) -> np.ndarray:
    """c^(t) - c^(t-1) at each step, for c of shape (T, ...) and c^(0) = 0."""
    c = np.asarray(c)
    return np.diff(c, axis=0, prepend=np.zeros_like(c[:1]))


def numbers(x: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The numbers at the first and at the second mark of each sequence: x (T, B, 2) with two marks, one in each half.

    Raises ValueError where a half has no mark or two.
    """
    x = checks.array("x", x, (None, None, 2))
    half = len(x) // 2
    if not all((np.sum(part[..., 1] == 1, axis=0) == 1).all() for part in (x[:half], x[half:])):
        raise ValueError("x: expected one mark in each half of each sequence")
    first, second = (np.sum(part[..., 0] * (part[..., 1] == 1), axis=0) for part in (x[:half], x[half:]))
    return first, second


def exchanged(model: models.Model, x: ArrayLike, units: Sequence[int], *, hidden: bool = False) -> np.ndarray:
    """Answers y^(T), (B,), where after step T/2 each sequence gets the cell state of another one, in `units` alone.

    The donor of a sequence is the one before it, that of the first the last. units: indices of units. `hidden`: the
    whole hidden state h^(T/2) comes from the donor too. The second half of x is then read as always.
    """
    x, half = checks.array("x", x, (None, None, None)), len(x) // 2
    h, (_, c), _ = sequence.forward(model.layer, x[:half])
    h, mixed, chosen = h[-1], c.copy(), list(units)
    mixed[:, chosen] = np.roll(c, 1, axis=0)[:, chosen]
    h_end, _, _ = sequence.forward(model.layer, x[half:], np.roll(h, 1, axis=0) if hidden else h, mixed)
    return h_end[-1] @ model.W[0] + model.b[0]


def held(model: models.Model, batch: tasks.Batch, unit: int | None = None) -> Held:
    """`Held` of a unit of `model` on a `Batch` of the adding problem, marks in both halves.

    unit: its index, by default that of the most open unit.
    """
    run, marked = batched.run(model.layer, batch.x), batch.x[..., 1] == 1
    unit = most_open(run.f) if unit is None else unit
    i, change = run.i[..., unit], changes(run.c[..., unit])
    first, second = numbers(batch.x)
    answers = exchanged(model, batch.x, [unit])
    return Held(
        unit + 1,
        float(np.exp(np.log(run.f[..., unit]).mean())),
        float(i[marked].mean()),
        float(i[~marked].mean()),
        float(np.sqrt(np.mean(change[marked] ** 2))),
        float(np.sqrt(np.mean(change[~marked] ** 2))),
        float(np.corrcoef(change[marked], batch.x[..., 0][marked])[0, 1]),
        float(np.mean((answers - first - second) ** 2)),
        float(np.mean((answers - np.roll(first, 1) - second) ** 2)),
    )
