"""Does a forecast know its future? The test by definition: change the future, and see whether the forecast moves."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from companion.shared.series import check_places
from lstm import checks

Forecast = Callable[[np.ndarray, np.ndarray], np.ndarray]  # of series and places


def leaks(forecast: Forecast, series: ArrayLike, places: ArrayLike, rng: np.random.Generator) -> list[int]:
    """The places whose forecast changes when series[t:] is replaced by other numbers: empty if nothing leaks.

    forecast(series, places) returns an array (B,). It may hide a whole procedure, scaling and fitting included.
    Raises TypeError or ValueError that names the argument.
    """
    series = checks.real("series", series, (None,)).astype(float)
    return [int(t) for t in check_places(places, 1, len(series)) if moves(forecast, series, t, rng)]


def moves(forecast: Forecast, series: np.ndarray, t: int, rng: np.random.Generator) -> bool:
    """Whether forecast(series, [t]) changes when series[t:] is replaced by other numbers, larger by 1000."""
    other = series.copy()
    other[t:] = rng.permutation(series)[: len(series) - t] + 1000
    before, after = (forecast(values, np.array([t])) for values in (series, other))
    return not np.array_equal(before, after)
