"""Forecasts of the change over h weeks: as last year, by the calendar, by an autoregression, by an LSTM.

What is fitted is given `past`, the `Weeks` up to where its knowledge ends, so that it cannot see more. Places, changes
and what is to be forecast are those of companion.pages.co2.weeks; all errors are in ppm.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.pages.co2.weeks import YEAR, Weeks, ahead
from companion.shared.series import check_places, windows
from lstm import checks, training
from lstm.training import models, tasks
from lstm.training.tasks import Batch

B = 32  # windows an update
HARMONICS = 4


class Scale(NamedTuple):
    """Mean and standard deviation of the changes that a network reads, and of the changes ahead that it forecasts."""

    mean: float
    std: float
    mean_ahead: float
    std_ahead: float


class Recipe(NamedTuple):
    """What is chosen for a network: weeks that it reads, units, initialisation, step size, updates."""

    window: int
    units: int
    init: str
    rate: float
    updates: int


def as_last_year(change: ArrayLike, places: ArrayLike, horizon: int) -> np.ndarray:
    """The change over the same weeks of the year before, (B,); `horizon` is at most `YEAR`.

    Raises TypeError or ValueError that names the argument.
    """
    checks.whole("horizon", horizon, 1, YEAR)
    places = check_places(places, YEAR, len(checks.array("change", change, (None,))))
    return ahead(change, places - YEAR, horizon)


def fit_calendar(past: Weeks, horizon: int) -> np.ndarray:
    """Least squares of the change ahead on the day of the year alone: [mean, then sine and cosine of four harmonics].

    Raises TypeError or ValueError that names the argument.
    """
    places = _known(past, 1, horizon)
    return np.linalg.lstsq(_harmonics(past.date[places]), ahead(past.change, places, horizon), rcond=None)[0]


def by_calendar(coefficients: ArrayLike, date: np.ndarray) -> np.ndarray:
    """Forecasts, (B,), from the days of the first forecast week."""
    return _harmonics(date) @ checks.array("coefficients", coefficients, (1 + 2 * HARMONICS,))


def fit_ar(past: Weeks, lags: Sequence[int], horizon: int) -> np.ndarray:
    """Least squares of the change ahead on the weekly changes `lags` weeks back: [constant, one for each lag].

    Raises TypeError or ValueError that names the argument.
    """
    places = _known(past, max(lags), horizon)
    rows = _lagged(past.change, places, lags)
    return np.linalg.lstsq(rows, ahead(past.change, places, horizon), rcond=None)[0]


def by_ar(coefficients: ArrayLike, lags: Sequence[int], change: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Forecasts of shape (B,) by the coefficients of `fit_ar`.

    Raises TypeError or ValueError that names the argument.
    """
    return _lagged(change, places, lags) @ checks.array("coefficients", coefficients, (1 + len(lags),))


def scale_of(past: Weeks, horizon: int) -> Scale:
    """`Scale` of the `Weeks` before. Raises TypeError or ValueError that names the argument."""
    target = ahead(past.change, _known(past, 1, horizon), horizon)
    return Scale(*map(float, (past.change.mean(), past.change.std(), target.mean(), target.std())))


def batches(past: Weeks, scale: Scale, window: int, horizon: int, rng: np.random.Generator) -> Iterator[Batch]:
    """`B` random windows of `past` for ever, float32. At each step the target is the change ahead of it.

    The loss reads the last quarter of a window, at least one step, and there the weeks whose target has a number.
    """
    return tasks.forever(_some_windows, past, scale, window, horizon, B, rng)


def fit_lstm(past: Weeks, scale: Scale, recipe: Recipe, *, horizon: int, seed: int) -> models.Model:
    """Train an LSTM on `past`, float32, by Adam at a constant step size, gradients clipped at norm 1.

    `seed` draws the weights and the windows. Raises TypeError or ValueError that names the argument.
    """
    rng = np.random.default_rng(seed)
    span = YEAR if recipe.init == "chrono" else None
    model = models.draw_lstm(1, recipe.units, 1, rng=rng, init=recipe.init, span=span)
    drawn = batches(past, scale, recipe.window, horizon, rng)
    return training.train(model, drawn, rate=recipe.rate, updates=recipe.updates).model


def by_lstm(model: models.Model, scale: Scale, window: int, change: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Forecasts of shape (B,): the network reads the `window` weeks before each place from h = c = 0.

    Raises TypeError or ValueError that names the argument.
    """
    z = (windows(change, places, window) - scale.mean) / scale.std
    y = models.outputs(model, z.astype(model.W.dtype))[-1, :, 0]
    return y.astype(float) * scale.std_ahead + scale.mean_ahead


def _known(past: Weeks, least: int, horizon: int) -> np.ndarray:
    """The places of `past` with `least` weeks before them whose last week ahead is in `past` and has a number."""
    horizon = checks.whole("horizon", horizon, 1)
    places = np.arange(checks.whole("least", least, 1), len(past.change) - horizon + 1)
    return places[past.seen[places + horizon - 1]]


def _harmonics(date: np.ndarray) -> np.ndarray:
    turn = 2 * np.pi * (date - np.datetime64("1965-01-01")).astype(float) / 365.25
    waves = [wave(k * turn) for k in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.column_stack([np.ones(len(date)), *waves])


def _lagged(change: ArrayLike, places: ArrayLike, lags: Sequence[int]) -> np.ndarray:
    """Rows [1, change[t - lag], ...]."""
    x = windows(change, places, max(lags))[::-1, :, 0]
    return np.column_stack([np.ones(x.shape[1]), x[np.array(lags) - 1].T])


def _some_windows(past: Weeks, scale: Scale, window: int, horizon: int, B: int, rng: np.random.Generator) -> Batch:
    places = rng.integers(window, len(past.change) - horizon + 1, size=B)
    steps = places - window + np.arange(window)[:, None] + 1  # the place after each step, (window, B)
    x = (windows(past.change, places, window) - scale.mean) / scale.std
    y = ahead(past.change, steps.ravel(), horizon).reshape(steps.shape)
    read = past.seen[steps + horizon - 1] & (np.arange(window)[:, None] >= window - max(window // 4, 1))
    z = ((y - scale.mean_ahead) / scale.std_ahead)[..., None]
    return Batch(x.astype(np.float32), z.astype(np.float32), read.astype(np.float32), np.full(B, window))
