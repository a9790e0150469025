"""The figures of the chapter on the claims: numbers of networks in, a `Figure` out, nothing computed but logarithms."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.pages.claims.protocol import ALIVE
from companion.pages.claims.setting import STAGES
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED
from lstm import checks

MARKS = dict(zip((*STAGES, "failed"), ("o", "D", "s", "x"), strict=True))
CHANGES = {"$f < 0.1$ set to 0": "o", "random $f$ set to 0": "D", "random $f$, same doses": "s"}
FLOOR = 1e-6  # smaller norms and products are drawn at the edge


Groups = Mapping[str, Mapping[str, ArrayLike]]  # {label: {name: numbers, one a network}}


@styled
def gates(near: Groups, tenths: Mapping[str, ArrayLike]) -> Figure:
    """Claim A. Left: fractions of gates near 0 or 1, a mark a network; right: how all gates are distributed.

    near: {label: {stage: fractions (N,)}}, stages of `MARKS`. tenths: {label: (10,)}, fractions in [0, .1), ....
    Raises ValueError that names the argument.
    """
    figure, rows = _rows(near, 2)
    if near.keys() != tenths.keys():
        raise ValueError(f"tenths: expected the labels of near, {list(near)}, got {list(tenths)}")
    for (left, right), (label, stages) in zip(rows, near.items(), strict=True):
        left.axvline(0.2, color=MUTED, ls="--", lw=1)
        _strip(left, label, stages, MARKS)
        left.set(xlim=(-0.03, 1.03))
        right.bar(np.arange(10) / 10 + 0.05, checks.array(f"tenths[{label}]", tenths[label], (10,)), 0.09, color=INK)
        right.axhline(0.1, color=MUTED, ls="--", lw=1)
        right.set(xlim=(0, 1), yticks=[])
        right.spines["left"].set_visible(False)
    rows[-1][0].set_xlabel("fraction within 0.1 of 0 or 1")
    rows[-1][1].set_xlabel("value of a gate, $i$, $f$ or $o$")
    return _with_key(figure, MARKS)


@styled
def columns(product: Mapping[str, ArrayLike], true: Mapping[str, ArrayLike]) -> Figure:
    """Claim B. A point for each unit of each sequence: its product of f, and the norm of its column of the chain.

    product, true: {label: (N,)}. What is below 1e-6 is drawn at the edge. Raises ValueError that names the argument.
    """
    if product.keys() != true.keys():
        raise ValueError(f"true: expected the labels of product, {list(product)}, got {list(true)}")
    across = 2
    figure = new(0.6 + 2.6 * -(-len(product) // across))
    grid = figure.subplots(-(-len(product) // across), across, sharex=True, sharey=True, squeeze=False)
    for axes, label in zip(grid.ravel(), product, strict=False):
        p = checks.array(f"product[{label}]", product[label], (None,))
        t = checks.array(f"true[{label}]", true[label], p.shape)
        axes.axhline(ALIVE, color=MUTED, ls="--", lw=1)
        axes.axvline(ALIVE, color=MUTED, ls="--", lw=1)
        axes.plot([FLOOR, 1], [FLOOR, 1], color=LIGHT["direct"], lw=1)
        axes.plot(np.maximum(p, FLOOR), np.maximum(t, FLOOR), ".", color=INK, ms=2.5, alpha=0.35, mew=0)
        axes.set(xscale="log", yscale="log")
        axes.set_title(label, loc="left", color=INK, pad=4)
    for axes in grid.ravel()[len(product) :]:
        axes.set_visible(False)
    for axes in grid[-1]:
        axes.set_xlabel("product of $f$")
    for axes in grid[:, 0]:
        axes.set_ylabel("true chain")
    return figure


@styled
def interventions(factors: Groups, carried: Mapping[str, ArrayLike]) -> Figure:
    """Claim C. Left: loss after over loss before, for the changes named in `CHANGES`; right: gradient at small f.

    factors: {label: {change: (N,)}}, a mark a network; carried: {label: (N,)}, 1 is an even share. Both axes are
    logarithmic. Raises ValueError that names the argument.
    """
    if factors.keys() != carried.keys():
        raise ValueError(f"carried: expected the labels of factors, {list(factors)}, got {list(carried)}")
    figure, rows = _rows(factors, 2)
    for (left, right), (label, changes) in zip(rows, factors.items(), strict=True):
        left.axvline(1, color=MUTED, ls="--", lw=1)
        _strip(left, label, changes, CHANGES)
        left.set(xscale="log")
        values = checks.array(f"carried[{label}]", carried[label], (None,))
        right.axvline(1, color=MUTED, ls="--", lw=1)
        right.plot(values, np.zeros(len(values)), "o", color=LIGHT["f"], mfc="none")
        right.set(xscale="log", yticks=[], ylim=(-1, 1))
        right.spines["left"].set_visible(False)
    rows[-1][0].set_xlabel("loss after / loss before")
    rows[-1][1].set_xlabel("gradient / even share")
    return _with_key(figure, CHANGES)


def _rows(groups: Groups, across: int) -> tuple[Figure, np.ndarray]:
    """A row of axes for each label, and the axes as a list of rows."""
    if not groups:
        raise ValueError("near: expected at least one task")
    figure = new(0.9 + 0.95 * len(groups))
    return figure, figure.subplots(len(groups), across, sharex="col", squeeze=False, width_ratios=(3, 2))


def _strip(axes: Axes, label: str, groups: Mapping[str, ArrayLike], marks: Mapping[str, str]) -> None:
    """A line of marks for each group, a mark a network, the median a tick; the label above."""
    for row, (name, values) in enumerate(groups.items()):
        values, look = checks.array(f"{label}, {name}", values, (None,)), _look(name, marks)
        axes.plot(values, np.full(len(values), -row), **look)
        axes.plot(np.median(values), -row, "|", color=look["color"], ms=11, mew=2)
    axes.set(yticks=[], ylim=(-len(groups) + 0.4, 0.6))
    axes.set_title(label, loc="left", color=INK, pad=3)
    axes.spines["left"].set_visible(False)


def _look(name: str, marks: Mapping[str, str]) -> dict[str, Any]:
    """Mark and colour of a group: the same in every row and in the key."""
    if name not in marks:
        raise ValueError(f"groups: expected names of {list(marks)}, got {name!r}")
    colours = (MUTED, LIGHT["direct"], LIGHT["f"], LIGHT["h"])
    return {"ls": "none", "marker": marks[name], "color": colours[list(marks).index(name)], "mfc": "none"}


def _with_key(figure: Figure, marks: Mapping[str, str]) -> Figure:
    """The figure with a key of its marks below."""
    lines = [figure.axes[0].plot([], [], **_look(name, marks))[0] for name in marks]
    figure.legend(lines, list(marks), loc="outside lower center", ncols=2, handletextpad=0.2)
    return figure
