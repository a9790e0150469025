"""How many compositions must wait, what trained cells err by, product beside chain: arrays in, a `Figure` out."""

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import ScalarFormatter
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks


@styled
def depths(lengths: ArrayLike, sequential: ArrayLike, parallel: ArrayLike) -> Figure:
    """The depth of both bracketings against the length of the sequence, on two log axes; all of shape (K,), positive.

    Raises TypeError or ValueError that names the argument.
    """
    lengths = checks.array("lengths", lengths, (None,))
    lines = {"one after the other": (sequential, INK), "in pairs of pairs": (parallel, LIGHT["direct"])}
    figure = new(3.0)
    axes = figure.subplots()
    for name, (values, colour) in lines.items():
        values = checks.array("sequential" if colour == INK else "parallel", values, lengths.shape)
        axes.plot(lengths, values, color=colour)
        axes.annotate(name, (lengths[-1], values[-1]), (-4, 6), textcoords="offset points", ha="right", color=colour)
    axes.set(xscale="log", yscale="log", xlabel="steps $T$", ylabel="compositions that wait", xlim=lengths[[0, -1]])
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ScalarFormatter())
    return figure


@styled
def dots(panels: Mapping[str, Mapping[str, tuple[ArrayLike, ArrayLike]]], chance: Mapping[str, float]) -> Figure:
    """For each task a panel, for each cell a line of dots, one a seed: filled for short sequences, open for long ones.

    panels: {task: {cell: (errors on short sequences, (S,), on long ones, (S,))}}; chance: {task: the error of a guess}.
    Raises TypeError or ValueError that names the argument.
    """
    figure = new(3.4)
    cells = list(next(iter(panels.values())))
    row_of_axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (task, found) in zip(row_of_axes, panels.items(), strict=True):
        axes.axvline(100 * chance[task], color=RULE, lw=0.8)
        for row, cell in enumerate(cells):
            short, long = (100 * checks.array(f"panels[{task!r}]", values, (None,)) for values in found[cell])
            axes.plot(short, np.full(len(short), row - 0.15), "o", ms=5, color=LIGHT["f"], alpha=0.7)
            axes.plot(long, np.full(len(long), row + 0.2), "o", ms=5, mfc="none", color=LIGHT["h"])
        axes.set(xlabel="wrong answers, %", xlim=(-4, 100 * chance[task] + 8))
        axes.set_title(task, loc="left", color=MUTED)
    row_of_axes[0].set_yticks(range(len(cells)), cells)
    row_of_axes[0].invert_yaxis()
    return figure


@styled
def pairs(chains: Mapping[str, tuple[float, float]]) -> Figure:
    """For each cell a row, on a log axis: {name: (norm of the chain, a disc; of the product, a diamond around it)}.

    Raises TypeError or ValueError that names the argument.
    """
    figure = new(4.2)
    axes = figure.subplots()
    found = np.array([checks.array(f"chains[{name!r}]", both, (2,)) for name, both in chains.items()])
    rows = np.arange(len(found))
    axes.hlines(rows, *found.T, color=RULE, lw=1.2)
    axes.plot(found[:, 1], rows, "D", ms=9, mfc="none", color=LIGHT["direct"], label="product of the direct factors")
    axes.plot(found[:, 0], rows, "o", ms=4.5, color=INK, label="true chain")
    axes.set(xscale="log", xlabel="norm over 20 steps")
    axes.set_yticks(rows, list(chains))
    axes.invert_yaxis()
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)  # above: a norm may lie anywhere
    return figure
