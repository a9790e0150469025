"""Two more tasks of 1997: the product of two marked numbers, and a class that noise follows, with noisy targets.

Hochreiter and Schmidhuber (1997), "Long Short-Term Memory", Neural Computation 9(8), Experiments 5 and 3c, read in a
copy of the authors' manuscript. The others of that paper that this book uses are in tasks and reber.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm import checks
from lstm.training import tasks
from lstm.training.tasks import Batch

TARGETS = (0.2, 0.8)  # of the two classes of 3c
INPUT_NOISE, TARGET_NOISE = 0.2**0.5, 0.1**0.5  # standard deviations: the paper gives variances 0.2 and 0.1


def multiplication(T: int, batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """The multiplication problem of 1997 (Experiment 5), T >= 20: yield `Batch`es for ever, m = 2, k = 1.

    As `tasks.adding_1997`, but the numbers are uniform on [0, 1) and the target is X1 X2, read at the end. Where the
    first pair is marked, the paper sets X1 to 1; here as there a mark on the first pair becomes the marker -1, and
    the number is 1 in the input too, whichever of the two it is. To predict the mean, (1 + p)/4, gives a mean squared
    error of p/12 + (1 - p) 7/144 + p (1 - p)/16, p being how often the first pair is marked, see `tasks.adding_1997`.

    Arguments and errors as in `tasks.adding`.
    """
    T = checks.size("T", T, 20)
    return tasks.forever(_multiplication, T, *tasks.check_draw(batch, rng, dtype))


def two_sequences(
    T: int, batch: int, *, rng: np.random.Generator, leading: int = 3, dtype: DTypeLike = np.float32
) -> Iterator[Batch]:
    """The noisy two-sequence problem (Experiment 3c), T >= 20: yield `Batch`es for ever, m = 1, k = 1.

    Lengths are uniform on T, ..., T + T/10. The first `leading` numbers (the paper's N) are 1 in class 1 and -1 in
    class 2, each class with probability 1/2; all later ones are Gaussian, mean 0, variance 0.2. The target, read at
    the end, is 0.2 in class 1 and 0.8 in class 2 plus Gaussian noise of variance 0.1; `expected` is without it.

    Arguments and errors as in `tasks.adding`.
    """
    T = checks.size("T", T, 20)
    leading = checks.whole("leading", leading, 1, T - 1)
    return tasks.forever(_two_sequences, T, leading, *tasks.check_draw(batch, rng, dtype))


def expected(batch: Batch) -> np.ndarray:
    """The noise-free targets of a `Batch` of `two_sequences`, (T, B, 1), 0 where nothing is read.

    Raises TypeError or ValueError for anything but such a batch.
    """
    x = checks.fields("batch", batch, Batch, {"x": (None, None, 1)}, checks.real).x
    batch, first = checks.fields("batch", batch, Batch, {"read": x.shape[:2]}, checks.real), x[0, :, 0]
    if not np.isin(first, (-1, 1)).all():
        raise ValueError("batch.x: expected 1 or -1 at the first step, as two_sequences has it, got others")
    return _targets(first)[None, :, None] * batch.read[..., None]


def _multiplication(T: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    each, x = np.arange(B), np.zeros((T + T // 10, B, 2))
    lengths = rng.integers(T, T + T // 10, size=B, endpoint=True)
    x[..., 0] = rng.random(x.shape[:2])
    marked = tasks.marks_1997(T, B, rng)
    x[marked, each, 1] = 1
    x[0, (marked == 0).any(axis=0), 0] = 1
    target = x[marked, each, 0].prod(axis=0)
    x[0, :, 1] = x[lengths - 1, each, 1] = -1
    return tasks.read_at_end(x, target[:, None], lengths, dtype)


def _two_sequences(T: int, leading: int, B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    lengths = rng.integers(T, T + T // 10, size=B, endpoint=True)
    sign = rng.choice([1.0, -1.0], size=B)
    x = rng.normal(0, INPUT_NOISE, (T + T // 10, B, 1))
    x[:leading] = sign[:, None]
    target = _targets(sign) + rng.normal(0, TARGET_NOISE, B)
    return tasks.read_at_end(x, target[:, None], lengths, dtype)


def _targets(sign: ArrayLike) -> np.ndarray:
    """0.2 where `sign` is positive, class 1, else 0.8."""
    return np.where(np.asarray(sign) > 0, *TARGETS)
