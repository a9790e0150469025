"""The layer's speed as a figure: arrays in, a `Figure` out, nothing measured."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks


@styled
def ratios(
    sizes: ArrayLike,
    to_torch: Mapping[str, ArrayLike],
    quartiles: Mapping[str, ArrayLike],
    products: Mapping[str, ArrayLike],
) -> Figure:
    """Time over torch's, one panel for each type, one line for each size.

    sizes (S, 4) holds B, T, m, n. The others map the type's name to arrays: to_torch (S,) medians, quartiles
    (S, 2), products (S,) the time of the matrix products alone. Raises TypeError or ValueError that names the argument.
    """
    sizes = checks.array("sizes", sizes, (None, 4)).astype(int)
    S, names = len(sizes), list(to_torch)
    figure = new(0.9 + 0.36 * S)
    panels = figure.subplots(1, len(names), sharex=True, sharey=True, squeeze=False)[0]
    rows, lowest = np.arange(S), 0.5
    for axes, name in zip(panels, names, strict=True):
        middle = checks.array(f"to_torch[{name!r}]", to_torch[name], (S,))
        span = checks.array(f"quartiles[{name!r}]", quartiles[name], (S, 2))
        limit = checks.array(f"products[{name!r}]", products[name], (S,))
        axes.axvline(1, color=RULE, lw=1, zorder=0)
        axes.plot(limit, rows, "s", color=LIGHT["x"], mfc="white")
        axes.hlines(rows, *span.T, color=LIGHT["f"], lw=4, alpha=0.5)
        axes.plot(middle, rows, "o", color=LIGHT["f"])
        for k in range(S):
            axes.annotate(f"{middle[k]:.2f}", (middle[k], k), (0, 6), textcoords="offset points", ha="center", size=9)
        axes.set(xscale="log", xlabel="time / time of torch", title=name)
        lowest = min(lowest, limit.min(), middle.min())
        if axes is panels[0]:
            axes.annotate("layer", (middle[0], 0), (7, -4), textcoords="offset points", color=LIGHT["f"])
        if axes is panels[-1]:
            axes.annotate("products", (limit[0], 0), (-7, -4), textcoords="offset points", color=MUTED, ha="right")
    ticks = [tick for tick in (0.001, 0.01, 0.1, 1) if tick > lowest / 2]
    panels[0].set(xlim=(lowest / 2, 2.8), xticks=ticks, xticklabels=[f"{tick:g}" for tick in ticks])
    panels[0].set(yticks=rows, yticklabels=["  ".join(map(str, size)) for size in sizes], ylim=(S - 0.4, -0.8))
    panels[0].set_ylabel("$B$  $T$  $m$  $n$", color=INK)
    for axes in panels:
        axes.minorticks_off()
    return figure


def stored(results: Mapping[str, Any], threads: int) -> dict[str, Any]:
    """The arguments of `ratios` from the dict in results/layer.json, for this number of threads.

    Raises ValueError where nothing was measured with so many.
    """
    checks.one_of("threads", threads, sorted({r["threads"] for r in results["rows"]}))
    rows = [r for r in results["rows"] if r["threads"] == threads]
    names = list(dict.fromkeys(r["dtype"] for r in rows))
    of = {name: [r for r in rows if r["dtype"] == name] for name in names}
    return {
        "sizes": np.array([[r[k] for k in ("B", "T", "m", "n")] for r in of[names[0]]]),
        "to_torch": {name: np.array([r["to_torch"] for r in of[name]]) for name in names},
        "quartiles": {name: np.array([r["quartiles"]["to_torch"] for r in of[name]]) for name in names},
        "products": {name: np.array([r["products_ms"] / r["torch_ms"] for r in of[name]]) for name in names},
    }
