"""The same tasks with what is usual today: forget gates, a named initialisation, Adam, batches, all of the gradient."""

from itertools import count
from typing import NamedTuple

import numpy as np

from companion.pages.network1997.conditions import Condition
from companion.pages.network1997.stopping import Data
from lstm import training
from lstm.training import models
from lstm.training.tasks import Batch

INITS = ("chrono", "forget bias", "uniform")
UNITS, BATCH, MOST, LEAST = 8, 16, 0.1, 0.001  # as in the chapter on adding
TOPS = (0.003, 0.01, 0.03)  # largest rate of Adam: one is chosen for each task and initialisation
RECENT = 400  # sequences over which the rate looks back


class Run(NamedTuple):
    """The network after its last update; was the rule met; the largest absolute error of each sequence, (S,)."""

    model: models.Model
    solved: bool
    errors: np.ndarray


def loss_of(condition: Condition) -> str:
    """ "squared" for one output, "cross entropy" for classes."""
    return "squared" if condition.sizes[1] == 1 else "cross entropy"


def draw(condition: Condition, init: str, rng: np.random.Generator) -> models.Model:
    """The `Model` (float32, 8 units) from which a run starts; chrono has twice the least lag for its span."""
    span = 2 * condition.lag if init == "chrono" else None
    m, k = condition.sizes
    return models.draw_lstm(m, UNITS, k, rng=rng, init=init, span=span)


def rate(errors: np.ndarray, top: float) -> float:
    """Step size: `top` times the root mean square of the last 400 errors over that of the first 400, at least 0.001.

    It never exceeds `top`.
    """
    if len(errors) <= RECENT:
        return top
    now, first = (np.sqrt((some**2).mean()) for some in (errors[-RECENT:], errors[:RECENT]))
    return float(min(top, max(LEAST, top * now / first)))


def solve(condition: Condition, model: models.Model, data: Data, *, budget: int, top: float) -> Run:
    """Train `model` on the batches of `data` until the rule of 1997 is met, or for `budget` sequences: a `Run`."""
    kind = loss_of(condition)
    updates = -(-budget // BATCH)
    errors, row, met = np.empty((updates, BATCH)), count(), [False]

    def loss(y: np.ndarray, target: np.ndarray, read: np.ndarray) -> tuple[float, np.ndarray]:
        errors[next(row)] = (np.abs(answers(kind, y) - target).max(axis=2) * read).max(axis=0)
        return models.LOSSES[kind](y, target, read)

    def stop(losses: list[float], now: models.Model) -> bool:
        met[0] = data.stop(errors[: len(losses)].ravel(), lambda batch: outputs(condition, now, batch))
        return met[0]

    run = training.train(
        model,
        map(_float32, data.batches),
        loss=loss,
        rate=lambda losses: rate(errors[: len(losses)].ravel(), top),
        updates=updates,
        most=MOST,
        until=stop,
    )
    return Run(run.model, met[0], errors[: len(run.losses)].ravel().copy())


def outputs(condition: Condition, model: models.Model, batch: Batch) -> np.ndarray:
    """The network's answers, (T, B, k), for a `Batch`."""
    return answers(loss_of(condition), models.outputs(model, batch.x.astype(model.W.dtype)))


def answers(loss: str, y: np.ndarray) -> np.ndarray:
    """Outputs as they are judged: y itself, or the probabilities where the loss is the cross entropy."""
    if loss == "squared":
        return y
    p = np.exp(y - y.max(axis=2, keepdims=True))
    return p / p.sum(axis=2, keepdims=True)


def _float32(batch: Batch) -> Batch:
    x, y, read = (a.astype(np.float32) for a in batch[:3])
    return Batch(x, y, read, batch.lengths)
