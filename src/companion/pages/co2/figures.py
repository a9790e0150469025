"""Figures of the carbon dioxide: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping
from itertools import cycle

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

LOOKS = (("-", "o", LIGHT["h"]), ("--", "s", LIGHT["f"]), (":", "^", LIGHT["g"]))


@styled
def weeks_and_quarters(date: ArrayLike, change: ArrayLike, ahead: ArrayLike) -> Figure:
    """Above: the weekly changes, what is read. Below: the change over the 13 weeks from each week on, what is asked.

    date: years as numbers, change, ahead: all (Y,). Raises ValueError that names the argument and both shapes.
    """
    date = checks.array("date", date, (None,))
    change, ahead = checks.array("change", change, date.shape), checks.array("ahead", ahead, date.shape)
    figure = new(4.2)
    panels = figure.subplots(2, sharex=True)
    titles = ("read: change in a week, ppm", "asked: change in the 13 weeks that follow, ppm")
    for axes, values, title in zip(panels, (change, ahead), titles, strict=True):
        axes.axhline(0, color=RULE, lw=0.8)
        axes.plot(date, values, "-", color=INK, lw=1)
        axes.set_title(title, loc="left", color=MUTED)
    panels[1].set(xlabel="year")
    return figure


@styled
def memory(
    windows: ArrayLike,
    panels: Mapping[str, Mapping[str, ArrayLike]],
    *,
    ring: Mapping[str, tuple[str, int]] | None = None,
) -> Figure:
    """RMSE against the weeks that are read: a panel for each horizon, a line for each method.

    windows: (K,). panels: {horizon: {method: (K,), or (S, K) of S seeds}}; of seeds the line is their root mean square
    and the band all of them. ring: {horizon: (method, window)}, marked.
    Raises ValueError that names the argument and both shapes.
    """
    windows = checks.array("windows", windows, (None,))
    figure = new(3.6)
    for axes, (panel, lines) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels.items(), strict=True):
        for (method, values), (dash, mark, colour) in zip(lines.items(), cycle(LOOKS), strict=False):
            rows = checks.array(f"panels[{panel!r}][{method!r}]", np.atleast_2d(values), (None, len(windows)))
            middle = np.sqrt(np.mean(rows**2, axis=0))
            axes.fill_between(windows, rows.min(axis=0), rows.max(axis=0), color=colour, alpha=0.15, lw=0)
            axes.plot(windows, middle, ls=dash, marker=mark, color=colour, ms=4.5, label=method)
            if ring and ring[panel][0] == method:
                place = list(windows).index(ring[panel][1])
                axes.plot(windows[place], middle[place], "o", ms=13, mfc="none", mec=INK, mew=1.6)
        axes.set_title(panel, loc="left", color=MUTED)
        axes.set(xscale="log", xlabel="weeks read", ylim=(0, None))
        axes.set_xticks(windows, [f"{w:g}" if k != len(windows) - 2 else "" for k, w in enumerate(windows)])  # too near
        axes.minorticks_off()
    figure.axes[0].set(ylabel="RMSE, ppm")
    handles, labels = figure.axes[-1].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, handlelength=2.6, fontsize=9.5)
    return figure
