"""The parts from which the diagrams of the cell are drawn. Coordinates are inches; the graph's places stand here."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text

from companion.style.figures import WIDTH, Figure
from companion.style.palette import INK, LIGHT

HEIGHT = 3.95
X = {"back": 0.46, "x": 0.95, "f": 1.56, "i": 2.39, "g": 3.22, "o": 4.05, "tanh": 4.66, "ahead": 5.14}
Y = {"bus": 0.72, "box": 1.5, "product": 2.34, "tanh": 2.88, "c": 3.42}
BOX, TANH, STATE, RADIUS = (0.75, 0.58), (0.54, 0.28), (0.72, 0.56), 0.12
LOW, HIGH = Y["box"] - BOX[1] / 2, Y["box"] + BOX[1] / 2
ROLES = {"f": "forget", "i": "input", "g": "candidate", "o": "output"}
SYMBOL = 13  # points; everything else has the 11 points of the other figures, and roles in a box 10


Point = tuple[float, float]
Colour = str | tuple[float, float, float]


def stage(height: float = HEIGHT) -> tuple[Figure, Axes]:
    """A new figure of the book's width, `height` inches high, and axes that fill it, one inch to the unit."""
    figure = Figure(figsize=(WIDTH, height), dpi=160, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.set_axis_off()
    return figure, axes


def box(axes: Axes, x: float, y: float, size: Point, colour: str, fill: Colour, zorder: float = 3) -> None:
    """A box with round corners, centred at (x, y)."""
    w, h = size
    style = "round,pad=0,rounding_size=0.08"
    patch = FancyBboxPatch((x - w / 2, y - h / 2), w, h, boxstyle=style, fc=fill, ec=colour, lw=1.3, zorder=zorder)
    axes.add_patch(patch)


def tint(colour: str, share: float = 0.13) -> Colour:
    """`colour` thinned with white, as (r, g, b)."""
    r, g, b = (1 - share * (1 - int(colour[k : k + 2], 16) / 255) for k in (1, 3, 5))
    return r, g, b


def node(axes: Axes, x: float, y: float, sign: str, colour: str = INK) -> None:
    """A circle with the sign of its operation: "+" for a sum, "." for the elementwise product."""
    axes.add_patch(Circle((x, y), RADIUS, fc="white", ec=colour, lw=1.3, zorder=4))
    if sign == ".":
        axes.add_patch(Circle((x, y), 0.03, fc=colour, ec="none", zorder=5))
    else:
        arm = 0.07
        axes.plot([x - arm, x + arm], [y, y], color=colour, lw=1.4, zorder=5)
        axes.plot([x, x], [y - arm, y + arm], color=colour, lw=1.4, zorder=5)


def dot(axes: Axes, x: float, y: float, colour: str) -> None:
    """A small disc where a wire divides or two meet."""
    axes.add_patch(Circle((x, y), 0.037, fc=colour, ec="none", zorder=4))


def wire(
    axes: Axes,
    points: Sequence[Point],
    colour: str,
    *,
    head: bool = True,
    width: float = 1.6,
    dash: Any = "-",
    zorder: float = 2,
) -> None:
    """A line through `points`, corners rounded, an arrow head at its end."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        vertices += [_towards(corner, before), corner, _towards(corner, after)]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    path = Path([*vertices, points[-1]], [*codes, Path.LINETO])
    style = "-|>,head_length=0.5,head_width=0.22" if head else "-"
    patch = FancyArrowPatch(
        path=path, arrowstyle=style, mutation_scale=13, color=colour, lw=width, ls=dash, zorder=zorder, capstyle="butt"
    )
    axes.add_patch(patch)


def text(axes: Axes, x: float, y: float, label: str, colour: str = INK, **kwargs: Any) -> Text:
    """A label centred at (x, y); formulas are larger than words."""
    size = SYMBOL if "$" in label else 11
    usual: dict[str, Any] = {"color": colour, "size": size, "ha": "center", "va": "center"}
    return axes.text(x, y, label, **(usual | kwargs))


def gate(axes: Axes, k: str, function: str) -> None:
    """The box of gate k: its role, and what it does to the signal that passes."""
    box(axes, X[k], Y["box"], BOX, LIGHT[k], tint(LIGHT[k]))
    text(axes, X[k], Y["box"] + 0.11, function, LIGHT[k], size=12 if "(" in function else SYMBOL, zorder=6)
    text(axes, X[k], Y["box"] - 0.15, ROLES[k], LIGHT[k], size=10, zorder=6)


def operations(axes: Axes) -> None:
    """The three products, the sum, and the tanh of (14)."""
    for x, y, sign in [("f", "c", "."), ("g", "c", "+"), ("g", "product", "."), ("tanh", "product", ".")]:
        node(axes, X[x], Y[y], sign)


def _towards(corner: Point, other: Point, radius: float = 0.1) -> Point:
    (x, y), (u, v) = corner, other
    length = max(abs(u - x), abs(v - y))
    step = min(radius, length / 2) / length
    return x + (u - x) * step, y + (v - y) * step
