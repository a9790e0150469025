"""The figures of the page on forgetting: the unrolled network drawn, and sizes over lags. Nothing is computed."""

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import LogLocator, NullFormatter
from numpy.typing import ArrayLike

from companion.style.curves import power
from companion.style.drawing import box, stage, text, tint, wire
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED
from lstm import checks

STEPS = 4  # of the drawing
LOOKS = ((LIGHT["f"], "-"), (LIGHT["h"], "--"), (LIGHT["g"], "-."))


@styled
def unrolled() -> Figure:
    """The plain network over four steps: forward along h, and back from the loss, one factor a step, lag by lag."""
    figure, axes = stage(height=3.0)
    x = [0.42 + 1.18 * k for k in range(STEPS + 1)]
    middle, size, above = 1.5, (0.62, 0.42), 0.11
    for k, at in enumerate(x):
        box(axes, at, middle, size, LIGHT["h"], tint(LIGHT["h"]))
        text(axes, at, middle, f"$h^{{({k})}}$", LIGHT["h"], zorder=6)
        if k == 0:
            continue
        left = x[k - 1]
        wire(axes, [(left + size[0] / 2, middle - above), (at - size[0] / 2, middle - above)], INK)
        text(axes, (left + at) / 2, middle - 0.28, "$W_2$", INK, size=11)
        wire(axes, [(at, 0.72), (at, middle - size[1] / 2)], LIGHT["x"])
        text(axes, at, 0.57, f"$x^{{({k})}}$", LIGHT["x"])
        text(axes, at + 0.06, 0.98, "$W_1$", INK, ha="left", size=11)
        text(axes, at, 0.24, f"lag {STEPS - k}", LIGHT["direct"])
        if k > 1:
            ends = [(at - size[0] / 2, middle + above), (left + size[0] / 2, middle + above)]
            wire(axes, ends, LIGHT["direct"], width=2.2)
            text(axes, (left + at) / 2, middle + 0.36, rf"$J^{{({k})}}$", LIGHT["direct"])
    wire(axes, [(x[-1], 2.42), (x[-1], middle + size[1] / 2)], LIGHT["direct"], width=2.2)
    text(axes, x[-1], 2.58, "loss $l$", INK)
    text(axes, 0.11, 2.58, "back: one factor a step", LIGHT["direct"], ha="left")
    text(axes, 0.11, 0.24, "back to", MUTED, ha="left")
    return figure


@styled
def sizes(lags: ArrayLike, bands: Mapping[str, ArrayLike], *, ylabel: str) -> Figure:
    """Quartiles over `lags`, (K,), on a log axis: `bands` maps a label to (3, K), lower quartile, median and upper.

    At most three. Raises TypeError or ValueError that names the argument.
    """
    lags = checks.array("lags", lags, (None,))
    if not 1 <= len(bands) <= len(LOOKS):
        raise ValueError(f"bands: expected one to {len(LOOKS)}, got {len(bands)}")
    figure = new(3.4)
    axes = figure.subplots()
    for (label, values), (colour, dash) in zip(bands.items(), LOOKS, strict=False):
        low, middle, high = checks.array(f"bands[{label!r}]", values, (3, len(lags)))
        axes.fill_between(lags, low, high, color=colour, alpha=0.15, lw=0)
        axes.plot(lags, middle, color=colour, ls=dash)
        axes.annotate(label, (lags[-1], middle[-1]), (6, 0), textcoords="offset points", color=colour, va="center")
    axes.axhline(1, color=MUTED, lw=0.8, zorder=0)
    axes.set(yscale="log", xlabel="lag $k$", xlim=(lags[0], lags[-1]))
    axes.set_title(ylabel, loc="left", color=MUTED)
    axes.yaxis.set_major_locator(LogLocator(numticks=8))
    axes.yaxis.set_major_formatter(power)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xticks(np.linspace(lags[0], lags[-1], 6))
    return figure
