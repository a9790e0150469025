"""Series over time, one row of a figure each: what the pages on gates and states share."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new
from companion.style.palette import INK, LIGHT
from lstm import checks

DASHES = ("-", (0, (5, 1.5)), (0, (1, 1.2)))  # of the units, in this order; a fourth could not be told apart
FIRST = (1, 2, 3)


def over_time(
    times: ArrayLike,
    rows: Mapping[str, tuple[str, ArrayLike]],
    x: ArrayLike | None,
    x_label: str,
    units: Sequence[int],
    time_label: str,
    colours: Mapping[str, str] | None = None,
) -> Figure:
    """One axes a row, sharing the time axis; `rows` maps a symbol to (label, values of shape (T, n)).

    A row has its symbol's colour, or that of the symbol to which `colours` maps it.
    `units`, one to three of them counted from 1, are drawn, each in the line style that the legend above names.
    Raises TypeError or ValueError that names the argument, and both shapes where one does not fit.
    """
    times = checks.array("times", times, (None,))
    if not 1 <= len(units) <= len(DASHES) or len(set(units)) < len(units):
        raise ValueError(f"units: expected one to {len(DASHES)} different ones, got {units!r}")
    series = [] if x is None else [("x", x_label, checks.array("x", x, times.shape)[:, None])]
    shape: tuple[int | None, ...] = (len(times), None)
    for k, (label, values) in rows.items():
        checked = checks.array(k, values, shape)
        shape = checked.shape
        series.append((k, label, checked[:, [checks.whole("units", unit, 1, shape[1]) - 1 for unit in units]]))
    hue = {k: LIGHT[(colours or {}).get(k, k)] for k, _, _ in series}
    figure = new(0.9 + max(1.15 * len(series), 1.8))
    grid = figure.subplots(len(series), sharex=True, squeeze=False)[:, 0]
    for axes, (k, label, shown) in zip(grid, series, strict=True):
        for dash, values in zip(DASHES, np.transpose(shown), strict=False):
            axes.plot(times, values, color=hue[k], lw=1.3, ls=dash)
        axes.set_title(label, loc="left", color=hue[k], pad=4)
    names = [f"unit {unit}" for unit in units]
    looks = [Line2D([], [], color=INK, lw=1.3, ls=dash) for dash in DASHES[: len(units)]]
    figure.legend(looks, names, loc="outside upper left", ncols=len(units), handlelength=3)
    grid[-1].set(xlabel=time_label, xlim=(times[0], times[-1]))
    return figure
