"""Who forecast better? Scores, and paired comparisons of two forecasts of the same times.

d, shape (Y,), is the difference of two losses, time by time. Such differences are few and come in order, so the
comparisons below allow for correlation between neighbouring times, each in its own way. Times are years or weeks.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks


class Comparison(NamedTuple):
    """Two forecasts of the same times: the RMSE of each, their ratio, and its 95 % interval from low to high."""

    rmse: float
    reference: float
    ratio: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """The ratio and its interval, for a table: "0.93 (0.83 to 1.11)"."""
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


def rmse(error: ArrayLike) -> np.ndarray:
    """Root mean square along the last axis: (..., Y) -> (...)."""
    return np.sqrt(np.mean(np.square(error), axis=-1))


def skill(error: ArrayLike, reference: ArrayLike) -> np.ndarray:
    """1 - mean squared error / that of the reference, along the last axis: 1 is perfect, 0 no better than it."""
    return 1 - np.mean(np.square(error), axis=-1) / np.mean(np.square(reference), axis=-1)


def diebold_mariano(d: ArrayLike, lags: int = 0) -> float:
    """Mean of d over its standard error, times the correction of Harvey, Leybourne and Newbold (1997) for one step.

    The variance of the mean is estimated with autocovariances up to `lags`, Bartlett's weights (Newey and West 1987).
    Compare with Student's t with Y - 1 degrees of freedom. Raises ValueError where d does not vary.
    """
    d = checks.array("d", d, (None,))
    lags = checks.whole("lags", lags, 0, len(d) - 1)
    gap, count = d - d.mean(), len(d)
    covariances = np.array([gap[k:] @ gap[: count - k] for k in range(lags + 1)]) / count
    weights = 1 - np.arange(lags + 1) / (lags + 1)
    variance = (2 * weights @ covariances - covariances[0]) / count
    if not variance > 0:
        raise ValueError("d: expected differences that vary")
    return float(d.mean() / np.sqrt(variance) * np.sqrt((count - 1) / count))


def block_draws(count: int, block: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Places, (draws, count), of a circular block bootstrap: blocks of `block` times that go on round the end.

    Raises TypeError or ValueError that names the argument.
    """
    checks.generator(rng)
    block = checks.whole("block", block, 1, count)
    starts = rng.integers(count, size=(checks.whole("draws", draws, 1), -(-count // block)))
    places = (starts[..., None] + np.arange(block)) % count
    return places.reshape(draws, -1)[:, :count]


def ratio_interval(
    squared: ArrayLike,
    reference: ArrayLike,
    block: int,
    rng: np.random.Generator,
    *,
    draws: int = 4000,
    level: float = 0.95,
) -> np.ndarray:
    """(low, high): bootstrap percentiles of RMSE / RMSE of the reference, the same times drawn for both.

    squared and reference are squared errors, (Y,). Raises TypeError or ValueError that names the argument.
    """
    squared = checks.array("squared", squared, (None,))
    reference = checks.array("reference", reference, squared.shape)
    places = block_draws(len(squared), block, draws, rng)
    ratios = np.sqrt(squared[places].mean(axis=1) / reference[places].mean(axis=1))
    return np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2])


def compare(squared: ArrayLike, reference: ArrayLike, block: int, rng: np.random.Generator) -> Comparison:
    """`Comparison` of squared errors (Y,), or (S, Y) of S seeds and then averaged over them, with those of a reference.

    The interval is that of `ratio_interval`. Raises TypeError or ValueError that names the argument.
    """
    squared, reference = np.asarray(squared), checks.array("reference", reference, (None,))
    single = squared.mean(axis=0) if squared.ndim == 2 else squared
    low, high = ratio_interval(single, reference, block, rng)
    each = np.sqrt([single.mean(), reference.mean()])
    return Comparison(*map(float, (*each, each[0] / each[1], low, high)))


def verdict(interval: ArrayLike, names: tuple[str, str] = ("the network", "AR(9)")) -> str:
    """In words, what an interval (low, high) of RMSE / RMSE of the reference says of the two, named in this order.

    Raises TypeError or ValueError that names the argument.
    """
    low, high = checks.array("interval", interval, (2,))
    if low <= 1 <= high:
        return f"within noise: these years do not tell {names[0]} from {names[1]}"
    return f"{names[0] if high < 1 else names[1]} is better, beyond noise"
