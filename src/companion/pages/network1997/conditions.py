"""The conditions of 1997: task, network, rates and published results of the five experiments that are run again.

Hochreiter and Schmidhuber (1997), "Long Short-Term Memory", Neural Computation 9(8): Sections 5.1 and 5.3 to 5.6 and
its Tables 1 and 6 to 11, read in a copy of the authors' manuscript.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from companion.pages.network1997 import stopping
from lstm.training import tasks, tasks_1997
from lstm.training.tasks import Batch
from lstm.variants import blocks
from lstm.variants.blocks import Blocks


class Published(NamedTuple):
    """Means of `trials` trials: weights, training sequences to success, wrong ones of 2560 (None: not given)."""

    weights: int
    sequences: int
    trials: int
    wrong: float | None


class Condition(NamedTuple):
    """One row of the paper's Tables 10 and 11, and what came of it.

    experiment      its number there
    blocks, size    of the hidden layer: C blocks of S cells
    sizes           (m, k): inputs and outputs
    input, output   initial biases of the gates, one for each block; None: as the other weights
    biased          "all" units but the inputs, "hidden" units, or "gates" have biases; the others keep 0
    interval        weights start uniform on [-interval, interval]
    rate            step of the gradient of half the squared error
    lag             least time, in steps, between the last symbol that matters and the answer
    data            data(rng, batch): a `Data`
    published       a `Published`
    """

    experiment: str
    blocks: int
    size: int
    sizes: tuple[int, int]
    input: tuple[float, ...] | None
    output: tuple[float, ...] | None
    biased: str
    interval: float
    rate: float
    lag: int
    data: stopping.Begin
    published: Published


def _adding(T: int, published: Published) -> Condition:
    def draw(rng: np.random.Generator, batch: int) -> Iterator[Batch]:
        return tasks.adding_1997(T, batch, rng=rng, dtype=float)

    data = partial(stopping.streak, draw, correct=0.04, mean=0.01)
    return Condition("4", 2, 2, (2, 1), (-3, -6), None, "all", 0.1, 0.5, T // 2, data, published)


def _products(rng: np.random.Generator, batch: int) -> Iterator[Batch]:
    return tasks_1997.multiplication(100, batch, rng=rng, dtype=float)


def _order(rng: np.random.Generator, batch: int) -> Iterator[Batch]:
    return tasks.temporal_order(100, batch, rng=rng, dtype=float)


def _reber(rate: float, published: Published) -> Condition:
    return Condition("1", 3, 2, (7, 7), None, (-1, -2, -3), "gates", 0.2, rate, 9, stopping.reber_strings, published)


CONDITIONS = {
    "Reber, rate 0.5": _reber(0.5, Published(276, 8_440, 30, None)),
    "Reber, rate 0.1": _reber(0.1, Published(276, 21_730, 30, None)),
    "two sequences": Condition(
        "3c", 3, 1, (1, 1), (-1, -3, -5), (-2, -4, -6), "hidden", 0.1, 0.1, 97, stopping.two_classes,
        Published(102, 269_650, 10, 0.00558 * 2560),
    ),
    "adding, T = 100": _adding(100, Published(93, 74_000, 10, 1)),
    "adding, T = 500": _adding(500, Published(93, 209_000, 10, 0)),
    "adding, T = 1000": _adding(1000, Published(93, 853_000, 10, 1)),
    "multiplication": Condition(
        "5", 2, 2, (2, 1), None, None, "all", 0.1, 0.1, 50,
        partial(stopping.few_wrong, _products, correct=0.04, most=13), Published(93, 1_273_000, 10, 14),
    ),
    "temporal order": Condition(
        "6a", 2, 2, (8, 4), (-2, -4), None, "all", 0.1, 0.5, 40,
        partial(stopping.streak, _order, correct=0.3, mean=0.1), Published(156, 31_390, 20, 1),
    ),
}  # fmt: skip


NEARLY = {"multiplication": 482_000}  # published: sequences until fewer than 140 of 2000 were wrong


def draw(condition: Condition, rng: np.random.Generator) -> tuple[Blocks, Blocks]:
    """(params, trained): the network of a `Condition` as a run starts, float64, and what of it learns, as bools."""
    (m, k), C, n = condition.sizes, condition.blocks, condition.blocks * condition.size
    shapes = blocks.shapes(m, C, n, k)
    kept = {"all": (), "hidden": ("b",), "gates": ("b", "b_g")}[condition.biased]
    arrays = {key: rng.uniform(-condition.interval, condition.interval, shape) for key, shape in shapes.items()}
    arrays |= {key: np.zeros(shapes[key]) for key in kept}
    for key, biases in (("b_i", condition.input), ("b_o", condition.output)):
        arrays |= {} if biases is None else {key: np.array(biases, float)}
    return Blocks(**arrays), Blocks(**{key: np.full(shape, key not in kept) for key, shape in shapes.items()})
