"""Figures of the training chapter: a sequence of the task, what each step is felt, learning curves. Arrays in."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import LIGHT, MUTED, RULE
from lstm import checks

# Colour and dash of each kind of `runs.KINDS`, which is named as in the tables; the level at which its name stands.
KINDS = {
    "bias 1": (LIGHT["f"], "-", 0.03),
    "bias 0": (LIGHT["g"], "--", 0.03),
    "chrono": (LIGHT["direct"], "-.", 0.004),
    "rnn": (LIGHT["h"], ":", 0.0),
}


def stems(axes: Axes, values: np.ndarray, marked: np.ndarray, *, sizes: tuple[float, float], shift: float) -> None:
    """The numbers of a sequence over its steps: dots, and at the marked steps stems that say their number.

    sizes: of the dots without and with a mark; shift: of a number from its dot, in points.
    """
    steps = np.arange(1, len(values) + 1)
    axes.plot(steps[~marked], values[~marked], "o", ms=sizes[0], color=RULE)
    axes.vlines(steps[marked], 0, values[marked], color=LIGHT["h"], lw=1.6)
    axes.plot(steps[marked], values[marked], "o", ms=sizes[1], color=LIGHT["h"])
    for step, value in zip(steps[marked], values[marked], strict=True):
        box = dict(boxstyle="square,pad=0.1", fc="white", ec="none", alpha=0.85)
        axes.annotate(f"{value:.2f}", (step, value), (shift, 0), textcoords="offset points", color=LIGHT["h"], bbox=box)


@styled
def example(values: ArrayLike, marks: ArrayLike, target: ArrayLike) -> Figure:
    """One sequence of the adding problem: `values` and `marks` (0 or 1), both (T,), and the sum of the two marked.

    Raises TypeError or ValueError that names the argument.
    """
    values = checks.array("values", values, (None,))
    marked = checks.array("marks", marks, values.shape) == 1
    target = checks.array("target", target, ())
    figure = new(2.6)
    axes = figure.subplots()
    stems(axes, values, marked, sizes=(3, 7), shift=8)
    axes.set(xlabel="step $t$", ylabel="number", ylim=(-0.05, 1.1), xlim=(0, len(values) + 1))
    axes.set_title(f"marked: long stems; target {target:.2f}", loc="left", color=MUTED)
    return figure


@styled
def felt(steps: ArrayLike, curves: Mapping[str, ArrayLike]) -> Figure:
    """Size of the gradient by the input at each of `steps`, (T,), on a log axis: `curves` maps kinds to arrays (T,).

    Raises TypeError or ValueError that names the argument.
    """
    steps = checks.array("steps", steps, (None,))
    figure = new(3.2)
    axes = figure.subplots()
    for kind, values in curves.items():
        values = checks.array(f"curves[{kind!r}]", values, steps.shape)
        colour, dash, _ = _look("curves", kind)
        axes.plot(steps, values, ls=dash, color=colour)
        at, below = len(steps) // 4, kind == "bias 0"  # whose line lies close to that of the plain network
        where: dict[str, Any] = dict(
            xytext=(6, -14) if below else (0, 5), ha="left" if below else "right", textcoords="offset points"
        )
        axes.annotate(kind, (steps[at], values[at]), color=colour, **where)
    axes.set(yscale="log", xlabel="step $t$", ylabel="relative to the last step", xlim=(steps[0], steps[-1]))
    axes.yaxis.set_major_locator(LogLocator(numticks=7))
    axes.yaxis.set_minor_formatter(NullFormatter())
    return figure


@styled
def learning(
    updates: ArrayLike, each: Mapping[str, ArrayLike], middle: Mapping[str, ArrayLike], levels: Mapping[str, float]
) -> Figure:
    """Learning curves on a log axis: a band from the least to the largest seed, and their median, named beside it.

    updates (K,); `each` maps kinds to arrays (S, K), `middle` the same kinds to (K,); `levels` maps words to the loss
    at which a horizontal line carries them. Raises TypeError or ValueError that names the argument.
    """
    updates = checks.array("updates", updates, (None,))
    if each.keys() != middle.keys():
        raise ValueError(f"middle: expected the keys of each, {list(each)}, got {list(middle)}")
    figure = new(3.4)
    axes = figure.subplots()
    for words, level in levels.items():
        axes.axhline(float(checks.array(f"levels[{words!r}]", level, ())), color=MUTED, lw=0.8, zorder=0)
        axes.text(updates[-1], level, words, color=MUTED, ha="right", va="top", size=9.5)
    taken = set()  # levels at which a name stands: the next one goes to the other side of its curve
    for kind in sorted(each, key=lambda k: _fall(middle[k], _look("each", k)[2])):
        colour, dash, level = _look("each", kind)
        seeds = checks.array(f"each[{kind!r}]", each[kind], (None, len(updates)))
        values = checks.array(f"middle[{kind!r}]", middle[kind], updates.shape)
        axes.fill_between(updates, seeds.min(axis=0), seeds.max(axis=0), color=colour, alpha=0.14, lw=0)
        axes.plot(updates, values, ls=dash, color=colour, lw=2)
        at = _fall(values, level)
        if at < len(updates):
            shift, side = ((6, 0), "left") if level in taken else ((-6, 0), "right")
            taken.add(level)
        else:
            at, shift, side = len(updates) // 2, (0, 12), "center"
        look: dict[str, Any] = dict(
            color=colour, va="center", bbox=dict(boxstyle="square,pad=0.1", fc="white", ec="none", alpha=0.8)
        )
        axes.annotate(kind, (updates[at], values[at]), shift, textcoords="offset points", ha=side, **look)
    axes.set(yscale="log", xlabel="updates", ylabel="mean squared error", xlim=(0, updates[-1]))
    return figure


def _fall(values: ArrayLike, level: float) -> int:
    """Index of the first value below `level`, the length if there is none."""
    below = np.asarray(values) < level
    return int(below.argmax()) if below.any() else below.size


def _look(argument: str, kind: str) -> tuple[str, str, float]:
    return KINDS[checks.one_of(argument, kind, tuple(KINDS))]
