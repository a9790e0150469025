"""The figure of the page on the demand: what cells with more and more gates hold over time. Nothing is computed."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import LIGHT, MUTED
from lstm import checks


@styled
def held(cells: Mapping[str, ArrayLike], marks: ArrayLike, bells: ArrayLike) -> Figure:
    """c^(t) over T steps, a row for each cell: `cells` maps a title to (T,).

    A disc stands at each mark, a line at a bell: marks and bells are 0 or 1, (T,).
    Raises TypeError or ValueError that names the argument.
    """
    marked, rung = (checks.array(name, a, (None,)) == 1 for name, a in [("marks", marks), ("bells", bells)])
    steps = np.arange(1, len(marked) + 1)
    figure = new(0.5 + 1.25 * len(cells))
    grid = figure.subplots(len(cells), sharex=True, squeeze=False)[:, 0]
    for axes, (title, values) in zip(grid, cells.items(), strict=True):
        values = checks.array(f"cells[{title!r}]", values, steps.shape)
        axes.vlines(steps[rung], *(min(-1.5, values.min()), max(1.5, values.max())), color=LIGHT["f"], lw=1, ls=":")
        axes.axhline(0, color=MUTED, lw=0.6)
        axes.step(steps, values, where="post", color=LIGHT["c"])
        axes.plot(steps[marked], values[marked], "o", color=LIGHT["i"])
        axes.set_title(title, loc="left", color=MUTED)
        axes.set_ylabel("$c^{(t)}$")
    grid[-1].set(xlabel="step $t$", xlim=(1, len(steps)))
    return figure
