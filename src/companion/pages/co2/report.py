"""What the stored networks and the autoregressions err by, and the chosen ones among the stored runs."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from companion.pages.co2 import forecast, weeks
from companion.pages.co2.forecast import Recipe, Scale
from companion.pages.co2.weeks import Weeks
from companion.shared.series import windows
from lstm import audit, checks
from lstm.training import models


class Setting(NamedTuple):
    """A stretch to be forecast with one horizon, and what is fitted for it.

    known    the `Weeks` that contain the stretch
    past     the `Weeks` that the rivals are fitted to
    scale    the `Scale` of the networks
    horizon  weeks ahead
    places   of the stretch, (Y,)
    truth    the changes ahead, (Y,)
    """

    known: Weeks
    past: Weeks
    scale: Scale
    horizon: int
    places: np.ndarray
    truth: np.ndarray


def setting(known: Weeks, past: Weeks, train: Weeks, horizon: int, years: tuple[int, int]) -> Setting:
    """`Setting` of the years from years[0] to years[1]: fitted to `past`, scaled by `train`.

    Raises TypeError or ValueError that names the argument.
    """
    places = weeks.places_of(known, horizon, *years)
    truth = weeks.ahead(known.change, places, horizon)
    return Setting(known, past, forecast.scale_of(train, horizon), horizon, places, truth)


def chosen(record: Mapping[str, Any], horizon: int) -> dict[int, Recipe]:
    """{window: its `Recipe`}, from the stored record."""
    rows = [row for row in record["chosen"] if row["horizon"] == horizon]
    return {row["window"]: Recipe(*(row[field] for field in Recipe._fields)) for row in rows}


def validation(record: Mapping[str, Any], horizon: int) -> dict[int, list[float]]:
    """{window: the RMSE of validation of each seed, of the recipe chosen for it}."""
    recipes = chosen(record, horizon)
    cells = [row for row in record["lstm"] if row["horizon"] == horizon]
    return {
        row["window"]: row["rmse"]
        for row in cells
        if Recipe(*(row[field] for field in Recipe._fields)) == recipes[row["window"]]
    }


def of_seeds(networks: Mapping[str, models.Model], horizon: int, window: int, last: int) -> list[models.Model]:
    """The stored networks of a horizon and a window, trained to the year `last`, by seed, in float64.

    Raises ValueError where there are none.
    """
    start = f"{horizon} weeks ahead, window {window}, to {last}, seed "
    found = [models.double(model) for name, model in networks.items() if name.startswith(start)]
    if not found:
        raise ValueError(f"networks: expected names that start with {start!r}, got {list(networks)[:3]}")
    return found


def network_errors(found: Sequence[models.Model], window: int, where: Setting) -> np.ndarray:
    """Forecast minus truth of each network, (S, Y): each reads the `window` weeks before the forecast."""
    said = [forecast.by_lstm(model, where.scale, window, where.known.change, where.places) for model in found]
    return np.array(said) - where.truth


def ar_errors(lags: Sequence[int], where: Setting) -> np.ndarray:
    """Forecast minus truth of the autoregression with these lags, (Y,)."""
    coefficients = forecast.fit_ar(where.past, lags, where.horizon)
    return forecast.by_ar(coefficients, lags, where.known.change, where.places) - where.truth


def plain_errors(where: Setting) -> dict[str, np.ndarray]:
    """Forecast minus truth of what needs no choice: no change, as last year, the calendar. Each (Y,)."""
    calendar = forecast.fit_calendar(where.past, where.horizon)
    said = {
        "no change": np.zeros(len(where.places)),
        "as last year": forecast.as_last_year(where.known.change, where.places, where.horizon),
        "calendar": forecast.by_calendar(calendar, where.known.date[where.places]),
    }
    return {name: row - where.truth for name, row in said.items()}


def lags_of(name: str, horizon: int) -> list[int]:
    """The lags of "AR(8)", "AR(8), 1 season" or "AR(8), 2 seasons".

    A season has the weeks to be forecast, one year before, or one and two years before. Raises ValueError for others.
    """
    order, comma, rest = name.removeprefix("AR(").partition(")")[0], "," in name, name.partition(", ")[2]
    if not (name.startswith("AR(") and order.isdigit() and (not comma or rest in ("1 season", "2 seasons"))):
        raise ValueError(f"name: expected AR(p), AR(p), 1 season or AR(p), 2 seasons, got {name!r}")
    lags = set(range(1, checks.whole("name, its order", int(order), 1) + 1))
    for year in range(1, int(rest[0]) + 1 if comma else 1):
        lags |= set(range(year * weeks.YEAR - horizon + 1, year * weeks.YEAR + 1))
    return sorted(lags)


def half_lives(found: Sequence[models.Model], window: int, where: Setting) -> np.ndarray:
    """Half-lives in weeks, (S, n), of the forget gates of each network, by the mean of log f over the stretch."""
    x = weeks_read(window, where)
    reads = [np.zeros((window, x.shape[1], len(model.layer.b_f))) for model in found]
    for each, model in zip(reads, found, strict=True):
        each[-1] = model.W[0]
    return np.array([audit(m.layer, x, r).half_lives.of_mean for m, r in zip(found, reads, strict=True)])


def slopes(found: Sequence[models.Model], window: int, where: Setting) -> np.ndarray:
    """Derivative of each forecast with respect to the change k weeks before it, k = 1 first: (S, Y, window).

    An autoregression has its coefficients here.
    """
    x = weeks_read(window, where)
    dy = np.zeros((*x.shape[:2], 1))
    dy[-1] = where.scale.std_ahead / where.scale.std  # the forecast is the last output
    return np.array([models.input_gradient(model, x, dy)[::-1, :, 0].T for model in found])


def weeks_read(window: int, where: Setting) -> np.ndarray:
    """What the networks read, (window, Y, 1): the scaled changes before each place."""
    read = windows(where.known.change, where.places, window)
    return (read - where.scale.mean) / where.scale.std
