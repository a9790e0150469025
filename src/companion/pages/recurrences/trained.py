"""The stored networks: the true chain against the product of direct factors, and the signs that training found."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from companion.notebook.tables import Table, table
from companion.pages.recurrences import compared
from companion.pages.recurrences.setting import TASKS, start
from lstm import recurrences
from lstm.equations import sigmoid
from lstm.recurrences import CELLS, LSTM_CELL, matrix, minimal
from lstm.recurrences.layers import LAYERS
from lstm.training import stored
from lstm.training.models import Model

SIGNED = {cell.name: cell for cell in (minimal.SIGNED_MIN_GRU, matrix.SIGNED_DELTA)}
READ = "readout "  # before W and b of the readout in the names of stored arrays
Networks = Mapping[tuple[str, str, int], Model]


def load(path: str | Path) -> dict[tuple[str, str, int], Model]:
    """{(task, cell, seed): `Model`} from the file of trained networks."""
    found = {(task, cell, int(seed)): parts for (task, cell, seed), parts in stored.load_fields(path).items()}
    return {key: _network(*key, parts) for key, parts in found.items()}


def _network(task: str, cell: str, seed: int, parts: dict[str, np.ndarray]) -> Model:
    W, b = (parts.pop(READ + name) for name in "Wb")
    return Model(start(cell, task, seed).layer._replace(**parts), W, b)


def off(task: str, cell: str, seed: int, network: Model) -> float:
    """How far product and true chain of a network are apart over the first ten steps of a fresh sequence of the task.

    Relative to the largest entry of the true chain, as in `compared`.
    """
    batch = next(TASKS[task].draw(1, rng=np.random.default_rng([seed, 3]), dtype=np.float64))
    x = batch.x[: compared.STEPS + 1, 0]
    one = LSTM_CELL if cell.startswith("LSTM") else (CELLS | SIGNED)[cell]
    return recurrences.miss(one, network.layer, recurrences.run(one, network.layer, x))


def chains(networks: Networks, tasks: tuple[str, ...], seeds: range) -> dict[tuple[str, str], np.ndarray]:
    """{(cell, "start" or a task): `off` of each seed}; the start is asked on sequences of the first task."""
    found = {}
    for cell in LAYERS:
        found[cell, "start"] = np.array([off(tasks[0], cell, seed, start(cell, tasks[0], seed)) for seed in seeds])
        for task in tasks:
            found[cell, task] = np.array([off(task, cell, seed, networks[task, cell, seed]) for seed in seeds])
    return found


def summary(found: Mapping[tuple[str, str], np.ndarray]) -> Table:
    """A row a cell: `off` at the start and trained on each task, least to largest, or what rounding leaves."""
    stages = list(dict.fromkeys(stage for _, stage in found))
    columns = {stage: [_in_words(found[cell, stage]) for cell in LAYERS] for stage in stages}
    return table({"cell": list(LAYERS)} | {("" if k == "start" else "trained on ") + k: v for k, v in columns.items()})


def along_key(networks: Networks, cell: str, seeds: range) -> np.ndarray:
    """1 - beta of each DeltaNet trained on parity, at the bit 1: the eigenvalue along the key of that bit, (seeds,)."""
    reach = 2 if cell in SIGNED else 1
    params = [networks["parity", cell, seed].layer for seed in seeds]
    return np.array([1 - reach * sigmoid(p.w_b[1] + p.b_b[0]) for p in params])


def _in_words(values: np.ndarray) -> str:
    if values.max() < compared.ROUNDING:
        return "rounding"
    return f"{values.min():.2g} to {values.max():.2g}"
