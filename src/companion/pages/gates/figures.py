"""The figures of the gates: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping, Sequence

from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from companion.style.series import FIRST, over_time
from lstm import checks


@styled
def gates_over_time(
    times: ArrayLike,
    i: ArrayLike,
    f: ArrayLike,
    o: ArrayLike,
    g: ArrayLike,
    *,
    x: ArrayLike | None = None,
    units: Sequence[int] = FIRST,
    time_label: str = "step $t$",
    x_label: str = "input $x^{(t)}$",
) -> Figure:
    """Gates i, f, o and candidate g of (12) over `times`, one row each; the series x on top where it is given.

    times and x have shape (T,); i, f, o, g have shape (T, n). `units`, one to three of them counted from 1, are drawn,
    each in a line style of its own. Raises TypeError or ValueError that names the argument, and both shapes.
    """
    names = {"i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate"}
    rows = {k: (f"${k}^{{(t)}}$  {names[k]}", v) for k, v in [("i", i), ("f", f), ("o", o), ("g", g)]}
    figure = over_time(times, rows, x, x_label, units, time_label)
    for axes, k in zip(figure.axes[-4:], rows, strict=True):
        low = -1 if k == "g" else 0
        axes.set(ylim=(low - 0.06, 1.06), yticks=[low, (low + 1) / 2, 1])
    return figure


@styled
def sigmoid_and_tanh(
    z: ArrayLike,
    sigma: ArrayLike,
    tanh: ArrayLike,
    sigma_slope: ArrayLike,
    tanh_slope: ArrayLike,
    *,
    marks: Mapping[str, tuple[float, float, float]] | None = None,
) -> Figure:
    """The two functions of (12) over z, and below them their slopes; all of shape (N,).

    `marks` maps a symbol to (z, value, slope): a dot on the curve and one on its slope, named, in the symbol's colour.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    z = checks.array("z", z, (None,))
    figure = new(4.2)
    top, bottom = figure.subplots(2, sharex=True, height_ratios=(3, 2))
    curves = [
        (top, "sigma", sigma, "-", INK, (2.3, 0.70), r"$\sigma(z)$"),
        (top, "tanh", tanh, "--", LIGHT["g"], (-2.6, -0.80), r"$\tanh z$"),
        (bottom, "sigma_slope", sigma_slope, "-", INK, (2.6, 0.20), r"$\sigma(z)\,(1-\sigma(z))$"),
        (bottom, "tanh_slope", tanh_slope, "--", LIGHT["g"], (0.55, 0.86), r"$1-\tanh^2 z$"),
    ]
    for axes, name, values, dash, colour, where, label in curves:
        axes.plot(z, checks.array(name, values, z.shape), dash, color=colour)
        axes.text(*where, label, color=colour, size=13)
    for k, (at, value, slope) in (marks or {}).items():
        for axes, height, beside in [(top, value, (6, -13)), (bottom, slope, (5, 4))]:
            axes.plot([at], [height], "o", color=LIGHT[k], ms=7, zorder=4)
            axes.annotate(f"${k}$", (at, height), beside, textcoords="offset points", color=LIGHT[k], size=13)
    top.set(yticks=[-1, 0, 1], ylim=(-1.08, 1.08))
    bottom.set(ylim=(0, 1.08), xlabel="$z$", xlim=(z[0], z[-1]))
    bottom.set_yticks([0, 0.25, 1], ["0", "0.25", "1"])
    top.set_title("value", loc="left", color=MUTED)
    bottom.set_title("slope", loc="left", color=MUTED)
    for level in (-1, 0, 1):
        top.axhline(level, color=RULE, lw=0.6, zorder=0)
    return figure
