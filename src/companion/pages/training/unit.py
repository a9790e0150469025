"""Figures of one unit of a trained network, and of the times to the solution. Arrays in, nothing computed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.pages.training.figures import KINDS, stems
from companion.style.figures import Figure, new, styled
from companion.style.palette import LIGHT, MUTED, RULE
from lstm import checks


@styled
def over_time(numbers: ArrayLike, marks: ArrayLike, c: ArrayLike, i: ArrayLike, f: ArrayLike) -> Figure:
    """One unit over one sequence of the adding problem, three panels: the numbers, its cell state, its gates.

    All of shape (T,); `marks` are 0 or 1, `c` the cell state, `i` and `f` the input and the forget gate of the unit.
    Raises TypeError or ValueError that names the argument.
    """
    numbers = checks.array("numbers", numbers, (None,))
    marked = checks.array("marks", marks, numbers.shape) == 1
    c, i, f = (checks.array(name, a, numbers.shape) for name, a in (("c", c), ("i", i), ("f", f)))
    steps = np.arange(1, len(numbers) + 1)
    figure = new(5.4)
    top, middle, bottom = figure.subplots(3, sharex=True, height_ratios=(1, 1.3, 1))
    stems(top, numbers, marked, sizes=(2.5, 6), shift=6)
    for step in steps[marked]:
        for axes in (middle, bottom):
            axes.axvline(step, color=LIGHT["h"], lw=0.8, ls=":", zorder=0)
    middle.plot(steps, c, color=LIGHT["c"], lw=1.8)
    middle.axhline(0, color=RULE, lw=0.8, zorder=0)
    bottom.plot(steps, f, color=LIGHT["f"])
    bottom.plot(steps, i, color=LIGHT["i"], ls="--")
    for gate, name, colour, shift in ((f, "forget gate $f$", "f", -9), (i, "input gate $i$", "i", 6)):
        at = int(steps[marked].mean())  # between the marks
        look: dict[str, Any] = dict(color=LIGHT[colour], ha="center", va="top" if shift < 0 else "bottom")
        bottom.annotate(name, (steps[at], gate[at]), (0, shift), textcoords="offset points", **look)
    top.set(ylim=(0, 1.15), ylabel="number")
    middle.set(ylabel="$c^{(t)}$")
    bottom.set(ylim=(-0.05, 1.05), ylabel="gates", xlabel="step $t$", xlim=(0, len(steps) + 1))
    figure.align_ylabels()
    return figure


@styled
def stored(marked: Mapping[str, tuple[ArrayLike, ArrayLike]], others: tuple[ArrayLike, ArrayLike]) -> Figure:
    """What a step changes in a cell state, over the number at that step.

    marked: two names -> (numbers, changes), both (K,), drawn as circles and as diamonds; others: the same of steps
    without a mark, in grey. Raises TypeError or ValueError that names the argument.
    """
    figure = new(3.4)
    axes = figure.subplots()
    looks = (("o", LIGHT["h"], "left"), ("D", LIGHT["direct"], "right"))
    places = dict(others=others, **marked)
    drawn = {name: [checks.array(name, a, (None,)) for a in pair] for name, pair in places.items()}
    axes.plot(*drawn.pop("others"), ".", ms=2, color=MUTED)
    for (name, pair), (marker, colour, side) in zip(drawn.items(), looks, strict=True):
        axes.plot(*pair, marker, ms=4, mfc="none", color=colour, mew=0.8)
        place = {"left": (0.02, 0.08), "right": (0.02, 0.2)}[side]
        sign = "\u25cb" if marker == "o" else "\u25c7"
        axes.annotate(f"{sign} {name}", place, xycoords="axes fraction", color=colour)
    axes.annotate("\u00b7 no mark", (0.02, 0.32), xycoords="axes fraction", color=MUTED)
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    axes.set(xlabel="number at the step", ylabel="$c^{(t)} - c^{(t-1)}$", xlim=(-0.02, 1.02))
    return figure


@styled
def times(groups: Mapping[str, Mapping[str, Sequence[int | None]]], most: int) -> Figure:
    """Updates until the task was solved: a row for each kind of each group, a dot for each seed.

    groups maps words, as "rate 0.02", to {kind: updates, None for not within `most`}. What was not solved is a cross
    at the right. Raises ValueError for a kind that is none of `figures.KINDS`.
    """
    figure = new(0.9 + 0.32 * sum(1 + len(kinds) for kinds in groups.values()))
    axes, row = figure.subplots(), 0
    for words, kinds in groups.items():
        axes.text(0, row, words, color=MUTED, va="center")
        for kind, found in kinds.items():
            row += 1
            colour, _, _ = KINDS[checks.one_of("groups", kind, tuple(KINDS))]
            solved = [k for k in found if k is not None]
            axes.axhline(row, color=RULE, lw=0.6, zorder=0)
            axes.plot(solved, [row] * len(solved), "o", ms=6, color=colour, alpha=0.6, mew=0)
            if unsolved := len(found) - len(solved):
                axes.plot([1.03 * most], [row], "x", ms=6, color=colour, clip_on=False)
                axes.annotate(f"{unsolved}", (1.03 * most, row), (7, 0), textcoords="offset points", va="center")
            axes.annotate(kind, (0, row), (-6, 0), textcoords="offset points", ha="right", va="center", color=colour)
        row += 1
    axes.set(xlim=(0, 1.1 * most), ylim=(row - 0.5, -0.6), yticks=[], xlabel="updates until solved")
    axes.set_title(f"cross: so many seeds unsolved after {most}", loc="left", color=MUTED)
    return figure
