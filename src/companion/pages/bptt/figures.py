"""The unrolled network, forward in grey, and the messages that flow back through it."""

from matplotlib.axes import Axes

from companion.style.drawing import box, stage, text, tint, wire
from companion.style.figures import WIDTH, Figure, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

BOX, MIDDLE, C, H, LANE = (0.9, 1.5), 1.95, 2.4, 1.5, 0.1
READ, SUM = 3.12, 0.42  # heights of the labels of r^(t), and of the box that collects the shares
MOST = 3


@styled
def unrolled(T: int = 3) -> Figure:
    """The graph of T steps, 1 <= T <= 3: to each step come two messages from the one after it, to c and to h.

    From above each takes r^(t), what the loss reads; below each leaves its shares to the gradients of the parameters.
    Raises TypeError or ValueError that names the argument.
    """
    T = checks.whole("T", T, 1, MOST)
    figure, axes = stage(3.3)
    gap = (WIDTH - T * BOX[0]) / (T + 1)
    for t in range(1, T + 1):
        _step(axes, t, gap * t + BOX[0] * (t - 0.5))
    for t in range(T + 1):
        _between(axes, t, (gap + BOX[0]) * t, gap, last=t == T)
    box(axes, WIDTH / 2, SUM, (WIDTH - 2 * gap, 0.42), INK, "white")
    text(axes, WIDTH / 2, SUM, r"$W_{1*},\ W_{2*},\ b_*$:  one sum over the steps", size=11)
    return figure


def _step(axes: Axes, t: int, x: float) -> None:
    box(axes, x, MIDDLE, BOX, RULE, "#f5f6f8")
    text(axes, x, MIDDLE, f"step {t}", INK)
    text(axes, x, C, f"$c^{{({t})}}$", LIGHT["c"])
    text(axes, x, H, f"$h^{{({t})}}$", LIGHT["h"])
    top, bottom = MIDDLE + BOX[1] / 2, MIDDLE - BOX[1] / 2
    wire(axes, [(x, READ - 0.12), (x, top)], LIGHT["h"])
    text(axes, x + 0.08, READ - 0.08, f"$r^{{({t})}}$", LIGHT["h"], ha="left", size=12)
    wire(axes, [(x, bottom), (x, SUM + 0.22)], INK)
    text(axes, x + 0.08, (bottom + SUM + 0.24) / 2, rf"$\delta_*^{{({t})}}$", INK, ha="left", size=12)


def _between(axes: Axes, t: int, left: float, gap: float, *, last: bool) -> None:
    """What passes between step t and t + 1: the states forward in grey, the two messages back."""
    right = left + gap
    for name, y, side in [("c", C, 1), ("h", H, -1)]:
        if last:
            text(axes, left + gap / 2 + 0.1, y, "0", MUTED)
            wire(axes, [(left + gap / 2, y), (left, y)], MUTED, width=1.2)
            continue
        colour = tint(LIGHT["x"], 0.5)
        wire(axes, [(left, y - side * LANE), (right, y - side * LANE)], colour, width=1.2)  # type: ignore[arg-type]
        wire(axes, [(right, y + side * LANE), (left, y + side * LANE)], LIGHT[name], width=2.6)
        text(axes, left + gap / 2 + 0.04, y + side * 0.31, f"to ${name}^{{({t})}}$", LIGHT[name], size=11)
