"""Windows of a yearly series, and the batches that a network learns from them to forecast one year ahead.

A place t is a position in the series; its window is series[t-length:t], and what is to be forecast series[t].
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.training.tasks import Batch

WINDOW = 40  # years that a network reads before it forecasts


def windows(series: ArrayLike, places: ArrayLike, length: int = WINDOW) -> np.ndarray:
    """x of shape (length, B, 1): sequence b holds series[t-length:t], t = places[b].

    series (Y,), its type kept; places (B,), whole numbers. Raises TypeError or ValueError that names the argument.
    """
    series = checks.array("series", series, (None,))
    places = check_places(places, length, len(series))
    return series[places - length + np.arange(length)[:, None]][..., None]


def batch(z: ArrayLike, places: ArrayLike, length: int = WINDOW, *, warm_up: int) -> Batch:
    """The windows before `places` in one `Batch`: at each step the target is the next year, read from `warm_up` on.

    z, shape (Y,), is the scaled series; the last target of sequence b is z[places[b]]. The step `warm_up`, 1 to
    `length`, is the first that is read. All has the type of z. Raises TypeError or ValueError that names the argument.
    """
    warm_up = checks.whole("warm_up", warm_up, 1, length)
    places = check_places(places, length, len(checks.array("z", z, (None,))), known=True)
    x, y = windows(z, places, length), windows(z, places + 1, length)
    read = np.repeat(np.arange(1, length + 1)[:, None] >= warm_up, len(places), axis=1)
    return Batch(x, y, read.astype(x.dtype), np.full(len(places), length))


def check_places(places: ArrayLike, least: int, count: int, known: bool = False) -> np.ndarray:
    """Return places, (B,), if whole numbers with `least` years before each, else raise TypeError or ValueError.

    The place after the last of the `count` years may be one, too: unless `known`, that year's number being wanted.
    """
    places = np.asarray(places)
    last = count - 1 if known else count
    if places.dtype.kind not in "iu" or places.ndim != 1 or not len(places):
        raise TypeError(f"places: expected whole numbers of shape (B,), got {places.dtype} of shape {places.shape}")
    if places.min() < least or places.max() > last:
        raise ValueError(f"places: expected {least} to {last}, got {places.min()} to {places.max()}")
    return places
