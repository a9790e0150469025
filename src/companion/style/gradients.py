"""Figures of Eq. (15), over one step and over many: arrays in, a `Figure` out, nothing computed."""

from typing import Any

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.style.curves import log_curves, signed
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks
from lstm.gradient import Terms

# term: its name on the axis, its colour
BARS = {
    "direct": ("direct", LIGHT["direct"]),
    "forget": ("forget gate", LIGHT["f"]),
    "input": ("input gate", LIGHT["i"]),
    "candidate": ("candidate", LIGHT["g"]),
    "output": ("output gate", LIGHT["o"]),
    "local": ("local", LIGHT["h"]),
    "total": ("sum", INK),
}
CHAINS = {
    "product_of_f": ("product of $f$", LIGHT["direct"], "--", "D", 7),
    "product_of_jacobians": ("product of $J$", LIGHT["jacobians"], ":", "s", 6.5),
    "chain": ("true chain", INK, "-", "o", 4.5),
}
TERMS_TITLE = r"the parts of $\mathrm{d}l/\mathrm{d}c^{(t-1)}$"
CHAIN_TITLE = r"$|\,\mathrm{d}c^{(T)}/\mathrm{d}c^{(s)}\,|$"


@styled
def terms(terms: Terms, total: ArrayLike) -> Figure:
    """The six terms of dl/dc^(t-1) in one unit, signed, and their sum.

    `terms` is a `lstm.gradient.Terms` of numbers, `total` a number. Raises TypeError or ValueError that names
    the argument.
    """
    figure = new(2.9)
    axes = figure.subplots()
    _terms(axes, terms, total)
    axes.set_title(TERMS_TITLE, loc="left", color=MUTED)
    return figure


@styled
def chains(
    steps: ArrayLike,
    product_of_f: ArrayLike,
    product_of_jacobians: ArrayLike,
    chain: ArrayLike,
    *,
    title: str = CHAIN_TITLE,
) -> Figure:
    """dc^(T)/dc^(s) for s = `steps`, one number each: product of f, product of J, true chain, on a log axis.

    All of shape (S,). Absolute values; a negative one has a hollow marker, a zero is left out and said so.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    figure = new(3.6)
    _chains(figure.subplots(), steps, product_of_f, product_of_jacobians, chain, title)
    return figure


@styled
def explorer(
    terms: Terms,
    total: ArrayLike,
    steps: ArrayLike,
    product_of_f: ArrayLike,
    product_of_jacobians: ArrayLike,
    chain: ArrayLike,
) -> Figure:
    """One step above, many steps below: `terms` and `chains` in one figure, with their arguments."""
    figure = new(6.3)
    top, bottom = figure.subplots(2, height_ratios=(2.7, 3.6))
    _terms(top, terms, total)
    _chains(bottom, steps, product_of_f, product_of_jacobians, chain, f"many steps: {CHAIN_TITLE}")
    top.set_title(f"one step: {TERMS_TITLE}", loc="left", color=MUTED)
    return figure


def _terms(axes: Axes, terms: Terms, total: ArrayLike) -> None:
    checks.tuple_of("terms", terms, Terms)
    values = {k: float(checks.array(f"terms.{k}", v, ())) for k, v in terms._asdict().items()}
    values["total"] = float(checks.array("total", total, ()))
    for row, (k, value) in enumerate(values.items()):
        colour = BARS[k][1]
        axes.barh(row, value, color=colour, height=0.62)
        side, align = (5, "left") if value >= 0 else (-5, "right")
        look: dict[str, Any] = {"color": colour, "ha": align, "va": "center_baseline", "textcoords": "offset points"}
        axes.annotate(signed(value), (value, row), (side, 0), **look)
    low, high = min(0, *values.values()), max(0, *values.values())
    room = 0.3 * (high - low) or 1
    axes.set(xlim=(low - room * (low < 0), high + room), ylim=(6.6, -0.6))
    axes.set_yticks(range(7), [BARS[k][0] for k in values])
    for tick, k in zip(axes.get_yticklabels(), values, strict=True):
        tick.set(color=BARS[k][1], size=11)
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.axhline(5.5, color=RULE, lw=0.8)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)


def _chains(
    axes: Axes, steps: ArrayLike, product_of_f: ArrayLike, product_of_jacobians: ArrayLike, chain: ArrayLike, title: str
) -> None:
    values = {"product_of_f": product_of_f, "product_of_jacobians": product_of_jacobians, "chain": chain}
    log_curves(axes, steps, values, CHAINS, title)
