"""Two tasks in which a state is to be tracked and nothing forgotten: parity, and the order of three items after swaps.

Each step says what the step does, and the answer is asked at each step, so that a sequence of T steps trains on all
shorter ones too. `Batch`es are those of lstm.training.tasks, with k classes, one-hot.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np
from numpy.typing import DTypeLike

from lstm import checks
from lstm.training import tasks
from lstm.training.tasks import Batch

ORDERS = tuple(permutations(range(3)))  # the six orders of three items, the first being that of the start
SWAPS = ((0, 1, 2), (1, 0, 2), (0, 2, 1))  # what a step may do: nothing, exchange places 1 and 2, or 2 and 3


def parity(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """Parity, T >= 1: yield `Batch`es for ever, m = k = 2. Was the number of ones so far even (class 0) or odd?

    Bits are uniform, one-hot. Whoever ignores one bit is right half of the time, whatever else is known.

    `batch` sequences, drawn with the np.random.Generator `rng`, as `dtype` float32 or float64. Raises TypeError or
    ValueError that names the argument, at the call.
    """
    return tasks.forever(_parity, checks.whole("T", T, 1), *tasks.check_draw(batch, rng, dtype))


def swaps(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """The order of three items, T >= 1: yield `Batch`es for ever, m = 3, k = 6, in the orders of `SWAPS` and `ORDERS`.

    A step does one of `SWAPS`, uniform and one-hot; the class is the order in which the items stand now. This is the
    word problem of the group S_3 for these generators; it does not commute, and parity is the sign of the order.

    Arguments and errors as in `parity`.
    """
    return tasks.forever(_swaps, checks.whole("T", T, 1), *tasks.check_draw(batch, rng, dtype))


def _parity(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    bits = rng.integers(2, size=(T, B))
    return _asked(np.eye(2)[bits], np.eye(2)[np.cumsum(bits, axis=0) % 2], dtype)


def _swaps(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    done = rng.integers(3, size=(T, B))
    after = np.array([[ORDERS.index(tuple(order[k] for k in swap)) for swap in SWAPS] for order in ORDERS])
    order, now = np.zeros((T, B), int), np.zeros(B, int)
    for t in range(T):
        order[t] = now = after[now, done[t]]
    return _asked(np.eye(3)[done], np.eye(6)[order], dtype)


def _asked(x: np.ndarray, y: np.ndarray, dtype: DTypeLike) -> Batch:
    T, B, _ = x.shape
    return Batch(x.astype(dtype), y.astype(dtype), np.ones((T, B), dtype), np.full(B, T))
