"""The three products over the steps, and the paths from one step: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.style.curves import log_curves, signed
from companion.style.figures import Figure, new, styled
from companion.style.gradients import CHAIN_TITLE, CHAINS
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

ROWS = {
    "direct": ("direct path", LIGHT["direct"]),
    "forget": ("forget gate", LIGHT["f"]),
    "input": ("input gate", LIGHT["i"]),
    "candidate": ("candidate", LIGHT["g"]),
    "output": ("through o", LIGHT["o"]),
}


@styled
def parting(chains: Mapping[str, ArrayLike], parts: Mapping[str, float], t: int, marks: Mapping[str, int]) -> Figure:
    """The products and the true chain over s = 1, ..., T, and dc^(T)/dc^(t) by its paths, as steps that add up.

    chains has product_of_f, product_of_jacobians and chain, of shape (T,); parts has the keys of `ROWS`; marks names
    steps, each drawn as an upright with its name. Raises TypeError or ValueError that names the argument.
    """
    chain = checks.array("chain", chains["chain"], (None,))
    t = checks.whole("t", t, 1, len(chain))
    if parts.keys() != ROWS.keys():
        raise ValueError(f"parts: expected {', '.join(ROWS)}, got {', '.join(parts)}")
    figure = new(6.0)
    top, bottom = figure.subplots(2, height_ratios=(3.4, 2.6))
    log_curves(top, np.arange(1, len(chain) + 1), {k: chains[k] for k in CHAINS}, CHAINS, CHAIN_TITLE)
    for row, (words, step) in enumerate((dict(marks) | {f"$t$ = {t}": t}).items()):
        top.axvline(step, color=MUTED, lw=0.9, ls="--" if words in marks else "-", zorder=0)
        top.annotate(words, (step, 1 - 0.09 * row), (4, -3), xycoords=("data", "axes fraction"), va="top", **LOOK)
    _bars(bottom, parts, float(chain[t - 1]))
    return figure


LOOK: dict[str, Any] = {"textcoords": "offset points", "color": MUTED, "size": 10}


def _bars(axes: Axes, parts: Mapping[str, float], total: float) -> None:
    starts = [0.0, *np.cumsum(list(parts.values()))[:-1], 0.0]
    rows = [(*ROWS[k], float(value)) for k, value in parts.items()] + [("true chain", INK, total)]
    for row, (start, (_, colour, value)) in enumerate(zip(starts, rows, strict=True)):
        axes.barh(row, value, left=start, color=colour, height=0.62)
        axes.annotate(signed(value), (max(start, start + value), row), (5, 0), va="center", **LOOK | {"color": colour})
    axes.set_yticks(range(len(rows)), [words for words, *_ in rows])
    for tick, (_, colour, _) in zip(axes.get_yticklabels(), rows, strict=True):
        tick.set(color=colour, size=11)
    axes.set(ylim=(len(rows) - 0.4, -0.6))
    axes.margins(x=0.15)
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.axhline(len(ROWS) - 0.5, color=RULE, lw=0.8)
    axes.tick_params(axis="y", length=0)
    axes.set_title("the paths from the chosen step $t$", loc="left", color=MUTED)
    axes.spines["left"].set_visible(False)
