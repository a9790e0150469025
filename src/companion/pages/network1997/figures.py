"""The experiments of 1997 as figures: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

LOOKS = {
    "1997, truncated": ("o", INK),
    "1997, full gradient": ("s", LIGHT["direct"]),
    "today, chrono": ("^", LIGHT["f"]),
    "today, forget bias": ("v", LIGHT["g"]),
    "today, uniform": ("x", MUTED),
}


@styled
def to_success(
    published: Mapping[str, int], met: Mapping[str, Mapping[str, ArrayLike]], missed: Mapping[str, Mapping[str, int]]
) -> Figure:
    """Sequences to success, a row for each task, on a log axis.

    published maps a task to a number, a bar across its row; met[method][task] are the runs that met the rule, a mark
    each; missed[method][task] is how many of the runs did not: "0/5" stands beside the mark of a method at the right.
    Raises TypeError or ValueError that names the argument.
    """
    tasks = list(published)
    figure = new(1.2 + 0.75 * len(tasks))
    axes = figure.subplots()
    shown = [method for method in LOOKS if method in met]
    for row, task in enumerate(tasks):
        axes.plot([published[task]] * 2, [row - 0.42, row + 0.42], color=INK, lw=2.2)
        for k, method in enumerate(shown):
            if task not in met[method]:
                continue
            marker, colour = LOOKS[method]
            found = checks.array(f"met[{method!r}][{task!r}]", met[method][task], (len(met[method][task]),))  # type: ignore[arg-type]
            y = row - 0.32 + 0.64 * k / max(1, len(shown) - 1)
            axes.plot(found, np.full(len(found), y), marker, color=colour, mfc="none", ms=5)
            runs = len(found) + missed[method][task]
            margin = axes.get_yaxis_transform()
            axes.plot(1.02, y, marker, color=colour, mfc="none", ms=4, transform=margin, clip_on=False)
            axes.annotate(
                f"{len(found)}/{runs}", (1, y), (14, 0), xycoords=margin, va="center", size=8,
                color=colour, textcoords="offset points",
            )  # fmt: skip
    for row in range(len(tasks) - 1):
        axes.axhline(row + 0.5, color=RULE, lw=0.8)
    axes.set(yticks=range(len(tasks)), yticklabels=tasks, ylim=(len(tasks) - 0.5, -0.5))
    axes.set(xscale="log", xlabel="training sequences until the rule of 1997 is met")
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.plot([], [], color=INK, lw=2.2, label="published mean")
    for method in shown:
        marker, colour = LOOKS[method]
        axes.plot([], [], marker, color=colour, mfc="none", label=method)
    figure.legend(loc="outside upper center", ncols=3, columnspacing=1.2, handletextpad=0.3)
    return figure


@styled
def backwards(curves: Mapping[str, Sequence[ArrayLike]]) -> Figure:
    """||dl/dc^(t)|| over ||dl/dc^(T)|| against steps before the end: lines for each name in `curves`.

    The first name is drawn whole, the second dashed, the third dotted. Raises TypeError or ValueError.
    """
    figure = new(3.0)
    axes = figure.subplots()
    looks = zip(("-", "--", ":"), (INK, LIGHT["direct"], LIGHT["g"]), strict=True)
    for (name, lines), (style, colour) in zip(curves.items(), looks, strict=False):
        for line in lines:
            y = checks.array(f"curves[{name!r}]", line, (None,))
            axes.plot(np.arange(len(y))[::-1], y, style, color=colour, lw=1.1)
        axes.plot([], [], style, color=colour, label=name)
    axes.set(xlabel="steps before the end", ylabel=r"$\|dl/dc^{(t)}\| \, / \, \|dl/dc^{(T)}\|$")
    axes.set_ylim(bottom=0)
    axes.invert_xaxis()
    axes.legend(loc="best")
    return figure
