"""The figure of an audit: an `Audit` in, a `Figure` out, nothing computed."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

from companion.style.figures import Figure, new, styled
from companion.style.gradients import BARS
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks
from lstm.audit.measures import HalfLives, Saturation
from lstm.audit.report import Audit
from lstm.audit.say import GATES
from lstm.gradient import Terms


@styled
def audit(found: Audit) -> Figure:
    """Four panels: saturation of the gates, half-lives of the units, pooled shares, norms of the sequences.

    `found` is an `Audit`. What is infinite among the half-lives is not drawn, and the title says so. Raises TypeError.
    """
    checks.tuple_of("found", found, Audit)
    figure = new(9.2)
    top, second, third, bottom = figure.subplots(4, height_ratios=(1.9, 1.8, 2.5, 2.4))
    _saturation(top, found.saturation)
    _half_lives(second, found.half_lives)
    _shares(third, found.shares.pooled)
    _norms(bottom, found.chain.true, found.chain.direct)
    start, end = found.span
    bottom.set_title(rf"norms of $\mathrm{{d}}c^{{({end})}}/\mathrm{{d}}c^{{({start})}}$", loc="left", color=MUTED)
    return figure


def _saturation(axes: Axes, saturation: Saturation) -> None:
    for row, (k, name) in enumerate(GATES.items()):
        low, high = getattr(saturation, k)
        bar = row + 0.17  # the label stands above it, so that it covers no end
        axes.barh(bar, 1, height=0.4, color="none", edgecolor=RULE)
        axes.barh([bar, bar], [low, high], left=[0, 1 - high], height=0.4, color=LIGHT[k])
        axes.text(0.5, row - 0.24, f"{low:.0%} near 0, {high:.0%} near 1", ha="center", va="center")
        axes.text(-0.02, bar, f"{name} ${k}$", color=LIGHT[k], ha="right", va="center")
        axes.vlines([saturation.near, 1 - saturation.near], bar - 0.28, bar + 0.28, color=MUTED, ls="--", lw=1)
    axes.set(xlim=(-0.005, 1.005), ylim=(2.5, -0.45))
    axes.set_title(f"gates within {saturation.near:g} of 0 or 1; dashed: uniform", loc="left", color=MUTED)
    axes.set_axis_off()


def _half_lives(axes: Axes, half_lives: HalfLives) -> None:
    (low, _, high), of_mean = half_lives
    units = np.arange(1, len(of_mean) + 1)
    endless = np.isinf(high) | np.isinf(of_mean)
    axes.vlines(units[~endless], low[~endless], high[~endless], color=LIGHT["f"], lw=1.2)
    axes.plot(units[~endless], of_mean[~endless], "o", color=LIGHT["f"])
    note = f"; {endless.sum()} endless" if endless.any() else ""
    axes.set_title(f"half-lives by the mean log $f$, and quartiles{note}", loc="left", color=MUTED)
    axes.set(xlabel="unit", ylabel="steps", yscale="log", xlim=(0.3, len(units) + 0.7))
    axes.locator_params(axis="x", integer=True)
    low, high = axes.get_ylim()
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if high < 100 * low else (1.0,), numticks=6))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter(NullFormatter())


def _shares(axes: Axes, pooled: Terms) -> None:
    for row, (k, share) in enumerate(pooled._asdict().items()):
        colour = BARS[k][1]
        axes.barh(row, share, color=colour, height=0.62)
        side = 1 if share >= 0 else -1
        look: dict[str, Any] = {
            "ha": "left" if side > 0 else "right",
            "va": "center_baseline",
            "textcoords": "offset points",
        }
        label = f"{share:+z.2f}".replace("-", "\u2212")
        axes.annotate(label, (share, row), (5 * side, 0), color=colour, **look)
    low, high = min(0.0, *map(float, pooled)), max(0.0, *map(float, pooled))
    room = 0.25 * (high - low)
    axes.set(xlim=(low - room * (low < 0), high + room), ylim=(5.6, -0.6), xticks=[])
    axes.set_yticks(range(6), [BARS[k][0] for k in pooled._fields])
    for tick, k in zip(axes.get_yticklabels(), pooled._fields, strict=True):
        tick.set(color=BARS[k][1], size=11)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title(r"signed shares of $\mathrm{d}l/\mathrm{d}c^{(t-1)}$, pooled", loc="left", color=MUTED)


def _norms(axes: Axes, true: np.ndarray, direct: np.ndarray) -> None:
    sequences = np.arange(1, len(true) + 1)
    axes.vlines(sequences, true, direct, color=RULE, lw=0.8, zorder=0)
    axes.plot(sequences, true, "o", color=INK, label="true chain")
    axes.plot(sequences, direct, "D", color=LIGHT["direct"], mfc="white", label="product of $f$")
    axes.axhline(1, color=RULE, lw=0.8, zorder=0)
    axes.set(xlabel="sequence", yscale="log", xlim=(0.3, len(true) + 0.7))
    axes.locator_params(axis="x", integer=True)
    place: dict[str, Any] = dict(loc="lower right", bbox_to_anchor=(1.02, 1), ncols=2, borderpad=0, borderaxespad=0.2)
    axes.legend(**place, labelcolor=[INK, LIGHT["direct"]], handletextpad=0, columnspacing=0.8)
    low, high = axes.get_ylim()
    middle = np.sqrt(low) * np.sqrt(high)
    axes.set_ylim(min(low, middle / 10), max(high, middle * 10))  # two decades at least: the axis has labels then
