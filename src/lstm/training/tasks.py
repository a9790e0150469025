"""Tasks on which memory is tested, as generators that yield batches for ever: adding, and temporal order.

The embedded Reber grammar is in reber, two more tasks of 1997 are in tasks_1997. Time first, as in
lstm.fast.sequence; step t stands in row t-1.
Hochreiter and Schmidhuber (1997) below is "Long Short-Term Memory", Neural Computation 9(8), 1735-1780. Its text
was read in copies of the authors' manuscript; the journal's own pages were not at hand.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from lstm import checks

SYMBOLS = "EBabcdXY"  # of temporal order: start, trigger at the end, four distractors, the two that matter


class Batch(NamedTuple):
    """B sequences of at most T steps. Past the end of a shorter one x, y and read are 0.

    x        (T, B, m) inputs
    y        (T, B, k) targets; 0 where nothing is read
    read     (T, B) weight of each step in the loss: 1 where the output is read, else 0
    lengths  (B,) number of steps of each sequence
    """

    x: np.ndarray
    y: np.ndarray
    read: np.ndarray
    lengths: np.ndarray


def adding(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """The adding problem in its common form, T >= 2: yield `Batch`es for ever, m = 2, k = 1.

    x[..., 0] is uniform on [0, 1); x[..., 1] is 1 at two steps, one in each half of the sequence, else 0. The
    target is the sum of the two marked numbers, read at step T. To predict the mean, 1, gives a mean squared error
    of 1/6, the variance of the sum. The idea is that of Hochreiter and Schmidhuber (1997), see `adding_1997`; values
    in [0, 1] without a scaled target are in Le, Jaitly and Hinton (2015, arXiv:1504.00941), one mark in each half in
    Arjovsky, Shah and Bengio (2016, arXiv:1511.06464). Both are known to us from implementations that name them.

    `batch` sequences, drawn with the np.random.Generator `rng`, as `dtype` float32 or float64. The same seed gives
    the same numbers in both, rounded. Raises TypeError or ValueError that names the argument, at the call.
    """
    T = checks.size("T", T, 2)
    return forever(_adding, T, *check_draw(batch, rng, dtype))


def adding_1997(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """The adding problem of 1997, T >= 20: yield `Batch`es of T + T/10 steps for ever, m = 2, k = 1.

    Hochreiter and Schmidhuber (1997), Experiment 4. Lengths are uniform on T, ..., T + T/10. A step is a pair: a
    number uniform on [-1, 1), and a marker. One of the first ten pairs is marked, its number being X1; then one
    of the first T/2 - 1 pairs still unmarked, X2. Markers are 1 at these two, -1 at the first and at the last
    pair, else 0. The target 0.5 + (X1 + X2)/4 is read at the end of the sequence; a sequence counts as correct if
    the absolute error is below 0.04. With T >= 20 the second mark is at step T/2 at most, which gives the paper's
    least lag, T/2. To predict the mean, 0.5, gives a mean squared error of (2 - p)/48, where
    p = 1/10 + (9/10)/(T/2 - 1) is how often the first pair is marked, see below.

    "In the rare case where the first pair of the sequence gets marked, we set X1 to zero": taken here as marker
    -1 and number 0, in the input as in the target, so that markers and target agree. The paper does not say what
    happens if the *second* mark falls on the first pair (X2 is set to zero here too), nor whether the ends of
    ranges belong to them (they do here), nor how T/2 and T/10 are rounded (down here; its T is 100, 500, 1000).

    Arguments and errors as in `adding`.
    """
    T = checks.size("T", T, 20)
    return forever(_adding_1997, T, *check_draw(batch, rng, dtype))


def temporal_order(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """Temporal order, T >= 20: yield `Batch`es of T + T/10 steps for ever, m = 8, k = 4.

    Hochreiter and Schmidhuber (1997), Experiment 6a, scaled to T; T = 100 is theirs. Symbols are one-hot, in the order
    of `SYMBOLS`: E first, B last, a, b, c, d at random between, but X or Y at steps t1 and t2. Uniform are the length
    on T, ..., T + T/10, t1 on T/10, ..., T/5, t2 on T/2, ..., 3T/5, all rounded down, and the four classes: XX, XY,
    YX, YY, the paper's Q, R, S, U. The class, one-hot in this order, is read at the end; to predict 1/4 each gives a
    mean squared error of 3/16 an output. In the paper a sequence counts as correct if all four absolute errors are
    below 0.3. It does not say whether steps are counted from 0 or 1 (from 1 here) or whether the ends belong to the
    ranges (they do here).

    Arguments and errors as in `adding`.
    """
    T = checks.size("T", T, 20)
    return forever(_temporal_order, T, *check_draw(batch, rng, dtype))


def check_draw(batch: int, rng: np.random.Generator, dtype: DTypeLike) -> tuple[int, np.random.Generator, np.dtype]:
    """Return (batch, rng, dtype) if a task can be drawn with them, else raise TypeError or ValueError."""
    return checks.size("batch", batch), checks.generator(rng), checks.float_type(dtype)


def forever(draw: Callable[..., Batch], *arguments: object) -> Iterator[Batch]:
    """Yield draw(*arguments) for ever. The tasks are no generators themselves: bad input is refused at the call."""
    while True:
        yield draw(*arguments)


def _adding(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    each, x = np.arange(B), np.zeros((T, B, 2))
    x[..., 0] = rng.random((T, B))
    marked = np.array([rng.integers(T // 2, size=B), rng.integers(T // 2, T, size=B)])
    x[marked, each, 1] = 1
    target = x[marked, each, 0].sum(axis=0)
    return read_at_end(x, target[:, None], np.full(B, T), dtype)


def _adding_1997(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    each, x = np.arange(B), np.zeros((T + T // 10, B, 2))
    lengths = rng.integers(T, T + T // 10, size=B, endpoint=True)
    x[..., 0] = rng.uniform(-1, 1, x.shape[:2])
    marked = marks_1997(T, B, rng)
    x[marked, each, 1] = 1
    x[0, (marked == 0).any(axis=0), 0] = 0
    target = 0.5 + x[marked, each, 0].sum(axis=0) / 4.0
    x[0, :, 1] = x[lengths - 1, each, 1] = -1
    return read_at_end(x, target[:, None], lengths, dtype)


def some(batch: Batch, which: np.ndarray | slice) -> Batch:
    """The sequences `which` of a `Batch`, indices or a slice; nothing is checked."""
    return Batch(batch.x[:, which], batch.y[:, which], batch.read[:, which], batch.lengths[which])


def marks_1997(T: int, B: int, rng: np.random.Generator) -> np.ndarray:
    """Where the two marked pairs of Experiments 4 and 5 stand, (2, B), counted from 0; nothing is checked."""
    first = rng.integers(10, size=B)
    second = rng.integers(T // 2 - 1, size=B)
    second += second >= first  # counts the unmarked pairs only
    return np.array([first, second])


def _temporal_order(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    each = np.arange(B)
    lengths = rng.integers(T, T + T // 10, size=B, endpoint=True)
    symbol = rng.integers(SYMBOLS.index("a"), SYMBOLS.index("d"), size=(T + T // 10, B), endpoint=True)
    symbol[0], symbol[lengths - 1, each] = SYMBOLS.index("E"), SYMBOLS.index("B")
    t1 = rng.integers(T // 10, T // 5, size=B, endpoint=True)
    t2 = rng.integers(T // 2, 3 * T // 5, size=B, endpoint=True)
    first, second = is_Y = rng.integers(2, size=(2, B))
    symbol[np.array([t1, t2]) - 1, each] = SYMBOLS.index("X") + is_Y
    return read_at_end(np.eye(8)[symbol], np.eye(4)[2 * first + second], lengths, dtype)


def read_at_end(x: np.ndarray, target: np.ndarray, lengths: np.ndarray, dtype: DTypeLike) -> Batch:
    """The `Batch` of x (T, B, m) whose target (B, k) is read at the last step of each sequence; nothing is checked."""
    T, B, _ = x.shape
    y, read, each = np.zeros((T, B, target.shape[1]), dtype), np.zeros((T, B), dtype), np.arange(B)
    y[lengths - 1, each], read[lengths - 1, each] = target, 1
    x[np.arange(T)[:, None] >= lengths] = 0
    return Batch(x.astype(dtype), y, read, lengths)
