"""Training as in 1997: until a rule about the errors of the most recent sequences is met, or a budget is used up.

The rule is that of Hochreiter and Schmidhuber (1997); the training is ours: Adam, batches, gradients cut to a norm.
"""

from collections.abc import Callable, Iterable
from itertools import count
from typing import NamedTuple

import numpy as np

from lstm import training
from lstm.training import models
from lstm.training.tasks import Batch

IN_A_ROW = 2000  # most recent training sequences that the rules of 1997 speak of
TESTED = 2560  # sequences of a test set
UNITS, BATCH, LEAST, MOST = 8, 16, 0.001, 0.1  # ours: units, batch, smallest rate, largest norm of a gradient
RECENT = 400  # sequences over which the rate looks back

Errors = np.ndarray  # of each training sequence so far, (S,), before the update that it brought


class Run(NamedTuple):
    """What `train` returns: the network after its last update; was the rule met; the error of each sequence, (S,)."""

    model: models.Model
    solved: bool
    errors: Errors


def in_a_row(errors: Errors, *, correct: float, mean: float) -> bool:
    """True if the last `IN_A_ROW` of the absolute errors, in the order of training, are `correct`, with such a mean.

    The paper does not say over which sequences "the average training error" goes, nor whether it is absolute or
    squared: here it is the mean absolute error of the same sequences, the stricter reading.
    """
    last = errors[-IN_A_ROW:]
    return bool(len(last) == IN_A_ROW and last.max() < correct and last.mean() < mean)


def largest_error(y: np.ndarray, target: np.ndarray, read: np.ndarray) -> np.ndarray:
    """The largest absolute error of each sequence where it is read, (B,); y, target (T, B, k), `read` (T, B) 0 or 1."""
    return (np.abs(y - target).max(axis=2) * read).max(axis=0)


def train(
    model: models.Model,
    batches: Iterable[Batch],
    *,
    loss: str,
    budget: int,
    batch: int,
    rate: Callable[[Errors], float],
    until: Callable[[Errors, models.Model], bool],
    answers: Callable[[np.ndarray], np.ndarray] = lambda y: y,
) -> Run:
    """Train `model` on `batches`, of `batch` sequences each, until `until`(errors, model) or for `budget` sequences.

    Whole batches, the rule asked after each. `rate`(errors) is the step size of Adam. An error is that of
    `answers`(outputs). `model` stays as it is; raises as `training.train`.
    """
    updates = -(-budget // batch)
    errors, row, met = np.empty((updates, batch)), count(), [False]

    def noting(y: np.ndarray, target: np.ndarray, read: np.ndarray) -> tuple[float, np.ndarray]:
        errors[next(row)] = largest_error(answers(y), target, read)
        return models.LOSSES[loss](y, target, read)

    def seen(losses: list[float]) -> Errors:
        return errors[: len(losses)].ravel()

    def stop(losses: list[float], now: models.Model) -> bool:
        met[0] = bool(until(seen(losses), now))
        return met[0]

    run = training.train(
        model, batches, loss=noting, rate=lambda losses: rate(seen(losses)), updates=updates, most=MOST, until=stop
    )
    return Run(run.model, met[0], errors[: len(run.losses)].ravel().copy())
