"""The experiment of 1997 as figures: arrays in, a `Figure` out, nothing computed.

A line style and a marker belong to each initialisation, beside its name: nothing is said by colour alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, MUTED, RULE
from lstm import checks

BESIDE = {"chrono": 0.86, "forget bias": 1.16, "uniform": 1.35}  # T is multiplied: the paper's mark stands at T
LOOKS = {"chrono": ("-", "o", INK), "forget bias": ("--", "s", MUTED), "uniform": (":", "^", MUTED)}


@styled
def curves(block: int, runs: Mapping[str, Sequence[ArrayLike]], *, chance: float, correct: float) -> Figure:
    """Root mean square error against sequences seen, on a log axis: a line for each run.

    `runs` maps an initialisation to a list of arrays, each with the error in blocks of `block` sequences. Lines
    across: `chance`, the error of predicting the mean, and `correct`, what a single error must stay below.
    Raises TypeError or ValueError that names the argument.
    """
    figure = new(3.2)
    axes = figure.subplots()
    for init, lines in runs.items():
        style, _, colour = _look("runs", init)
        for line in lines:
            y = checks.array(f"runs[{init!r}]", line, (None,))
            axes.plot(block * (np.arange(len(y)) + 1), y, style, color=colour, lw=1.2)
        axes.plot([], [], style, color=colour, label=init)
    for level, word in [(chance, "predicting the mean"), (correct, "correct: each error below this")]:
        axes.axhline(level, color=RULE, lw=1, zorder=0)
        axes.annotate(
            word, (1, level), (0, -12), ha="right", color=MUTED, xycoords=axes.get_yaxis_transform(), **_points
        )
    axes.set(xscale="log", yscale="log", xlabel="sequences seen", ylabel="root mean square error")
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(_thousands)
    axes.set(yticks=[0.01, 0.02, 0.05, 0.1, 0.2], yticklabels=["0.01", "0.02", "0.05", "0.1", "0.2"])
    axes.legend(loc="lower right", labelcolor="linecolor")
    return figure


@styled
def to_solve(
    published: Mapping[int, float],
    solved: Mapping[str, Mapping[int, ArrayLike]],
    budgets: Mapping[str, Mapping[int, tuple[int, float]]],
) -> Figure:
    """Sequences to success against T, both on log axes: marks of the paper, and of each run.

    `published` maps T to a number, `solved` an initialisation to {T: array of sequences, one for each run that
    solved}, `budgets` an initialisation to {T: (runs that did not, the budget)}: these stand as arrows at the budget.
    Raises TypeError or ValueError that names the argument.
    """
    figure = new(3.6)
    axes = figure.subplots()
    for init, by_T in solved.items():
        _, marker, colour = _look("solved", init)
        for T, counts in by_T.items():
            y = checks.array(f"solved[{init!r}][{T}]", counts, (None,))
            axes.plot(np.full(len(y), T * BESIDE[init]), y, marker, color=colour, mfc="white", ms=6)
    for init, by_T in budgets.items():
        _, marker, colour = _look("budgets", init)
        for T, (failed, budget) in by_T.items():
            x = T * BESIDE[init]
            axes.plot(x, budget, marker, color=colour)
            axes.annotate("", (x, 1.5 * budget), (x, budget), arrowprops=dict(arrowstyle="->", color=colour))
            axes.annotate(str(failed), (x, 1.5 * budget), (0, 2), ha="center", color=colour, **_points)
    axes.plot(list(published), list(published.values()), "D", color=INK, ms=7, label="1997, mean of 10 trials")
    for init in dict.fromkeys([*solved, *budgets]):
        _, marker, colour = LOOKS[init]
        axes.plot([], [], marker, color=colour, mfc="white", label=f"ours, {init}")
    axes.set(xscale="log", yscale="log", xlabel="$T$", ylabel="sequences to success")
    axes.set(xticks=list(published), xticklabels=[f"{T:,}" for T in published], xlim=(70, 1600))
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(_thousands)
    figure.legend(loc="outside upper center", ncols=2, columnspacing=1.2, handletextpad=0.3)
    return figure


_points: dict[str, Any] = {"textcoords": "offset points", "size": 10}


def _thousands(value: float, _: float | None) -> str:
    return f"{value:,.0f}"


def _look(name: str, init: str) -> tuple[str, str, str]:
    return LOOKS[checks.one_of(name, init, tuple(LOOKS))]


def curves_of(record: Mapping[str, Any], T: int) -> dict[str, list[np.ndarray]]:
    """The argument `runs` of `curves`, from the stored record of the experiment."""
    runs: dict[str, list[np.ndarray]] = {}
    for found in record["runs"]:
        if found["T"] == T and found["init"] in LOOKS:
            runs.setdefault(found["init"], []).append(np.array(found["curve"]))
    return runs


def solved_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments `solved` and `budgets` of `to_solve`, from the stored record of the experiment."""
    solved: dict[str, dict[int, list[int]]] = {}
    budgets: dict[str, dict[int, tuple[int, int]]] = {}
    for found in record["runs"]:
        T, init = found["T"], found["init"]
        if init in LOOKS and found["solved"]:
            solved.setdefault(init, {}).setdefault(T, []).append(found["sequences"])
        elif init in LOOKS:
            failed, _ = budgets.setdefault(init, {}).get(T, (0, 0))
            budgets[init][T] = failed + 1, found["sequences"]
    return {"solved": {k: {T: np.array(v) for T, v in d.items()} for k, d in solved.items()}, "budgets": budgets}
