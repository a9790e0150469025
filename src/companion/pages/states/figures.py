"""The figures of the states: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from companion.style.series import FIRST, over_time
from lstm import checks


@styled
def states_over_time(
    times: ArrayLike,
    c: ArrayLike,
    h: ArrayLike,
    *,
    x: ArrayLike | None = None,
    units: Sequence[int] = FIRST,
    time_label: str = "step $t$",
    x_label: str = "input $x^{(t)}$",
) -> Figure:
    """Cell state c of (13) and hidden state h of (14) over `times`; the series x on top where it is given.

    times and x have shape (T,); c and h have shape (T, n). `units` as in `gates_over_time`; so are the errors.
    """
    rows = {"c": ("$c^{(t)}$  cell state", c), "h": ("$h^{(t)}$  hidden state", h)}
    figure = over_time(times, rows, x, x_label, units, time_label)
    figure.axes[-1].set(ylim=(-1.06, 1.06), yticks=[-1, 0, 1])
    return figure


@styled
def weights_over_time(
    times: ArrayLike, weights: ArrayLike, *, units: Sequence[int] = FIRST, time_label: str = "step $t$"
) -> Figure:
    """The weight of each step's candidate in the last cell state, (T, n), over `times`, (T,); errors as above."""
    label = "weight of $g^{(t)}$ in the last cell state"
    return over_time(times, {"weights": (label, weights)}, None, "", units, time_label, {"weights": "c"})


@styled
def held_over_time(
    times: ArrayLike, c_held: ArrayLike, h_held: ArrayLike, *, events: Mapping[str, Sequence[float]]
) -> Figure:
    """One unit as designed, and with one gate held open or shut: three rows, a gate each, over `times`, (T,).

    c_held has shape (T, 5): c as designed, f held open and shut, i held open and shut; h_held has shape (T, 3): h as
    designed, o held open and shut. `events` maps a word to the times at which it stands on top, above a thin line.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    times = checks.array("times", times, (None,))
    c, h = checks.array("c_held", c_held, (len(times), 5)), checks.array("h_held", h_held, (len(times), 3))
    curves_of = {"f": c[:, :3], "i": c[:, [0, 3, 4]], "o": h}
    labels = {"f": "forget gate: cell state $c^{(t)}$", "i": "input gate: cell state $c^{(t)}$"}
    labels["o"] = "output gate: hidden state $h^{(t)}$"
    figure = new(5.2)
    looks: list[dict[str, Any]] = [
        dict(color=INK, lw=2.2, alpha=0.45),
        dict(ls=(0, (5, 1.5)), lw=1.6),
        dict(ls=(0, (1, 1.2)), lw=1.8),
    ]
    grid = figure.subplots(3, sharex=True)
    for axes, (k, label) in zip(grid, labels.items(), strict=True):
        for look, curve in zip(looks, curves_of[k].T, strict=True):
            axes.plot(times, curve, **({"color": LIGHT[k]} | look))
        axes.set_title(label, loc="left", color=LIGHT[k], pad=16 if k == "f" else 4)
        for at in (at for places in events.values() for at in places):
            axes.axvline(at, color=RULE, lw=0.8, zorder=0)
    for word, places in events.items():
        for at in places:
            grid[0].annotate(
                word,
                (at, 1),
                (0, 3),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="center",
                color=MUTED,
                size=10,
            )
    figure.legend(
        [Line2D([], [], **({"color": MUTED} | look)) for look in looks],
        ["as designed", "held open", "held shut"],
        loc="outside upper left",
        ncols=3,
        handlelength=2.6,
    )
    grid[-1].set(xlabel="step $t$", xlim=(times[0], times[-1]))
    return figure


@styled
def by_hand(
    g: ArrayLike, i: ArrayLike, f: ArrayLike, o: ArrayLike, *, c: ArrayLike, h: ArrayLike, D: ArrayLike
) -> Figure:
    """What the explorer of the memory shows: content and gates as bars, below them c, h and D; all of shape (T,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    T = len(checks.array("g", g, (None,)))
    rows = {name: checks.array(name, row, (T,)) for name, row in dict(g=g, i=i, f=f, o=o, c=c, h=h, D=D).items()}
    figure = new(3.7)
    for axes, (name, row) in zip(figure.subplots(len(rows), sharex=True), rows.items(), strict=True):
        colour = LIGHT.get(name, MUTED)
        if name in "gifo":
            axes.bar(range(1, T + 1), row, color=colour, width=0.86)
        else:
            axes.plot(range(1, T + 1), row, color=colour, marker="o", markersize=3)
        axes.axhline(0, color=RULE, linewidth=0.8, zorder=0)
        axes.set_ylabel(f"${name}$", rotation=0, labelpad=14, va="center", color=colour)
    axes.set_xlabel("step $t$")
    return figure
