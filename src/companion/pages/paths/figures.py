"""The figure of single paths: labels and numbers in, a `Figure` out, nothing computed."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED
from lstm import checks


@styled
def contributions(labels: Sequence[str], values: ArrayLike) -> Figure:
    """One signed bar a path, from zero, its label above it and its value beside it: labels and values of length N.

    The direct path, whose label names no h, has the colour "direct" of the palette. Raises TypeError or ValueError that
    names the argument and both shapes.
    """
    values = checks.array("values", values, (None,))
    if len(labels) != len(values):
        raise ValueError(f"labels: expected {len(values)}, one a value, got {len(labels)}")
    figure = new(0.5 + 0.42 * len(values))
    axes = figure.subplots()
    for row, (label, value) in enumerate(zip(labels, values, strict=True)):
        colour = LIGHT["h"] if "h" in label else LIGHT["direct"]
        axes.barh(row + 0.22, value, height=0.3, color=colour)
        axes.annotate(label, (0, row - 0.2), (3, 0), textcoords="offset points", va="center", color=INK, size=9)
        place: dict[str, Any] = {"xytext": (4 if value >= 0 else -4, 0), "ha": "left" if value >= 0 else "right"}
        axes.annotate(
            f"{value:+.3g}", (value, row + 0.22), textcoords="offset points", va="center", color=colour, **place
        )
    low, high = min(0, *values), max(0, *values)
    axes.set(
        xlim=(low - 0.15 * (high - low) * (low < 0), high + 0.6 * (high - low)), ylim=(len(values), -0.6), yticks=[]
    )
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.spines[["left"]].set_visible(False)
    axes.set_xlabel("what the path adds to the derivative")
    return figure
