"""Five tasks for eight cells, all trained in the same way: what experiments/recurrences.py runs, a network a call.

The protocol, with predictions, is experiments/protocols/recurrences.md.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from lstm import checks
from lstm.recurrences.layers import LAYERS
from lstm.training import adam, clip, models, reber, tasks, tracking
from lstm.training.losses import LOSSES
from lstm.training.models import Model
from lstm.training.tasks import Batch

UNITS, BATCH, UPDATES, MOST = 8, 32, 800, 1.0  # units of each cell; largest norm of a gradient
RATES, TUNING, SEEDS = (0.01, 0.03), (100,), range(5)  # a rate is chosen in runs of half the updates
SHORT, LONG, LAST = 20, 200, 20  # steps in training, and beyond; of parity and swaps the last steps are judged
JUDGED, JUDGED_SEED = 256, 2000  # fresh sequences, and the seed that draws them

Draw = Callable[..., Iterator[Batch]]


class Task(NamedTuple):
    """A task: sizes (m, k), the name of its loss, how its batches are drawn, and the error of outputs on a batch."""

    sizes: tuple[int, int]
    loss: str
    draw: Draw
    error: Callable[[Batch, np.ndarray], float]
    beyond: Draw | None = None


def squared_error(batch: Batch, y: np.ndarray) -> float:
    """Mean squared error where the task is read."""
    return float(LOSSES["squared"](y, batch.y, batch.read)[0])


def wrong(batch: Batch, y: np.ndarray) -> float:
    """Share of wrong classes among the answers at the last `LAST` steps at which any is read."""
    asked = np.nonzero(batch.read.any(axis=1))[0][-LAST:]
    right = (y.argmax(axis=2) == batch.y.argmax(axis=2))[asked]
    return float(1 - right[batch.read[asked] > 0].mean())


def unsolved(batch: Batch, y: np.ndarray) -> float:
    """Share of Reber strings that are not predicted correctly by the criterion of 1997."""
    return float(1 - reber.solved(batch, y).mean())


TASKS = {
    "adding": Task((2, 1), "squared", partial(tasks.adding, SHORT), squared_error),
    "temporal order": Task((8, 4), "cross entropy", partial(tasks.temporal_order, SHORT), wrong),
    "Reber": Task((7, 7), "cross entropy", reber.embedded_reber, unsolved),
    "parity": Task(
        (2, 2), "cross entropy", partial(tracking.parity, SHORT), wrong, beyond=partial(tracking.parity, LONG)
    ),
    "swaps": Task((3, 6), "cross entropy", partial(tracking.swaps, SHORT), wrong, beyond=partial(tracking.swaps, LONG)),
}


def start(cell: str, task: str, seed: int) -> Model:
    """The network of a seed before training: the cell as lstm.recurrences draws it, W and b from U(-1, 1) / sqrt(n).

    Raises TypeError or ValueError that names the argument.
    """
    layer, (m, k) = LAYERS[checks.one_of("cell", cell, LAYERS)], TASKS[checks.one_of("task", task, TASKS)].sizes
    rng = np.random.default_rng([checks.whole("seed", seed, 0), 0])
    params = layer.init_params(m, UNITS, rng=rng)
    W, b = (rng.uniform(-1, 1, shape) / np.sqrt(UNITS) for shape in ((k, UNITS), (k,)))
    return Model(params, W, b)


def outputs(cell: str, network: Model, x: np.ndarray) -> np.ndarray:
    """y, (T, B, k), for x, (T, B, m)."""
    return LAYERS[cell].forward(network.layer, x)[0] @ network.W.T + network.b


def loss_and_gradient(cell: str, network: Model, batch: Batch, loss: str) -> tuple[float, Model]:
    """The loss of a `Batch`, and its gradient as a `Model`."""
    layer = LAYERS[cell]
    h, cache = layer.forward(network.layer, batch.x)
    value, dy = LOSSES[loss](h @ network.W.T + network.b, batch.y, batch.read)
    params = layer.backward(network.layer, batch.x, cache, dy @ network.W)
    rows = dy.reshape(-1, dy.shape[2])
    return float(value), Model(params, rows.T @ h.reshape(len(rows), -1), rows.sum(axis=0))


def train(cell: str, task: str, seed: int, rate: float, updates: int = UPDATES) -> tuple[Model, np.ndarray]:
    """Train the network of a seed: (network, loss of each batch). Adam, a rate that falls linearly to 0, clipped norm.

    Cells of one seed see the same batches. A loss or an update that is not finite ends the run with the last network.
    """
    network, one = start(cell, task, seed), TASKS[task]
    batches = one.draw(BATCH, rng=np.random.default_rng([seed, 1]), dtype=np.float64)
    moments, losses = None, []
    for k in range(updates):
        value, gradient = loss_and_gradient(cell, network, next(batches), one.loss)
        if not np.isfinite(value) or not np.isfinite(way := models.flatten(gradient)).all():
            break
        losses.append(value)
        change, moments = adam(clip(way, MOST), moments, rate=rate * (1 - k / updates))
        network = models.unflatten(models.flatten(network) + change, network)
    return network, np.array(losses)


def judged(cell: str, task: str, network: Model) -> dict[str, float]:
    """{"error": on fresh sequences, "beyond": on longer ones where the task has them}."""
    one = TASKS[task]
    found = {}
    for name, draw in (("error", one.draw), ("beyond", one.beyond)):
        if draw is not None:
            batch = next(draw(JUDGED, rng=np.random.default_rng(JUDGED_SEED), dtype=np.float64))
            found[name] = one.error(batch, outputs(cell, network, batch.x))
    return found
