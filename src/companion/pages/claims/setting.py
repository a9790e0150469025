"""The tasks on which the chapter's claims are audited: data, loss, and when a network counts as one that does its task.

Each is a `Task`. What it draws are `Batch`es as in lstm.training.tasks; the protocol is in the chapter on the claims.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.shared import series
from companion.shared.series import WINDOW
from lstm import checks
from lstm.training import models, reber, tasks
from lstm.training.tasks import Batch

STAGES = ("initialised", "solved", "long after")
RATES, SEEDS = (0.02, 0.005), range(10, 20)
UNITS, BATCH, MOST, UPDATES = 16, 32, 0.1, 3000
JUDGED, ASKED, DATA_SEED = 128, 16, 2000  # fresh sequences for the task, and of one length; the seed that draws them
TRAINED_TO, WARM_UP = 1919, 11  # sunspots: last year of the training part, first step that the loss reads


Draw = Callable[[int, np.random.Generator], Iterator[Batch]]


class Task(NamedTuple):
    """A task, and how it is judged.

    label        words for figures and tables
    sizes        (m, k): inputs and outputs
    loss         "squared" or "cross entropy"
    forget_bias  added to b_f at the start
    level        the run counts as solved once the mean of its last 50 losses is below this
    draw         draw(B, rng): `Batch`es of B sequences for ever, for training
    fresh        the same for judging: other sequences from the same law; for sunspots, the windows of later years,
                 in random order, none of them twice
    done         done(batch, y): (measure, whether the network with outputs y does its task)
    growth       with its gates changed it still does it if its measure is no more than this times that as trained, too
    steps        length of the sequences over which chains are compared, the commonest or near it
    starts       starts(batch): the step of each sequence, (B,), from which chains are asked; what comes before it is
                 the same in all sequences, or noise
    """

    label: str
    sizes: tuple[int, int]
    loss: str
    forget_bias: float
    level: float
    draw: Draw
    fresh: Draw
    done: Callable[[Batch, np.ndarray], tuple[float, bool]]
    growth: float
    steps: int
    starts: Callable[[Batch], np.ndarray]


def all_tasks(years: ArrayLike, sunspots: ArrayLike) -> dict[str, Task]:
    """{name: `Task`}: adding, Reber, temporal order, the same with forget bias 0, that with 20 steps, sunspots.

    years and sunspots, each (N,): the yearly series. Mean and standard deviation are those of the training part.
    Raises TypeError or ValueError that names the argument.
    """
    years = checks.array("years", years, (None,))
    sunspots = checks.array("sunspots", sunspots, years.shape)
    past = years <= TRAINED_TO
    if past.sum() <= WINDOW + 1 or (~past).sum() <= WINDOW + 1:
        raise ValueError(f"years: expected more than {WINDOW + 1} up to {TRAINED_TO} and as many after it")
    z = (sunspots - sunspots[past].mean()) / sunspots[past].std()

    def adding(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return tasks.adding(100, B, rng=rng)

    def order(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return tasks.temporal_order(30, B, rng=rng)

    def short(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return tasks.temporal_order(20, B, rng=rng)

    def grammar(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return reber.embedded_reber(B, rng=rng)

    def trained_years(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return tasks.forever(_some_windows, z[past], B, rng)

    def later_years(B: int, rng: np.random.Generator) -> Iterator[Batch]:
        return tasks.forever(_different_windows, z[~past], B, rng)

    inf, entropy = math.inf, "cross entropy"
    return {
        "adding": Task("adding", (2, 1), "squared", 1.0, 0.01, adding, adding, _small_error, inf, 100, _first),
        "reber": Task("Reber grammar", (7, 7), entropy, 1.0, 0.46, grammar, grammar, _strings, inf, 12, _second),
        "order": Task("temporal order", (8, 4), entropy, 1.0, 0.05, order, order, _classes, inf, 30, _marked),
        "order0": Task("order from bias 0", (8, 4), entropy, 0.0, 0.05, order, order, _classes, inf, 30, _marked),
        "short0": Task("short order, bias 0", (8, 4), entropy, 0.0, 0.05, short, short, _classes, inf, 20, _marked),
        "sunspots": Task(
            "sunspots", (1, 1), "squared", 1.0, 0.1, trained_years, later_years, _persistence, 1.5, WINDOW, _first
        ),
    }


def draw_network(task: Task, rng: np.random.Generator) -> models.Model:
    """The `Model` from which a run on `task` starts."""
    (m, k), bias = task.sizes, task.forget_bias
    return models.draw_lstm(m, UNITS, k, rng=rng, forget_bias=bias)


def of_length(batches: Iterator[Batch], steps: int, B: int) -> Batch:
    """The first B sequences of exactly `steps` steps from an iterator of `Batch`es, cut to these: a `Batch`.

    Raises TypeError or ValueError that names the argument.
    """
    steps, B, kept, count = checks.whole("steps", steps, 1), checks.whole("B", B, 1), [], 0
    while count < B:
        batch = next(batches)
        fits = batch.lengths == steps
        kept.append([a[:steps, fits] for a in batch[:3]])
        count += fits.sum()
    x, y, read = (np.concatenate(parts, axis=1) for parts in zip(*kept, strict=True))
    return tasks.some(Batch(x, y, read, np.full(x.shape[1], steps)), slice(B))


def judging(tasks: Mapping[str, Task]) -> dict[str, Batch]:
    """{name: `JUDGED` fresh sequences} on which networks are judged; sunspots have fewer windows, each once."""
    return {name: next(task.fresh(JUDGED, np.random.default_rng(DATA_SEED))) for name, task in tasks.items()}


def asked(tasks: Mapping[str, Task]) -> dict[str, Batch]:
    """{name: `ASKED` fresh sequences of the task's one length} over which chains are compared."""
    return {
        name: of_length(task.fresh(64, np.random.default_rng(DATA_SEED)), task.steps, ASKED)
        for name, task in tasks.items()
    }


def mean_loss(task: Task, batch: Batch, y: np.ndarray) -> float:
    """The task's loss of outputs y on a `Batch`, a float."""
    return float(models.LOSSES[task.loss](y, batch.y, batch.read)[0])


def _some_windows(z: np.ndarray, B: int, rng: np.random.Generator) -> Batch:
    """B windows of a series z, at random places, as a `Batch` of float32."""
    places = rng.integers(len(z) - WINDOW, size=B) + WINDOW
    return series.batch(z.astype(np.float32), places, warm_up=WARM_UP)


def _different_windows(z: np.ndarray, B: int, rng: np.random.Generator) -> Batch:
    """B different windows of a series z, all of them where there are no more than B, as a `Batch` of float32."""
    places = rng.permutation(len(z) - WINDOW)[:B] + WINDOW
    return series.batch(z.astype(np.float32), places, warm_up=WARM_UP)


def _first(batch: Batch) -> np.ndarray:
    return np.ones(len(batch.lengths), int)


def _second(batch: Batch) -> np.ndarray:
    """The first symbol of the grammar is always the same; the second is the one to be remembered."""
    return np.full(len(batch.lengths), 2)


def _marked(batch: Batch) -> np.ndarray:
    """The step of the first X or Y; what stands before it is a constant symbol and distractors."""
    return batch.x[..., tasks.SYMBOLS.index("X") :].any(axis=-1).argmax(axis=0) + 1


def _small_error(batch: Batch, y: np.ndarray) -> tuple[float, bool]:
    """Mean squared error, below 0.01: to predict the mean gives 0.167."""
    error = float(models.squared(y, batch.y, batch.read)[0])
    return error, error < 0.01


def _strings(batch: Batch, y: np.ndarray) -> tuple[float, bool]:
    """Fraction of the strings predicted correctly by the criterion of 1997, at least 0.95."""
    right = float(reber.solved(batch, y).mean())
    return right, right >= 0.95


def _classes(batch: Batch, y: np.ndarray) -> tuple[float, bool]:
    """Fraction of the sequences whose class has the largest output, at least 0.95: chance is 0.25."""
    at = (batch.lengths - 1, np.arange(len(batch.lengths)))
    right = float((y[at].argmax(axis=1) == batch.y[at].argmax(axis=1)).mean())
    return right, right >= 0.95


def _persistence(batch: Batch, y: np.ndarray) -> tuple[float, bool]:
    """Squared error over that of the forecast "as this year", on the years read, below 1."""
    ratio = float(models.squared(y, batch.y, batch.read)[0] / models.squared(batch.x, batch.y, batch.read)[0])
    return ratio, ratio < 1
