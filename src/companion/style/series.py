"""Series over time, one row of a figure each: what the pages on gates and states share."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new
from companion.style.palette import LIGHT, MUTED
from lstm import checks


def over_time(
    times: ArrayLike,
    rows: Mapping[str, tuple[str, ArrayLike]],
    x: ArrayLike | None,
    x_label: str,
    unit: int | None,
    time_label: str,
) -> Figure:
    """One axes a row, sharing the time axis; `rows` maps a symbol to (label, values of shape (T, n)).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    times = checks.array("times", times, (None,))
    series: list[tuple[str, str, np.ndarray, int | None]] = (
        [] if x is None else [("x", x_label, checks.array("x", x, times.shape)[:, None], None)]
    )
    shape = (len(times), None)
    for k, (label, values) in rows.items():
        values = checks.array(k, values, shape)
        shape = values.shape
        series.append((k, label, values, unit and checks.whole("unit", unit, 1, shape[1])))
    figure = new(0.5 + 0.95 * len(series))
    grid = figure.subplots(len(series), sharex=True, squeeze=False)[:, 0]
    for axes, (k, label, values, thick) in zip(grid, series, strict=True):
        lines = axes.plot(times, values, color=LIGHT[k], lw=1.2 if k == "x" else 0.8)
        if thick:
            lines[thick - 1].set(linewidth=2, zorder=3)
        axes.set_title(label, loc="left", color=LIGHT[k], pad=4)
    if unit:
        grid[0].set_title(f"thick: unit {unit}", loc="right", color=MUTED, pad=4)
    grid[-1].set(xlabel=time_label, xlim=(times[0], times[-1]))
    return figure
