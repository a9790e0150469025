"""A figure of who forecast better, and how sure that is: a ratio with its interval for each stretch of time."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks


@styled
def ratios(
    rows: Mapping[str, ArrayLike],
    *,
    chosen: Collection[str] = (),
    names: tuple[str, str] = ("LSTM", "AR(9)"),
    mark: str = "recipe chosen here",
) -> Figure:
    """A row for each stretch: RMSE of names[0] / RMSE of names[1] as a point, its interval as a line; 1 is marked.

    rows: {label: (ratio, low, high)}. chosen: the labels of the rows on which the recipe was chosen, hollow and named.
    Raises ValueError that names the argument.
    """
    if unknown := set(chosen) - set(rows):
        raise ValueError(f"chosen: expected labels of {list(rows)}, got {sorted(unknown)}")
    values = np.array([checks.array(f"rows[{label!r}]", row, (3,)) for label, row in rows.items()])
    figure = new(0.9 + 0.42 * len(rows))
    axes = figure.subplots()
    axes.axvline(1, color=RULE, lw=1.2, zorder=0)
    for place, (label, (ratio, low, high)) in enumerate(zip(rows, values, strict=True)):
        fill = "white" if label in chosen else LIGHT["h"]
        axes.plot([low, high], [place, place], color=LIGHT["h"], lw=2, solid_capstyle="butt")
        axes.plot(ratio, place, "o", color=LIGHT["h"], mfc=fill, ms=8, mew=1.8)
        if label in chosen:
            below, middle = (0, -7), (low + high) / 2
            looks: dict[str, Any] = dict(color=INK, fontsize=9.5, ha="center", va="top")
            axes.annotate(mark, (middle, place), below, textcoords="offset points", **looks)
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlabel=f"RMSE {names[0]} / RMSE {names[1]}")
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_title(f"left of 1: {names[0]} ahead", loc="left", color=MUTED)
    return figure
