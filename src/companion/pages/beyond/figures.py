"""The figure that compares the chains of several cells: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter
from numpy.typing import ArrayLike

from companion.style.curves import power
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED
from lstm import checks

COLUMNS = 2


@styled
def chains_compared(
    steps: ArrayLike, true: Mapping[str, ArrayLike], direct: Mapping[str, ArrayLike], *, x_label: str = "steps back"
) -> Figure:
    """One panel a cell, all on the same axes: what the true chain and the product of the direct factors leave.

    steps has shape (K,). `true` maps a cell's name to quartiles (3, K) of the norm, positive; `direct` the same names
    to the median (K,) of the norm of the product of the direct factors; where it is zero nothing is drawn, and a cell
    whose products are zero for all steps but the first is said to have no direct path. Raises TypeError or ValueError
    that names the argument and both shapes.
    """
    steps = checks.array("steps", steps, (None,))
    if not true or true.keys() != direct.keys():
        raise ValueError(f"direct: expected the keys of true, {list(true)}, got {list(direct)}")
    rows = -(-len(true) // COLUMNS)
    figure = new(0.7 + 1.75 * rows)
    grid = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, name in zip(grid, true, strict=False):
        _panel(axes, steps, checks.array(f"true[{name!r}]", true[name], (3, len(steps))), name)
        _direct(axes, steps, checks.array(f"direct[{name!r}]", direct[name], steps.shape))
    for axes in grid[len(true) :]:
        axes.set_axis_off()
    for axes in grid[max(0, len(true) - COLUMNS) : len(true)]:
        axes.set_xlabel(x_label)
        axes.tick_params(labelbottom=True)
    first = grid[0]
    first.set_yscale("log")
    first.yaxis.set_major_locator(LogLocator(numticks=6))
    first.yaxis.set_major_formatter(FuncFormatter(power))
    first.yaxis.set_minor_formatter(NullFormatter())
    first.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    first.set(xlim=(steps[0], steps[-1]))
    figure.legend(*first.get_legend_handles_labels(), loc="outside upper left", ncols=1, handlelength=2.6)
    return figure


def _panel(axes: Axes, steps: np.ndarray, quartiles: np.ndarray, name: str) -> None:
    if not (quartiles > 0).all():
        raise ValueError(f"true[{name!r}]: expected positive norms, got {quartiles.min()}")
    axes.fill_between(steps, quartiles[0], quartiles[2], color=INK, alpha=0.2, lw=0)
    axes.plot(steps, quartiles[1], color=INK, label="true chain: median and middle half")
    axes.set_title(name, loc="left", color=INK)
    axes.axhline(1, color=MUTED, lw=0.6, zorder=0)


def _direct(axes: Axes, steps: np.ndarray, values: np.ndarray) -> None:
    if len(values) > 1 and not values[1:].any():
        axes.text(0.96, 0.06, "no direct path", color=LIGHT["direct"], ha="right", transform=axes.transAxes)
        return
    shown = np.where(values == 0, np.nan, values)
    axes.plot(steps, shown, "--", color=LIGHT["direct"], label="product of the direct factors: median")
