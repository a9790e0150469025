"""The figure of what an input does to an output, for several networks: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import CenteredNorm, ListedColormap
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, RULE
from lstm import checks

COLUMNS = 3
PALE = ListedColormap(colormaps["PuOr_r"](np.linspace(0.1, 0.9, 256)))


@styled
def influences(matrices: Mapping[str, ArrayLike], *, outputs: str = "output", inputs: str = "input") -> Figure:
    """One panel a network, its derivative as a map of colours: row t is output t, column s is input s, both from 1.

    matrices: {name: (N, M)}, the derivative of every output with respect to every input. Each panel has a scale of its
    own, from minus to plus its largest size, and white is zero. Raises TypeError or ValueError that names the argument.
    """
    if not matrices:
        raise ValueError("matrices: expected at least one")
    rows = -(-len(matrices) // COLUMNS)
    figure = new(0.5 + 1.95 * rows)
    grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axes, (name, values) in zip(grid, matrices.items(), strict=False):
        values = checks.array(f"matrices[{name!r}]", values, (None, None))
        edges = (np.arange(size + 1) + 0.5 for size in values.shape[::-1])
        norm = CenteredNorm(halfrange=np.abs(values).max() or 1.0)
        axes.pcolormesh(*edges, values, cmap=PALE, norm=norm, edgecolors=RULE, linewidth=0.4)
        axes.set_title(name, loc="left", color=INK)
        axes.set(aspect="equal", ylim=(len(values) + 0.5, 0.5), xticks=(1, values.shape[1]), yticks=(1, len(values)))
        axes.tick_params(length=0)
    for axes in grid[len(matrices) :]:
        axes.set_axis_off()
    figure.supxlabel(inputs, fontsize=11)
    figure.supylabel(outputs, fontsize=11)
    return figure
