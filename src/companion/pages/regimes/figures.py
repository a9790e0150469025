"""The figure of the regime map: arrays in, a `Figure` out, nothing computed."""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import CenteredNorm, ListedColormap
from numpy.typing import ArrayLike

from companion.style.curves import signed
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, RULE
from lstm import checks

PALE = ListedColormap(colormaps["PuOr_r"](np.linspace(0.15, 0.85, 256)))  # ink stays readable on both ends


@styled
def heatmap(x: ArrayLike, y: ArrayLike, log10_ratio: ArrayLike, *, x_label: str, y_label: str, label: str) -> Figure:
    """A map of log10 of a ratio over x (N,) and y (M,); row k of log10_ratio, (M, N), belongs to y[k].

    Colours are centred at 0; labelled contour lines say the same, dashed below 0, thick at 0.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    x, y = checks.array("x", x, (None,)), checks.array("y", y, (None,))
    values = checks.array("log10_ratio", log10_ratio, (len(y), len(x)))
    figure = new(4.0)
    axes = figure.subplots()
    mesh = axes.pcolormesh(x, y, values, cmap=PALE, norm=CenteredNorm())
    sparse = int(np.ceil(np.ptp(values) / 8)) or 1  # lines 1, 2, 3, ... apart: about eight of them at most
    multiples = sparse * np.arange(np.floor(values.min() / sparse), np.ceil(values.max() / sparse) + 1)
    noise = 1e-9 * np.ptp(values)  # a smallest value of 0 is one of -1e-17 on another processor
    levels = [v for v in multiples if values.min() - noise < v < values.max() + noise]
    if levels:
        widths = [2.0 if v == 0 else 0.9 for v in levels]
        lines = axes.contour(x, y, values, levels=levels, colors=INK, linewidths=widths)
        axes.clabel(lines, fmt=signed, fontsize=11)
    bar = figure.colorbar(mesh, ax=axes, label=label, aspect=30, pad=0.02)
    bar.outline.set_edgecolor(RULE)
    axes.set(xlabel=x_label, ylabel=y_label)
    return figure
