"""Figure 9 of the chapter, drawn anew: the LSTM cell, and the gradient flowing back through the same graph."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from companion.style.drawing import (
    HIGH,
    LOW,
    RADIUS,
    STATE,
    TANH,
    X,
    Y,
    box,
    gate,
    operations,
    stage,
    text,
    tint,
    wire,
)
from companion.style.figures import Figure, styled
from companion.style.forward import Forward
from companion.style.palette import INK, LIGHT, MUTED, RULE


@styled
def cell(*, backward: bool = False, lit: str | None = None, values: Mapping[str, str] | None = None) -> Figure:
    """The cell: from c^(t-1), h^(t-1) and x^(t) by (12), (13) and (14) to c^(t) and h^(t), as a `Figure`.

    With `backward`, the same graph, and on it the six terms of (15) on their way back to c^(t-1). Forward, one part may
    be `lit`, the rest grey: "gates" is (12), "keep" and "write" the two terms of (13), "show" is (14). `values` maps
    names of `forward.NUMBERS` to numbers of a step, written on the wires of what is lit. Raises ValueError for others.
    """
    figure, axes = stage()
    if backward:
        _backward(axes)
    else:
        Forward(axes, lit, values)
    return figure


def _backward(axes: Axes) -> None:
    back, ahead, bus, product, c = X["back"], X["ahead"], Y["bus"], Y["product"], Y["c"]
    side, rim = STATE[0] / 2, STATE[1] / 2
    # the part of the graph that no term of (15) uses: it is counted in dl/dc^(t) already
    wire(axes, [(X["tanh"], product), (X["tanh"], c)], RULE, head=False)
    box(axes, X["tanh"], Y["tanh"], TANH, RULE, "white")
    text(axes, X["tanh"], Y["tanh"], r"$\tanh$", MUTED, zorder=6)
    wire(axes, [(ahead, bus + rim), (ahead, c - rim - 0.15)], MUTED, head=False, dash=(0, (3, 2)))
    wire(axes, [(ahead, c - rim - 0.16), (ahead, c - rim)], MUTED)
    wire(axes, [(ahead - side, c), (X["g"] + RADIUS, c)], INK)
    wire(axes, [(X["g"] - RADIUS, c), (X["f"] + RADIUS, c)], INK)
    wire(axes, [(X["g"], c - RADIUS), (X["g"], product + RADIUS)], INK)
    wire(axes, [(X["f"] - RADIUS, c), (back + side, c)], LIGHT["direct"], width=2.4)
    wire(axes, [(ahead - side, bus), (X["tanh"], bus), (X["tanh"], product - RADIUS)], LIGHT["h"])
    wire(axes, [(X["f"], c - RADIUS), (X["f"], HIGH)], LIGHT["f"])
    wire(axes, [(X["g"] - RADIUS, product), (X["i"], product), (X["i"], HIGH)], LIGHT["i"])
    wire(axes, [(X["g"], product - RADIUS), (X["g"], HIGH)], LIGHT["g"])
    wire(axes, [(X["tanh"] - RADIUS, product), (X["o"], product), (X["o"], HIGH)], LIGHT["o"])
    slopes = {"f": "$f(1-f)$", "i": "$i(1-i)$", "g": "$1-g^2$", "o": "$o(1-o)$"}
    for k, lane in zip("figo", (0.165, 0.055, -0.055, -0.165), strict=True):
        wire(axes, [(X[k], LOW), (X[k], bus + lane), (back + side, bus + lane)], LIGHT[k])
        gate(axes, k, slopes[k])
        text(axes, X[k] + 0.06, LOW - 0.15, rf"$W_{{2{k}}}^\top$", LIGHT[k], ha="left", size=11)
    wire(axes, [(back, 0.1), (back, bus - rim)], LIGHT["h"])
    wire(axes, [(back, bus + rim), (back, c - rim)], LIGHT["h"])
    operations(axes)
    for x, step in [(back, "t-1"), (ahead, "t")]:
        for k, y in [("c", c), ("h", bus)]:
            box(axes, x, y, STATE, LIGHT[k], tint(LIGHT[k]))
            text(axes, x, y, rf"$\frac{{\mathrm{{d}}l}}{{\mathrm{{d}}{k}^{{({step})}}}}$", LIGHT[k], size=16, zorder=6)
    box(axes, back, Y["box"] + 0.57, (0.66, 0.32), LIGHT["h"], "white")
    text(axes, back, Y["box"] + 0.57, "$D^{(t-1)}$", LIGHT["h"], zorder=6)
    text(axes, ahead + 0.06, Y["box"] + 0.57, "$D^{(t)}$", MUTED, ha="left")
    text(axes, 1.11, c + 0.16, "direct", LIGHT["direct"])
    text(axes, 1.11, c - 0.2, r"$\odot\,f^{(t)}$", LIGHT["f"])
    text(axes, X["f"] + 0.06, 2.6, r"$\odot\,c^{(t-1)}$", LIGHT["c"], ha="left")
    text(axes, X["i"] + 0.06, product - 0.18, r"$\odot\,g^{(t)}$", LIGHT["g"], ha="left")
    text(axes, X["g"] + 0.06, product - 0.3, r"$\odot\,i^{(t)}$", LIGHT["i"], ha="left")
    text(axes, 3.93, product + 0.2, r"$\odot\,\tanh c^{(t)}$", LIGHT["c"])
    text(axes, back + 0.12, 0.2, "local: read from $h^{(t-1)}$ by the loss", LIGHT["h"], ha="left", size=11)
    text(axes, 5.5, 0.2, r"dashed: in $\mathrm{d}l/\mathrm{d}c^{(t)}$ already", MUTED, ha="right", size=11)
    text(axes, back, c + 0.42, "(15)", MUTED)
