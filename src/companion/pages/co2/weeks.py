"""The weekly carbon dioxide of Mauna Loa: its file, its changes from week to week, and what is to be forecast of them.

change[t] = level[t] - level[t-1]. A place t is a position in the series, shape (Y,); a forecast for t with horizon h is
one of level[t+h-1] - level[t-1], h weeks ahead of the last known level, and may look at change[:t] only.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.shared.series import check_places
from lstm import checks

YEAR = 52  # weeks: the lag of the season
FIRST, LAST_TRAIN, LAST_VALIDATION = 1965, 1984, 1992  # before 1965 are 47 of the 59 gaps


class Weeks(NamedTuple):
    """Weeks in order. All of shape (Y,).

    date     datetime64[D], Saturdays, seven days apart
    level    ppm; where a week has no number, the last one before it
    seen     whether the week has a number of its own
    change   level[t] - level[t-1], and 0 at t = 0
    """

    date: np.ndarray
    level: np.ndarray
    seen: np.ndarray
    change: np.ndarray


def read(path: str | Path, last: int) -> Weeks:
    """The `Weeks` of a file of lines yyyymmdd,number from the year `FIRST` to the year `last`; nothing after is kept.

    Raises ValueError where a week is missing altogether, or the first has no number.
    """
    rows = [line.split(",") for line in Path(path).read_text(encoding="utf-8").split()[1:]]
    lines = [(day, number) for day, number in rows if FIRST <= int(day[:4]) <= last]
    date = np.array([f"{day[:4]}-{day[4:6]}-{day[6:]}" for day, _ in lines], dtype="datetime64[D]")
    if (np.diff(date).astype(int) != 7).any() or not lines[0][1]:
        raise ValueError("path: expected weeks without a gap, the first with a number")
    seen = np.array([bool(number) for _, number in lines])
    last_seen = np.maximum.accumulate(np.where(seen, np.arange(len(lines)), 0))
    level = np.array([float(lines[k][1]) for k in last_seen])
    return Weeks(date, level, seen, np.diff(level, prepend=level[0]))


def places_of(weeks: Weeks, horizon: int, first: int, last: int) -> np.ndarray:
    """The places whose whole horizon lies in the years `first` to `last`, and whose last week has a number.

    Raises TypeError or ValueError that names the argument.
    """
    year = weeks.date.astype("datetime64[Y]").astype(int) + 1970
    inside = np.flatnonzero((year >= first) & (year <= last))
    places = inside[: len(inside) - checks.whole("horizon", horizon, 1) + 1]
    places = places[weeks.seen[places + horizon - 1]]
    return check_places(places, 0, len(year), known=True)


def ahead(change: ArrayLike, places: ArrayLike, horizon: int) -> np.ndarray:
    """What is to be forecast: the change over `horizon` weeks from week t - 1 on, (B,).

    Raises TypeError or ValueError that names the argument.
    """
    horizon = checks.whole("horizon", horizon, 1)
    change = checks.array("change", change, (None,))
    places = check_places(places, 0, len(change) - horizon + 1, known=True)
    return change[places[:, None] + np.arange(horizon)].sum(axis=1)
