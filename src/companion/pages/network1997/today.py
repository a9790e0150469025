"""The same tasks with what is usual today: forget gates, a named initialisation, Adam, batches, all of the gradient."""

from functools import partial

import numpy as np

from companion.pages.network1997.conditions import Condition
from companion.pages.network1997.stopping import Data
from companion.shared import trials
from companion.shared.trials import BATCH, LEAST, RECENT, UNITS, Run
from lstm.training import models
from lstm.training.tasks import Batch

INITS = ("chrono", "forget bias", "uniform")
TOPS = (0.003, 0.01, 0.03)  # largest rate of Adam: one is chosen for each task and initialisation


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

    def until(errors: np.ndarray, now: models.Model) -> bool:
        return data.stop(errors, lambda batch: outputs(condition, now, batch))

    return trials.train(
        model,
        map(_float32, data.batches),
        loss=kind,
        budget=budget,
        batch=BATCH,
        rate=lambda errors: rate(errors, top),
        until=until,
        answers=partial(answers, kind),
    )


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
