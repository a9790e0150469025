"""Figures of Eq. (15), over one step and over many: arrays in, a `Figure` out, nothing computed."""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import CenteredNorm, ListedColormap
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from lstm import checks
from lstm.figures import INK, LIGHT, MUTED, RULE, new, styled
from lstm.gradient import Terms

# term: its name on the axis, its colour
BARS = {
    "direct": ("direct", LIGHT["direct"]),
    "forget": ("forget gate", LIGHT["f"]),
    "input": ("input gate", LIGHT["i"]),
    "candidate": ("candidate", LIGHT["g"]),
    "output": ("output gate", LIGHT["o"]),
    "local": ("read at once", LIGHT["h"]),
    "total": ("sum", INK),
}
CHAINS = {
    "product_of_f": ("product of $f$", LIGHT["direct"], "--", "D", 7),
    "product_of_jacobians": ("product of $J$", LIGHT["jacobians"], ":", "s", 6.5),
    "chain": ("true chain", INK, "-", "o", 4.5),
}
TERMS_TITLE = r"the parts of $\mathrm{d}l/\mathrm{d}c^{(t-1)}$"
PALE = ListedColormap(colormaps["PuOr_r"](np.linspace(0.15, 0.85, 256)))  # ink stays readable on both ends
CHAIN_TITLE = r"$|\,\mathrm{d}c^{(T)}/\mathrm{d}c^{(s)}\,|$"


@styled
def terms(terms, total):
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
def chains(steps, product_of_f, product_of_jacobians, chain, *, title=CHAIN_TITLE):
    """dc^(T)/dc^(s) for s = `steps`, one number each: product of f, product of J, true chain, on a log axis.

    All of shape (S,). Absolute values; a negative one has a hollow marker, a zero is left out and said so.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    figure = new(3.6)
    _chains(figure.subplots(), steps, product_of_f, product_of_jacobians, chain, title)
    return figure


@styled
def explorer(terms, total, steps, product_of_f, product_of_jacobians, chain):
    """One step above, many steps below: `terms` and `chains` in one figure, with their arguments."""
    figure = new(6.3)
    top, bottom = figure.subplots(2, height_ratios=(2.7, 3.6))
    _terms(top, terms, total)
    _chains(bottom, steps, product_of_f, product_of_jacobians, chain, f"many steps: {CHAIN_TITLE}")
    top.set_title(f"one step: {TERMS_TITLE}", loc="left", color=MUTED)
    return figure


@styled
def rates(steps, rnn, lstm, *, title, x_label="step $s$"):
    """Two positive quantities over `steps` on one log axis: a plain RNN beside an LSTM. All of shape (S,).

    Signs and zeros as in `chains`; so are the errors.
    """
    figure = new(3.4)
    axes = figure.subplots()
    looks = {"rnn": ("RNN", LIGHT["h"], "--", "s", 5), "lstm": ("LSTM", INK, "-", "o", 5)}
    _log_curves(axes, steps, {"rnn": rnn, "lstm": lstm}, looks, title, x_label)
    return figure


@styled
def heatmap(x, y, log10_ratio, *, x_label, y_label, label):
    """A map of log10 of a ratio over x (N,) and y (M,); row k of log10_ratio, (M, N), belongs to y[k].

    Colours are centred at 0; labelled contour lines say the same, dashed below 0, thick at 0.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    x, y = checks.array("x", x, (None,)), checks.array("y", y, (None,))
    values = checks.array("log10_ratio", log10_ratio, (len(y), len(x)))
    figure = new(4.0)
    axes = figure.subplots()
    mesh = axes.pcolormesh(x, y, values, cmap=PALE, norm=CenteredNorm())
    sparse = int(np.ceil(np.ptp(values) / 8)) or 1  # lines 1, 2, 3, ... apart: about eight of them at most
    multiples = sparse * np.arange(np.floor(values.min() / sparse), np.ceil(values.max() / sparse) + 1)
    levels = [v for v in multiples if values.min() < v < values.max()]
    if levels:
        widths = [2.0 if v == 0 else 0.9 for v in levels]
        lines = axes.contour(x, y, values, levels=levels, colors=INK, linewidths=widths)
        axes.clabel(lines, fmt=_signed, fontsize=11)
    bar = figure.colorbar(mesh, ax=axes, label=label, aspect=30, pad=0.02)
    bar.outline.set_edgecolor(RULE)
    axes.set(xlabel=x_label, ylabel=y_label)
    return figure


def _terms(axes, terms, total):
    checks.tuple_of("terms", terms, Terms)
    values = {k: checks.array(f"terms.{k}", v, ()) for k, v in terms._asdict().items()}
    values["total"] = checks.array("total", total, ())
    for row, (k, value) in enumerate(values.items()):
        colour = BARS[k][1]
        axes.barh(row, value, color=colour, height=0.62)
        side, align = (5, "left") if value >= 0 else (-5, "right")
        look = {"color": colour, "ha": align, "va": "center_baseline", "textcoords": "offset points"}
        axes.annotate(_signed(value), (value, row), (side, 0), **look)
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


def _chains(axes, steps, product_of_f, product_of_jacobians, chain, title):
    values = {"product_of_f": product_of_f, "product_of_jacobians": product_of_jacobians, "chain": chain}
    _log_curves(axes, steps, values, CHAINS, title)


def _log_curves(axes, steps, curves, looks, title, x_label="step $s$"):
    """|values| over steps, each curve in its look: label, colour, dash, marker and the size of the marker."""
    steps = checks.array("steps", steps, (None,))
    curves = {k: checks.array(k, values, steps.shape) for k, values in curves.items()}
    small = 1 if len(steps) <= 40 else 0.5
    for k, values in curves.items():
        _, colour, dash, marker, size = looks[k]
        shown = np.where(values == 0, np.nan, np.abs(values))
        axes.plot(steps, shown, ls=dash, color=colour)
        for here, fill in [(values > 0, colour), (values < 0, "white")]:
            axes.plot(steps[here], shown[here], marker, ms=small * size, mec=colour, mfc=fill)
    if any((values < 0).any() for values in curves.values()):
        title += ", hollow: negative"
    zeros = [looks[k][0] for k, values in curves.items() if (values == 0).any()]
    axes.set_title(title, loc="left", color=MUTED)
    axes.set_xlabel(x_label + (f"\nnot drawn where 0: {', '.join(zeros)}" if zeros else ""))
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    if high < 30 * low:
        low, high = low / 2, high * 2
        axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 0.5, 0.2) if high < 1e3 * low else (1.0,), numticks=8))
    axes.yaxis.set_major_formatter(_power)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.tick_right()
    axes.spines[["left", "right"]].set_visible([False, True])
    _end_labels(axes, steps, curves, looks)


def _end_labels(axes, steps, curves, looks, gap=0.085):
    """Each curve's label beside its first point, moved where it would touch another; zeros at the bottom."""
    bottom, top = np.log10(axes.get_ylim())
    with np.errstate(divide="ignore"):
        places = {k: max(0.0, (np.log10(abs(v[0])) - bottom) / (top - bottom)) for k, v in curves.items()}
    place = -gap
    for above, k in zip(range(len(places))[::-1], sorted(places, key=places.get), strict=True):
        place = min(max(places[k], place + gap), 1 - gap * above)
        label, colour, *_ = looks[k]
        text = {"color": colour, "ha": "right", "va": "center", "size": 11, "textcoords": "axes fraction"}
        if curves[k][0] == 0:
            axes.annotate(f"{label} = 0", (0, 0), (-0.03, place), xycoords="axes fraction", **text)
        else:
            line = {"arrowstyle": "-", "color": colour, "lw": 0.7, "shrinkA": 0, "shrinkB": 5, "relpos": (1, 0.5)}
            axes.annotate(label, (steps[0], abs(curves[k][0])), (-0.03, place), arrowprops=line, **text)


def _power(value, _position):
    """A tick of a log axis: plain from 0.001 to 1000, else as a power of ten."""
    if 1e-3 <= value <= 1e3:
        return f"{value:g}"
    digits, power = f"{value:.0e}".split("e")
    return rf"$10^{{{int(power)}}}$" if digits == "1" else rf"${digits}\times10^{{{int(power)}}}$"


def _signed(value):
    """Three digits with sign, the minus as long as the plus."""
    digits = f"{value:+.3g}" if 1e-3 <= abs(value) < 1e4 else f"{value:+.1e}".replace("e-0", "e-").replace("e+0", "e")
    return digits.replace("-", "\u2212") if value else "0"
