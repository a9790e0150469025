"""The unrolled network and the messages that flow back through it: as a scheme, and as a whole sweep in numbers."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from companion.style.drawing import box, stage, text, tint, wire
from companion.style.figures import WIDTH, Figure, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

BOX, MIDDLE, C, H, LANE = (0.9, 1.5), 1.95, 2.4, 1.5, 0.1
READ, SUM = 3.12, 0.42  # heights of the labels of r^(t), and of the box that collects the shares
MOST = 3
TOP, ROW, TALL = 4.5, 0.27, 0.105  # of the figure of the sweep: its height, of a row of shares, of its tallest bar


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


@styled
def swept(to_c: ArrayLike, to_h: ArrayLike, reads: ArrayLike, shares: Mapping[str, ArrayLike]) -> Figure:
    """A whole sweep over T steps: each message as an arrow with its number, and each parameter's share of each step.

    to_c, to_h and reads have shape (T,), place t - 1 is what step t sends to step t - 1 and what the loss reads from
    h^(t). shares: a parameter's name, whose last letter is its gate, -> (T,). An arrow is two pixels thicker for each
    factor of ten above 0.001, dashed where negative. Each row of bars has its own scale, and the sum beside it.
    Raises TypeError or ValueError that names the argument.
    """
    c = checks.array("to_c", to_c, (None,))
    lanes = {"c": c, "h": checks.array("to_h", to_h, c.shape)}
    read, T = checks.array("reads", reads, c.shape), len(c)
    figure, axes = stage(TOP)
    x = WIDTH / (T + 1.8) * (np.arange(T + 1) + 0.5)
    height = {"c": TOP - 0.85, "h": TOP - 1.45}
    for t in range(T + 1):
        if t:
            box(axes, x[t], TOP - 1.15, (0.24, 1.05), RULE, "#f5f6f8")
        for name, y in height.items():
            text(axes, x[t], y, f"${name}$", LIGHT[name])
        text(axes, x[t], 0.12, f"{t}", MUTED)
        if t and read[t - 1]:
            wire(axes, [(x[t], TOP - 0.2), (x[t], TOP - 0.6)], LIGHT["h"], width=_width(read[t - 1]))
            text(axes, x[t], TOP - 0.12, f"$r^{{({t})}}$", LIGHT["h"], size=11)
    for name, messages in lanes.items():
        for t, value in enumerate(messages, 1):
            ends, y = [(x[t] - 0.14, height[name]), (x[t - 1] + 0.13, height[name])], height[name]
            if value:
                wire(axes, ends, LIGHT[name], width=_width(value), dash="--" if value < 0 else "-")
            text(
                axes, x[t - 1 : t + 1].mean(), y + (0.2 if name == "c" else -0.21), f"{value:.3f}", LIGHT[name], size=10
            )
    text(axes, WIDTH - 0.3, TOP - 1.92, "sum", MUTED)
    for row, (name, one) in enumerate(shares.items()):
        _shares(axes, x, TOP - 2.12 - ROW * row, name, checks.array(f"shares[{name!r}]", one, c.shape))
    return figure


def _width(value: float) -> float:
    """In points: a pixel up to 0.001, two more for each factor of ten, seven from 1 on."""
    return 0.75 * float(1 + 2 * np.clip(np.log10(abs(value)) + 3, 0, 3))


def _shares(axes: Axes, x: np.ndarray, y: float, name: str, shares: np.ndarray) -> None:
    """A row of bars, each under its step, between the name of the parameter and the sum of its shares."""
    colour, (letter, _, sub) = LIGHT[name[-1]], name.partition("_")
    text(axes, 0.3, y, f"${letter}_{{{sub}}}$", colour)
    axes.plot([x[1] - 0.3, x[-1] + 0.3], [y, y], color=RULE, lw=0.8, zorder=1)
    for at, tall in zip(x[1:], TALL * shares / (np.abs(shares).max() or 1), strict=True):
        axes.add_patch(Rectangle((at - 0.12, y), 0.24, tall, fc=colour, ec="none", zorder=2))
    text(axes, WIDTH - 0.3, y, f"{shares.sum():.3f}", colour, size=11)


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
