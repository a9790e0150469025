"""One-step-ahead forecasts of a yearly series: by the mean, by the last value, by an autoregression, by an LSTM.

A place t is a position in the series, shape (Y,); a forecast for t may look at series[:t] and at nothing else. What is
fitted is given `past`, an array that ends where its knowledge ends, so that it cannot see more. Both are tested by
companion.shared.leaks. Errors and forecasts are in the units of the series.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.shared.series import WINDOW, batch, check_places, windows
from lstm import checks, training
from lstm.training import models

WARM_UP = 9  # the first step that the loss reads: the network has seen nine years then, as many as AR(9) wants


class Split(NamedTuple):
    """Places of the three stretches, in the order of time."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


class Scale(NamedTuple):
    """z = (series - mean) / std."""

    mean: float
    std: float


class Fitted(NamedTuple):
    """A network, and the scale of what it reads and forecasts."""

    model: models.Model
    scale: Scale


def split(year: ArrayLike, last_train: float, last_validation: float) -> Split:
    """`Split` of the years (Y,), rising by 1, after the years `last_train` and `last_validation`.

    Raises TypeError or ValueError that names the argument.
    """
    year = checks.array("year", year, (None,))
    if (np.diff(year) != 1).any():
        raise ValueError("year: expected years without a gap")
    if not year[0] <= last_train < last_validation < year[-1]:
        raise ValueError(f"last_train, last_validation: got {last_train}, {last_validation} in {year[0]} to {year[-1]}")
    ends = np.searchsorted(year, [last_train, last_validation], side="right")
    return Split(*np.split(np.arange(len(year)), ends))


def scale_of(past: ArrayLike) -> Scale:
    """`Scale` of the values `past`, shape (Y,), which must not all be equal.

    Raises TypeError or ValueError that names the argument.
    """
    past = checks.array("past", past, (None,))
    if not past.std() > 0:
        raise ValueError("past: expected values that differ")
    return Scale(float(past.mean()), float(past.std()))


def constant(series: np.ndarray, places: ArrayLike, value: float) -> np.ndarray:
    """`value` for every place: with the mean of the training stretch, the forecast that knows no order.

    Raises TypeError or ValueError that names the argument.
    """
    return np.full(len(check_places(places, 0, len(series))), checks.array("value", value, ()))


def persistence(series: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Next year as this year: series[t-1]. Raises TypeError or ValueError that names the argument."""
    return windows(series, places, 1)[-1, :, 0]


def fit_ar(past: ArrayLike, order: int) -> np.ndarray:
    """AR(p) by least squares on all years of `past` that have p years before them: [a_0, a_1, ..., a_p].

    The forecast is a_0 + a_1 series[t-1] + ... + a_p series[t-p].
    Raises TypeError or ValueError that names the argument.
    """
    order = checks.whole("order", order, 1)
    past = checks.array("past", past, (None,))
    checks.whole("past, its length", len(past), 2 * order + 1)
    rows = _lags(past, np.arange(order, len(past)), order)
    return np.linalg.lstsq(rows, past[order:], rcond=None)[0]


def by_ar(coefficients: ArrayLike, series: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Forecasts of shape (B,) by the coefficients of `fit_ar`.

    Raises TypeError or ValueError that names the argument.
    """
    coefficients = checks.array("coefficients", coefficients, (None,))
    return _lags(series, places, len(coefficients) - 1) @ coefficients


def fit_lstm(past: ArrayLike, scale: Scale, *, units: int, rate: float, updates: int, seed: int) -> Fitted:
    """Train an LSTM on all windows of `past`, one batch an update, in float64: `Fitted`.

    Loss: mean squared error of next year from step `WARM_UP` on. Adam at the constant step size `rate`, gradients
    clipped at norm 1. `seed` draws the weights; nothing else is random.
    Raises TypeError or ValueError that names the argument.
    """
    z = (checks.array("past", past, (None,)) - scale.mean) / scale.std
    everything = batch(z, np.arange(WINDOW, len(z)), warm_up=WARM_UP)
    rng = np.random.default_rng(seed)
    model = models.draw_lstm(1, units, 1, rng=rng, dtype=np.float64)
    again = iter(lambda: everything, None)
    run = training.train(model, again, rate=rate, updates=updates)
    return Fitted(run.model, scale)


def by_lstm(fitted: Fitted, series: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Forecasts of shape (B,): the network reads the `WINDOW` years before each place from h = c = 0.

    Raises TypeError or ValueError that names the argument.
    """
    model, (mean, std) = fitted
    z = (windows(series, places) - mean) / std
    return models.outputs(model, z.astype(model.W.dtype))[-1, :, 0].astype(float) * std + mean


def slopes(fitted: Fitted, series: ArrayLike, places: ArrayLike) -> np.ndarray:
    """Derivative of each forecast of `by_lstm` by the year k years before, shape (B, WINDOW), k = 1 first.

    The scale cancels, so an autoregression has its coefficients here.
    Raises TypeError or ValueError that names the argument.
    """
    model, (mean, std) = fitted
    x = ((windows(series, places) - mean) / std).astype(model.W.dtype)
    dy = np.zeros((*x.shape[:2], 1), x.dtype)
    dy[-1] = 1  # the forecast is the last output
    return models.input_gradient(model, x, dy)[::-1, :, 0].T


def phases(series: ArrayLike, places: ArrayLike, level: float) -> dict[str, np.ndarray]:
    """{name: (B,) of bool}: where in the cycle each forecast is made, by what is known then.

    Rising means series[t-1] > series[t-2]; high means series[t-1] > `level`. places, (B,), are at least 2.
    Raises TypeError or ValueError that names the argument.
    """
    before, last = windows(series, places, 2)[..., 0]
    rising, high = last > before, last > checks.array("level", level, ())
    return {
        "rising, low": rising & ~high,
        "rising, high": rising & high,
        "falling, high": ~rising & high,
        "falling, low": ~rising & ~high,
    }


def _lags(series: ArrayLike, places: ArrayLike, order: int) -> np.ndarray:
    """Rows [1, series[t-1], ..., series[t-order]]."""
    x = windows(series, places, order)[::-1, :, 0].T
    return np.column_stack([np.ones(len(x)), x])
