"""Figures of Eq. (15), over one step and over many: arrays in, a `Figure` out, nothing computed."""

import numpy as np
from matplotlib.colors import CenteredNorm

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
    "local": ("local", LIGHT["h"]),
    "total": ("sum", INK),
}
CHAINS = {
    "product_of_f": ("product of $f$", LIGHT["direct"], "--", "s"),
    "product_of_jacobians": ("product of $J_4$", LIGHT["jacobians"], "-.", "^"),
    "chain": ("true chain", INK, "-", "o"),
}


@styled
def terms(terms, total):
    """The six terms of dl/dc^(t-1) in one unit, signed, and their sum.

    `terms` is a `lstm.gradient.Terms` of numbers, `total` a number. Raises TypeError or ValueError that names
    the argument.
    """
    figure = new(2.9)
    _terms(figure.subplots(), terms, total)
    return figure


@styled
def chains(steps, product_of_f, product_of_jacobians, chain):
    """dc^(T)/dc^(s) of one unit for s = `steps`: product of f, product of J4, true chain, on a log axis.

    All of shape (S,). Absolute values; a negative one has a hollow marker, a zero is left out and said so.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    figure = new(3.6)
    _chains(figure.subplots(), steps, product_of_f, product_of_jacobians, chain)
    return figure


@styled
def explorer(terms, total, steps, product_of_f, product_of_jacobians, chain):
    """One step above, many steps below: `terms` and `chains` in one figure, with their arguments."""
    figure = new(6.3)
    top, bottom = figure.subplots(2, height_ratios=(2.7, 3.6))
    _terms(top, terms, total)
    _chains(bottom, steps, product_of_f, product_of_jacobians, chain)
    top.set_title("one step", loc="left", color=MUTED)
    bottom.set_title("many steps", loc="left", color=MUTED)
    return figure


@styled
def rates(steps, rnn, lstm, *, x_label="step $s$", y_label):
    """Two positive quantities over `steps` on one log axis: a plain RNN beside an LSTM. All of shape (S,).

    Signs and zeros as in `chains`; so are the errors.
    """
    figure = new(3.4)
    axes = figure.subplots()
    looks = {"rnn": ("RNN", LIGHT["h"], "--", "s"), "lstm": ("LSTM", INK, "-", "o")}
    _log_curves(axes, steps, {"rnn": rnn, "lstm": lstm}, looks)
    axes.set(xlabel=x_label, ylabel=y_label)
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
    mesh = axes.pcolormesh(x, y, values, cmap="PuOr_r", norm=CenteredNorm(), rasterized=True)
    whole = np.arange(np.ceil(values.min()), np.floor(values.max()) + 1)
    levels = [v for v in whole if values.min() < v < values.max()]
    if levels:
        widths = [2.0 if v == 0 else 0.9 for v in levels]
        lines = axes.contour(x, y, values, levels=levels, colors=INK, linewidths=widths)
        axes.clabel(lines, fmt=lambda v: _signed(v), fontsize=11)
    bar = figure.colorbar(mesh, ax=axes, label=label, aspect=30, pad=0.02)
    bar.outline.set_edgecolor(RULE)
    axes.set(xlabel=x_label, ylabel=y_label)
    return figure


def _terms(axes, terms, total):
    checks.tuple_of("terms", terms, Terms)
    values = {k: checks.array(f"terms.{k}", v, ()) for k, v in terms._asdict().items()}
    values["total"] = checks.array("total", total, ())
    reach = max(abs(v) for v in values.values()) or 1.0
    for row, (k, value) in enumerate(values.items()):
        name, colour = BARS[k]
        axes.barh(row, value, color=colour, height=0.62)
        side = 1 if value >= 0 else -1
        axes.annotate(
            _signed(value),
            (value, row),
            (5 * side, 0),
            textcoords="offset points",
            color=colour,
            va="center",
            ha="left" if side > 0 else "right",
        )
    low, high = min(0, *values.values()), max(0, *values.values())
    room = 0.3 * max(high - low, reach)
    axes.set(xlim=(low - room * (low < 0), high + room), ylim=(6.6, -0.6), xlabel="part of $dl/dc^{(t-1)}$")
    axes.set_yticks(range(7), [BARS[k][0] for k in values])
    for tick, k in zip(axes.get_yticklabels(), values, strict=True):
        tick.set(color=BARS[k][1], size=11)
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.axhline(5.5, color=RULE, lw=0.8)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _chains(axes, steps, product_of_f, product_of_jacobians, chain):
    values = {"product_of_f": product_of_f, "product_of_jacobians": product_of_jacobians, "chain": chain}
    _log_curves(axes, steps, values, CHAINS)
    axes.set(xlabel="step $s$", ylabel="$|\\,dc^{(T)}/dc^{(s)}\\,|$")


def _log_curves(axes, steps, curves, looks):
    """|values| over steps: each curve in its look (label, colour, dash, marker), its label at its left end."""
    steps = checks.array("steps", steps, (None,))
    zeros, ends = [], []
    for k, values in curves.items():
        values = checks.array(k, values, steps.shape)
        label, colour, dash, marker = looks[k]
        shown = np.where(values == 0, np.nan, np.abs(values))
        axes.plot(steps, shown, ls=dash, color=colour)
        for negative in (False, True):
            here = (values < 0) == negative
            fill = "white" if negative else colour
            axes.plot(steps[here], shown[here], marker, mec=colour, mfc=fill)
        if (values == 0).any():
            zeros.append(label)
        drawn = np.flatnonzero(values)
        if len(drawn):
            ends.append((shown[drawn[0]], steps[drawn[0]], label, colour))
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    if high < 100 * low:
        axes.set_ylim(low / 10, high * 10)
    _label(axes, ends)
    if zeros:
        axes.text(0.02, 0.03, "zero, not drawn: " + ", ".join(zeros), transform=axes.transAxes, color=MUTED)


def _label(axes, ends):
    """Write each curve's name left of its first point, names kept apart by one line of text."""
    low, high = np.log10(axes.get_ylim())
    gap, at = 0.085 * (high - low), -np.inf
    for value, step, label, colour in sorted(ends):
        at = max(np.log10(value), at + gap)
        place = {"xytext": (-8, 0), "textcoords": "offset points", "ha": "right", "va": "center"}
        axes.annotate(label, (step, 10**at), color=colour, **place)
    left, right = axes.get_xlim()
    axes.set_xticks([tick for tick in axes.get_xticks() if left <= tick <= right])
    axes.set_xlim(left - 0.34 * (right - left), right)


def _signed(value):
    """The value with three digits and its sign; a true zero as 0."""
    return "0" if value == 0 else f"{value:+.3g}".replace("-", "\N{MINUS SIGN}")
