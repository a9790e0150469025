"""Figures: arrays in, a matplotlib Figure out, nothing computed. And the one palette.

LIGHT is read on white, DARK on a dark page; each has a contrast of at least 4.5 to 1 with its ground. A colour
never speaks alone: the symbol, a label or a line style says the same.
"""

import io
from itertools import cycle

import matplotlib.figure
from matplotlib import rc_context

from lstm import checks

LIGHT = {
    "i": "#1a7332",
    "f": "#0b5fa5",
    "o": "#7b3fb5",
    "g": "#a14a00",
    "c": "#1f2328",
    "h": "#b3264a",
    "x": "#57606a",
    "direct": "#00707a",
    "jacobians": "#6b6500",
}
DARK = {
    "i": "#5fcf80",
    "f": "#6cb4f5",
    "o": "#c79bf2",
    "g": "#f2a35e",
    "c": "#e6e6e6",
    "h": "#ff8fa3",
    "x": "#a3adb8",
    "direct": "#4fd0d8",
    "jacobians": "#d6cc4a",
}

INK, MUTED, RULE = LIGHT["c"], LIGHT["x"], "#b9c0c7"
WIDTH = 5.6  # inches: the 11 points of the text are 9.5 pixels where the figure is shown 350 pixels wide
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11.0,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": 11.0,
    "axes.titlesize": 11.0,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "white",
    "axes.unicode_minus": True,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 10.0,
    "ytick.labelsize": 10.0,
    "lines.linewidth": 1.6,
    "lines.markersize": 5.0,
    "legend.frameon": False,
}
styled = rc_context(STYLE)  # decorates a function: its style, and no trace of it in rcParams afterwards


class Figure(matplotlib.figure.Figure):
    """A figure that a notebook shows once, as PNG, whether or not pyplot is imported."""

    def _repr_png_(self):
        png = io.BytesIO()
        self.savefig(png, format="png", metadata={"Software": None})
        return png.getvalue()


def new(height):
    """An empty `Figure` of the book's width, `height` inches high, on white."""
    figure = Figure(figsize=(WIDTH, height), dpi=160, facecolor="white", layout="constrained")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.05)
    return figure


@styled
def gates_over_time(times, i, f, o, g, *, x=None, unit=None, time_label="step $t$", x_label="input $x^{(t)}$"):
    """Gates i, f, o and candidate g of (12) over `times`, one row each; the series x on top where it is given.

    times and x have shape (T,); i, f, o, g have shape (T, n), a thin line for each unit. `unit`, counted from 1,
    is drawn thicker. Raises TypeError or ValueError that names the argument and both shapes.
    """
    names = {"i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate"}
    rows = {k: (f"${k}^{{(t)}}$  {names[k]}", v) for k, v in [("i", i), ("f", f), ("o", o), ("g", g)]}
    figure = _rows(times, rows, x, x_label, unit, time_label)
    for axes, k in zip(figure.axes[-4:], rows, strict=True):
        low = -1 if k == "g" else 0
        axes.set(ylim=(low - 0.06, 1.06), yticks=[low, (low + 1) / 2, 1])
    return figure


@styled
def states_over_time(times, c, h, *, x=None, unit=None, time_label="step $t$", x_label="input $x^{(t)}$"):
    """Cell state c of (13) and hidden state h of (14) over `times`; the series x on top where it is given.

    times and x have shape (T,); c and h have shape (T, n). `unit` as in `gates_over_time`; so are the errors.
    """
    rows = {"c": ("$c^{(t)}$  cell state", c), "h": ("$h^{(t)}$  hidden state", h)}
    figure = _rows(times, rows, x, x_label, unit, time_label)
    figure.axes[-1].set(ylim=(-1.06, 1.06), yticks=[-1, 0, 1])
    return figure


@styled
def sigmoid_and_tanh(z, sigma, tanh, sigma_slope, tanh_slope):
    """The two functions of (12) over z, and below them their slopes; all of shape (N,)."""
    z = checks.array("z", z, (None,))
    figure = new(4.2)
    top, bottom = figure.subplots(2, sharex=True, height_ratios=(3, 2))
    curves = [
        (top, "sigma", sigma, "-", INK, (2.3, 0.70), r"$\sigma(z)$"),
        (top, "tanh", tanh, "--", LIGHT["g"], (-2.3, -0.80), r"$\tanh z$"),
        (bottom, "sigma_slope", sigma_slope, "-", INK, (2.6, 0.20), r"$\sigma(z)\,(1-\sigma(z))$"),
        (bottom, "tanh_slope", tanh_slope, "--", LIGHT["g"], (0.75, 0.75), r"$1-\tanh^2 z$"),
    ]
    for axes, name, values, dash, colour, where, label in curves:
        axes.plot(z, checks.array(name, values, z.shape), dash, color=colour)
        axes.text(*where, label, color=colour, size=13)
    top.set(yticks=[-1, 0, 1], ylim=(-1.08, 1.08))
    bottom.set(ylim=(0, 1.08), xlabel="$z$", xlim=(z[0], z[-1]))
    bottom.set_yticks([0, 0.25, 1], ["0", "0.25", "1"])
    top.set_title("value", loc="left", color=MUTED)
    bottom.set_title("slope", loc="left", color=MUTED)
    for level in (-1, 0, 1):
        top.axhline(level, color=RULE, lw=0.6, zorder=0)
    return figure


@styled
def decay(lags, weights, half_lives):
    """What is left of c^(t-k) after k = `lags` steps with a constant gate f, the half-life marked.

    lags has shape (K,); `weights` maps f to an array (K,), `half_lives` the same f to a number of steps.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    lags = checks.array("lags", lags, (None,))
    if weights.keys() != half_lives.keys():
        raise ValueError(f"half_lives: expected the keys of weights, {list(weights)}, got {list(half_lives)}")
    figure = new(3.2)
    axes = figure.subplots()
    dashes = cycle([("-", "o"), ("--", "s"), ("-.", "D"), (":", "^"), ((0, (6, 1, 1, 1, 1, 1)), "v")])
    for f, (dash, marker) in zip(sorted(weights, reverse=True), dashes, strict=False):
        values = checks.array(f"weights[{f}]", weights[f], lags.shape)
        half = checks.array(f"half_lives[{f}]", half_lives[f], ())
        axes.plot(lags, values, ls=dash, color=LIGHT["f"])
        axes.plot(half, values[0] / 2, marker, color=LIGHT["f"])
        axes.plot([], [], ls=dash, marker=marker, color=LIGHT["f"], label=f"$f = {f:g}$: {half:.3g}")
    axes.set(xlabel="steps back $k$", ylabel="weight $f^k$", xlim=(lags[0], lags[-1]), ylim=(0, None))
    figure.legend(title="half-life in steps", loc="outside right upper", labelcolor=LIGHT["f"], handlelength=3)
    return figure


def _rows(times, rows, x, x_label, unit, time_label):
    """One axes a row, sharing the time axis; `rows` maps a symbol to (label, values of shape (T, n))."""
    times = checks.array("times", times, (None,))
    series = [] if x is None else [("x", x_label, checks.array("x", x, times.shape)[:, None], None)]
    shape = (len(times), None)
    for k, (label, values) in rows.items():
        values = checks.array(k, values, shape)
        shape = values.shape
        series.append((k, label, values, unit and checks.whole("unit", unit, 1, shape[1])))
    figure = new(0.5 + 0.95 * len(series))
    grid = figure.subplots(len(series), sharex=True, squeeze=False)[:, 0]
    for axes, (k, label, values, thick) in zip(grid, series, strict=True):
        lines = axes.plot(times, values, color=LIGHT[k], lw=1.2 if k == "x" else 0.8)
        if thick:
            lines[thick - 1].set(linewidth=2, zorder=3)
        axes.set_title(label, loc="left", color=LIGHT[k], pad=4)
    if unit:
        grid[0].set_title(f"thick: unit {unit}", loc="right", color=MUTED, pad=4)
    grid[-1].set(xlabel=time_label, xlim=(times[0], times[-1]))
    return figure
