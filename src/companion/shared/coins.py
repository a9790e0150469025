"""Three tasks with coins, for the pages that derive the cell: keep one, tell it when asked, count since the bell.

At every step a coin is tossed, 1 for heads and -1 for tails. It is the first input; what the others mark differs by
task. Each task is a generator that yields `Batch`es for ever, time first: step t stands in row t-1.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import DTypeLike

from lstm import checks, training
from lstm.training import models, tasks
from lstm.training.tasks import Batch

COUNT = 5.0  # the target of `count` is the count over this number
BELL = 0.1  # how often the bell of `count` rings, a step


def keep(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Iterator[Batch]:
    """Yield `Batch`es of T >= 2 steps: the coin of step 1, marked by a second input, is to be told at step T. m = 2.

    Raises TypeError or ValueError that names the argument, at the call; so do the others.
    """
    return tasks.forever(_keep, checks.whole("T", T, 2), *tasks.check_draw(batch, rng, dtype))


def recall(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Iterator[Batch]:
    """As `keep`, but asked at one step, uniform on T/2 + 1 to T, T >= 4; at all other steps the target is 0. m = 3.

    The third input is 1 at the step of the question. In the loss this step weighs as much as all others together.
    """
    return tasks.forever(_recall, checks.whole("T", T, 4), *tasks.check_draw(batch, rng, dtype))


def count(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Iterator[Batch]:
    """Yield `Batch`es of T steps whose target is, at each step, the sum of the coins since the bell, over COUNT. m = 2.

    The second input is the bell, 1 with probability BELL at each step but the first. Where it rings the count is 0.
    """
    return tasks.forever(_count, checks.whole("T", T, 2), *tasks.check_draw(batch, rng, dtype))


def told(model: models.Model, batch: Batch) -> float:
    """The share of the sequences of `keep` whose coin the `model` tells: its output has the sign of the target."""
    return float(np.mean((models.outputs(model, batch.x) * batch.y)[-1] > 0))


def solved(run: training.Run, batch: Batch, share: float = 0.95) -> bool:
    """Whether a trained network tells more than `share` of the coins of a `batch` of `keep`, one it has not seen."""
    return told(run.model, batch) > share


def _keep(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    x = np.zeros((T, B, 2))
    x[..., 0] = rng.choice([-1.0, 1.0], size=(T, B))
    x[0, :, 1] = 1
    return tasks.read_at_end(x, x[0, :, :1].copy(), np.full(B, T), dtype)


def _recall(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    x, y, read, each = np.zeros((T, B, 3)), np.zeros((T, B, 1)), np.ones((T, B)), np.arange(B)
    x[..., 0] = rng.choice([-1.0, 1.0], size=(T, B))
    x[0, :, 1] = 1
    asked = rng.integers(T // 2, T, size=B)
    x[asked, each, 2] = 1
    y[asked, each, 0] = x[0, :, 0]
    read[asked, each] = T - 1
    return Batch(x.astype(dtype), y.astype(dtype), read.astype(dtype), np.full(B, T))


def _count(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    x, y = np.zeros((T, B, 2)), np.zeros((T, B, 1))
    x[..., 0] = rng.choice([-1.0, 1.0], size=(T, B))
    x[1:, :, 1] = rng.random((T - 1, B)) < BELL
    total = np.zeros(B)
    for t in range(T):
        total = np.where(x[t, :, 1] == 1, 0, total + x[t, :, 0])
        y[t, :, 0] = total / COUNT
    return Batch(x.astype(dtype), y.astype(dtype), np.ones((T, B), dtype), np.full(B, T))
