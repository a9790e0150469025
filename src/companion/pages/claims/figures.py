"""The figures of the chapter on the claims: numbers of networks in, a `Figure` out, nothing computed but logarithms.

A group of networks has a name and a mark; where two rates are beside each other, the larger one is filled.
"""

from collections.abc import Iterable, Mapping
from itertools import product as pairs
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.pages.claims.protocol import ALIVE
from companion.pages.claims.setting import RATES
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED
from lstm import checks

FLOOR = 1e-6  # smaller norms and products are drawn at the edge
Groups = Mapping[str, Mapping[str, ArrayLike]]  # {label: {name: numbers, one a network}}
Looks = dict[str, dict[str, Any]]  # {name: mark and colour}


def _look(marker: str, colour: str, filled: bool = False) -> dict[str, Any]:
    return {"ls": "none", "marker": marker, "color": colour, "mfc": colour if filled else "none"}


def _at_rates(names: Iterable[tuple[str, str, str]]) -> Looks:
    """Looks of "name, rate" from (name, marker, colour)."""
    return {f"{name}, {r:g}": _look(m, colour, r == max(RATES)) for (name, m, colour), r in pairs(names, RATES)}


STAGE_LOOKS = {"initialised": _look("o", MUTED)} | _at_rates(
    [("solved", "D", LIGHT["direct"]), ("long after", "s", LIGHT["f"])]
)
STAGE_LOOKS |= {f"failed, {r:g}": _look(m, LIGHT["h"]) for r, m in zip(RATES, "x+", strict=True)}
KEPT_LOOKS = _at_rates(
    [("by the loss", "o", LIGHT["h"]), ("by the chain", "D", LIGHT["direct"]), ("of its own", "s", LIGHT["f"])]
)
CHANGE_LOOKS = _at_rates(
    [
        ("$f < 0.1$ cleared", "o", MUTED),
        ("random $f$ cleared", "D", LIGHT["direct"]),
        ("same doses", "s", LIGHT["f"]),
    ]
)
SIZE_LOOKS = _at_rates([("share of squares", "^", LIGHT["h"]), ("medians", "v", LIGHT["o"])])
TASK_LOOKS = [_look(*one) for one in zip("oDs^v", (LIGHT[k] for k in "ifogh"), strict=True)]


@styled
def gates(near: Groups, tenths: Groups) -> Figure:
    """Claim A. Left: fractions of gates near 0 or 1, a mark a network; right: how all gates are distributed.

    near: {label: {name: fractions (N,)}}, tenths: {label: {name: (10,)}}, fractions in [0, .1), ...; names of
    `STAGE_LOOKS`. Raises ValueError that names the argument.
    """
    figure, rows = _rows("near", near, "tenths", tenths)
    for (left, right), (label, stages) in zip(rows, near.items(), strict=True):
        left.axvline(0.2, color=MUTED, ls="--", lw=1)
        _strip(left, label, stages, STAGE_LOOKS)
        left.set(xlim=(-0.03, 1.03))
        right.axhline(0.1, color=MUTED, ls="--", lw=1)
        for name, values in tenths[label].items():
            look = _of(name, STAGE_LOOKS)
            heights = checks.array(f"tenths[{label}]", values, (10,))
            line = "-" if look["mfc"] != "none" else ":" if name.startswith("failed") else "--"
            right.stairs(heights, np.linspace(0, 1, 11), color=look["color"], ls=line)
        right.set(xlim=(0, 1), yticks=[], ylim=(0, None))
        right.spines["left"].set_visible(False)
    rows[-1][0].set_xlabel("fraction within 0.1 of 0 or 1")
    rows[-1][1].set_xlabel("value of a gate")
    return _with_key(figure, STAGE_LOOKS)


@styled
def rates(near: Mapping[str, Groups]) -> Figure:
    """Claim A at two rates: a panel a stage, a mark a seed, its fraction at the larger rate over that at the smaller.

    near: {stage: {label: {"0.02": (N,), "0.005": (N,)}}}, labels the same, five at most. Raises ValueError.
    """
    figure = new(4.4)
    panels = figure.subplots(1, len(near), sharex=True, sharey=True, squeeze=False)[0]
    for axes, (stage, tasks) in zip(panels, near.items(), strict=True):
        axes.plot([0, 1], [0, 1], color=MUTED, lw=1)
        for look, (label, both) in zip(TASK_LOOKS, tasks.items(), strict=False):
            y, x = (checks.array(f"near[{stage}][{label}]", both[f"{r:g}"], (None,)) for r in RATES)
            axes.plot(x, checks.array(f"near[{stage}][{label}]", y, x.shape), **look, ms=4)
        axes.set(xlim=(0, 0.9), ylim=(0, 0.9), aspect="equal", xlabel=f"at the rate {min(RATES):g}")
        axes.set_title(stage, loc="left", color=INK)
    panels[0].set_ylabel(f"near 0 or 1, at {max(RATES):g}")
    return _with_key(figure, dict(zip(next(iter(near.values())), TASK_LOOKS, strict=False)))


@styled
def kept(sufficient: Groups, necessary: Groups) -> Figure:
    """Claim B, a mark a network. Left: of its open units, the part that keeps its gradient; right: of those, open.

    {label: {name: (N,)}}, names of `KEPT_LOOKS`. Raises ValueError that names the argument.
    """
    figure, rows = _rows("sufficient", sufficient, "necessary", necessary, (1, 1))
    for row, label in zip(rows, sufficient, strict=True):
        for axes, groups in zip(row, (sufficient, necessary), strict=True):
            axes.axvline(0.95, color=MUTED, ls="--", lw=1)
            _strip(axes, label, groups[label], KEPT_LOOKS)
            axes.set(xlim=(-0.05, 1.05))
    rows[-1][0].set_xlabel("of the open units, keep")
    rows[-1][1].set_xlabel("of those that keep, open")
    return _with_key(figure, KEPT_LOOKS)


@styled
def columns(product: Mapping[str, ArrayLike], kept: Mapping[str, Mapping[str, ArrayLike]]) -> Figure:
    """Claim B. A point for each unit of each sequence: what it keeps of its gradient over its product of f.

    product: {label: (N,)}, a row of panels each; kept: {name of a measure: {label: (N,)}}, a column each. What is below
    1e-6 is drawn at the edge. Raises ValueError that names the argument.
    """
    figure = new(0.6 + 1.9 * len(product))
    grid = figure.subplots(len(product), len(kept), sharex=True, sharey=True, squeeze=False)
    for column, (name, values) in zip(grid.T, kept.items(), strict=True):
        if values.keys() != product.keys():
            raise ValueError(f"kept: expected the labels of product, {list(product)}, got {list(values)}")
        for axes, label in zip(column, product, strict=True):
            p = checks.array(f"product[{label}]", product[label], (None,))
            t = checks.array(f"kept[{name}][{label}]", values[label], p.shape)
            axes.axhline(ALIVE, color=MUTED, ls="--", lw=1)
            axes.axvline(ALIVE, color=MUTED, ls="--", lw=1)
            axes.plot(np.maximum(p, FLOOR), np.maximum(t, FLOOR), ".", color=INK, ms=2.5, alpha=0.35, mew=0)
            axes.set(xscale="log", yscale="log")
            axes.set_title(f"{label}, {name}", loc="left", color=INK, pad=4, fontsize=10)
        column[-1].set_xlabel("product of $f$")
    return figure


@styled
def interventions(factors: Groups, sizes: Groups) -> Figure:
    """Claim C. Left: loss after over loss before; right: gradient at small f, over that of an even share or elsewhere.

    factors: {label: {name: (N,)}}, names of `CHANGE_LOOKS`; sizes: names of `SIZE_LOOKS`. Both axes are logarithmic.
    Raises ValueError that names the argument.
    """
    figure, rows = _rows("factors", factors, "sizes", sizes)
    for (left, right), label in zip(rows, factors, strict=True):
        for axes, groups, looks in ((left, factors, CHANGE_LOOKS), (right, sizes, SIZE_LOOKS)):
            axes.axvline(1, color=MUTED, ls="--", lw=1)
            _strip(axes, label if axes is left else "", groups[label], looks)
            axes.set(xscale="log")
    rows[-1][0].set_xlabel("loss after / loss before")
    rows[-1][1].set_xlabel("gradient at small $f$")
    return _with_key(figure, CHANGE_LOOKS | SIZE_LOOKS)


def _rows(
    name: str, groups: Groups, other: str, others: Groups, widths: tuple[int, int] = (3, 2)
) -> tuple[Figure, np.ndarray]:
    """A row of two axes for each label, and the axes as a list of rows."""
    if not groups:
        raise ValueError(f"{name}: expected at least one task")
    if groups.keys() != others.keys():
        raise ValueError(f"{other}: expected the labels of {name}, {list(groups)}, got {list(others)}")
    figure = new(1.3 + 1.15 * len(groups))
    return figure, figure.subplots(len(groups), 2, sharex="col", squeeze=False, width_ratios=widths)


def _strip(axes: Axes, label: str, groups: Mapping[str, ArrayLike], looks: Looks) -> None:
    """A line of marks for each group, a mark a network, the median a tick; the label above."""
    for row, (name, values) in enumerate(groups.items()):
        values, look = checks.array(f"{label}, {name}", values, (None,)), _of(name, looks)
        axes.plot(values, np.full(len(values), -row), **look, ms=4)
        axes.plot(np.median(values), -row, "|", color=look["color"], ms=10, mew=2)
    axes.set(yticks=[], ylim=(-max(len(groups), 1) + 0.4, 0.6))
    axes.set_title(label, loc="left", color=INK, pad=3)
    axes.spines["left"].set_visible(False)


def _of(name: str, looks: Looks) -> dict[str, Any]:
    """Mark and colour of a group: the same in every row and in the key."""
    if name not in looks:
        raise ValueError(f"groups: expected names of {list(looks)}, got {name!r}")
    return looks[name]


def _with_key(figure: Figure, looks: Looks) -> Figure:
    """The figure with a key of its marks below."""
    lines = [figure.axes[0].plot([], [], **look)[0] for look in looks.values()]
    figure.legend(lines, list(looks), loc="outside lower center", ncols=2, handletextpad=0.2)
    return figure
