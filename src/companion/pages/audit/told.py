"""The figure of what an audit tells: `Findings` in, a `Figure` out, a row for each finding."""

import numpy as np
from matplotlib.axes import Axes

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks
from lstm.audit.finding import LEVELS, NOTHING, WORDS, Finding, Findings

COLOURS = {"act": LIGHT["h"], "note": INK, "unknown": MUTED}
ROW = 0.29  # inches: the letters are 0.15 high
LEFT, RIGHT = 0.5, 0.82  # of the width: where the units stand; names end before, counts begin after

VALUES = {
    "gradient vanishes": "factor {:.2f} a step",
    "gradient explodes": "factor {:.2f} a step",
    "gradient felt over few steps": "{:.0f} steps",
    "shares of few steps": "like {:.0f} pairs",
    "mostly the local term": "share {:+.2f}",
    "not by the direct path": "share {:+.2f}",
    "paths cancel": "share {:+.2f}",
    "forget gates mislead": "in {:.0%} of sequences",
    "product of f misses the chain": "error {:.0%}",
    "clipping would shorten": "factor {:.2g}",
    "short half-lives": "{:.3g} steps at most",
    "input gate saturated": "{:.0%} of the values",
    "forget gate saturated": "{:.0%} of the values",
    "output gate saturated": "{:.0%} of the values",
    "loss not given": "",
}
"""What stands beside a finding about the layer: its value in words. One about units shows them."""


@styled
def findings(told: Findings) -> Figure:
    """A row for each finding, under the words of its level: its name, and the units that it is about or its number.

    Raises TypeError for anything else than `Findings`.
    """
    checks.tuple_of("told", told, Findings)
    n = len(told.audit.units.past)
    groups = [(level, [one for one in told.findings if one.level == level]) for level in reversed(LEVELS)]
    groups = [group for group in groups if group[1]]
    with_units = any(one.units for one in told.findings)
    rows = sum(1 + len(group) for _, group in groups) + with_units or 1
    figure = new((rows + 0.6) * ROW)
    axes = figure.subplots()
    axes.set(xlim=(0, 1), ylim=(rows - 0.2, -0.8))
    axes.set_axis_off()
    if not groups:
        axes.text(0, 0, NOTHING, va="center")
    row = 0
    for level, group in groups:
        axes.text(0, row, WORDS[level], color=MUTED, va="center")
        axes.axhline(row + 0.5, color=RULE, lw=0.8)
        for k, one in enumerate(group, row + 1):
            axes.text(0.02, k, one.name, color=COLOURS[level], va="center")
            _beside(axes, k, one, n)
        row += 1 + len(group)
    if with_units:
        axes.text(LEFT, row, "unit 1", color=MUTED, ha="left", va="center", size=10)
        if n > 1:
            axes.text(RIGHT, row, f"{n}", color=MUTED, ha="right", va="center", size=10)
    return figure


def _beside(axes: Axes, row: int, one: Finding, n: int) -> None:
    """The units on a line from 1 to n and their count, or the value."""
    colour = COLOURS[one.level]
    if not one.units:
        words = VALUES.get(one.name, "{:.3g}").format(one.value).replace("-", "\u2212")
        axes.text(LEFT, row, words, color=colour, va="center")
        return
    axes.hlines(row, LEFT, RIGHT, color=RULE, lw=0.8, zorder=0)
    places = LEFT + (RIGHT - LEFT) * (np.array(one.units) - 0.5) / n
    axes.plot(places, np.full(len(places), row), "o", color=colour, ms=max(2.0, min(5.0, 80 / n)))
    axes.text(RIGHT + 0.015, row, f"{len(one.units)}/{n}", color=colour, va="center")
