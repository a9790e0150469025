"""Training runs on the adding problem: one call is one run, fixed by a kind of network and a seed.

The seed draws weights and batches from two generators. So runs of one seed see the same batches, and their LSTMs start
from the same weights but for the biases that their initialisation sets: kinds are compared in pairs.
"""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np

from companion.notebook import progress
from lstm import checks, training
from lstm.training import models, tasks
from lstm.training.loop import Rate, Until

KINDS = ("bias 1", "bias 0", "chrono", "rnn")
T, UNITS, BATCH = 100, 16, 32
RATE, MOST = 0.02, 0.1
SOLVED = 0.01  # mean squared error below which the task counts as solved; to predict the mean gives 1/6


def start(kind: str, seed: int) -> tuple[models.Model, Iterator[tasks.Batch]]:
    """(model, batches) of a run: a network not yet trained, float32, and its adding problem, a generator.

    `kind` is one of KINDS: an LSTM with forget bias 1 or 0 or with chrono initialisation for spans up to T, or the
    plain network as PyTorch draws it. `seed` is a whole number. Raises TypeError or ValueError that names the argument.
    """
    checks.one_of("kind", kind, KINDS)
    seed = checks.whole("seed", seed, 0)
    weights, data = (np.random.default_rng([seed, k]) for k in range(2))
    batches = tasks.adding(T, BATCH, rng=data)
    if kind == "rnn":
        return models.draw_rnn(2, UNITS, 1, rng=weights), batches
    if kind == "chrono":
        return models.draw_lstm(2, UNITS, 1, rng=weights, init="chrono", span=T), batches
    return models.draw_lstm(2, UNITS, 1, rng=weights, forget_bias=float(kind.removeprefix("bias "))), batches


def adding(
    kind: str, seed: int, *, updates: int, rate: Rate = RATE, until: Until = None, show: bool = False
) -> training.Run:
    """Train what `start` draws, by Adam with `rate`, gradients clipped to norm MOST; return a `training.Run`.

    `updates` and `until` as in `training.train`; `show` a bar. A run that diverges ends with its last good network.
    """
    model, batches = start(kind, seed)
    try:
        with progress.watching(updates, f"{kind}, seed {seed}") if show else nullcontext() as watch:
            return training.train(model, batches, rate=rate, updates=updates, most=MOST, until=until, watch=watch)
    except training.Diverged as end:
        return training.Run(end.model, end.losses)


def marks_early(batch: tasks.Batch) -> tasks.Batch:
    """A `Batch` of the adding problem, T even, with the second mark moved to the first half, where the other is.

    It goes T/2 steps back, or to the step after that if the first mark is there (after T/2 comes 1). The target is the
    sum of the numbers that are marked now. Nothing of the caller's is changed.
    """
    x, y, half, each = batch.x.copy(), batch.y.copy(), len(batch.x) // 2, np.arange(batch.x.shape[1])
    first, second = (part.argmax(axis=0) for part in (x[:half, :, 1], x[half:, :, 1]))
    to = np.where(second == first, (second + 1) % half, second)
    x[half:, :, 1], x[to, each, 1] = 0, 1
    y[-1, :, 0] = x[first, each, 0] + x[to, each, 0]
    return batch._replace(x=x, y=y)


def by_inputs(model: models.Model, batch: tasks.Batch) -> np.ndarray:
    """dl/dx^(t) of the squared loss by the inputs of a `Batch`, (T, B, m), in float64: how much each step is felt.

    It is what backpropagation through time brings back to step t, for both kinds of layer. The weights of a float32
    `Model` are cast. Raises TypeError or ValueError that names the argument.
    """
    model = models.double(model)
    x, y, read = (np.asarray(a, float) for a in batch[:3])
    _, dy = models.squared(models.outputs(model, x), y, read)
    return models.input_gradient(model, x, dy)


class Courses(NamedTuple):
    """Runs of one kind and rate: updates until the task counts as solved, None for never, and curves (S, K)."""

    updates_to: list[int | None]
    curves: np.ndarray


def courses(record: Mapping[str, Any], rate: float) -> dict[str, Courses]:
    """{kind: Courses} of the runs with this rate, seeds in order, from the record results/adding.json.

    Raises ValueError where there are none.
    """
    checks.one_of("rate", rate, sorted({run["rate"] for run in record["runs"]}))
    chosen = [run for run in record["runs"] if run["rate"] == rate]
    by_kind = {kind: [run for run in chosen if run["kind"] == kind] for kind in KINDS}
    return {
        kind: Courses([run["updates_to"] for run in some], np.array([run["curve"] for run in some]))
        for kind, some in by_kind.items()
        if some
    }
