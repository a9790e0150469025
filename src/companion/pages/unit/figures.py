"""The figures of one unit: its graph over two steps, and the direct term against the truth."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.pages.unit.graph import LOSS, Node
from companion.style.drawing import Point, box, stage, text, tint, wire
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

# The places of the nodes in inches, and how their edges are labelled.
PLACES: dict[Node, Point] = {
    ("c", 1): (0.5, 3.45),
    ("h", 1): (0.5, 1.1),
    ("f", 2): (2.35, 2.72),
    ("i", 2): (2.35, 2.12),
    ("g", 2): (2.35, 1.52),
    ("o", 2): (2.35, 0.62),
    ("c", 2): (4.2, 3.45),
    ("h", 2): (4.2, 1.1),
    LOSS: (5.2, 1.1),
}
SIZE = (0.62, 0.4)
STEPS = {1: "(t-1)", 2: "(t)"}
LABELS: dict[tuple[Node, Node], tuple[str, str, float]] = {  # symbol, colour, place along the edge
    (("c", 1), ("c", 2)): ("f^{(t)}", LIGHT["direct"], 0.5),
    (("c", 1), ("h", 1)): ("D^{(t-1)}", LIGHT["h"], 0.5),
    (("h", 1), ("f", 2)): ("w_{2f}", LIGHT["f"], 0.6),
    (("h", 1), ("i", 2)): ("w_{2i}", LIGHT["i"], 0.6),
    (("h", 1), ("g", 2)): ("w_{2g}", LIGHT["g"], 0.6),
    (("h", 1), ("o", 2)): ("w_{2o}", LIGHT["o"], 0.6),
    (("f", 2), ("c", 2)): ("c^{(t-1)}", LIGHT["f"], 0.4),
    (("i", 2), ("c", 2)): ("g^{(t)}", LIGHT["i"], 0.4),
    (("g", 2), ("c", 2)): ("i^{(t)}", LIGHT["g"], 0.4),
    (("o", 2), ("h", 2)): (r"\tanh c^{(t)}", LIGHT["o"], 0.5),
    (("c", 2), ("h", 2)): ("D^{(t)}", LIGHT["h"], 0.5),
    (("h", 2), LOSS): ("r^{(t)}", INK, 0.5),
}


@styled
def unrolled(numbers: Mapping[tuple[Node, Node], float] | None = None) -> Figure:
    """Two steps of one unit as a graph: what c^(t-1) moves, edge by edge, each with its slope.

    With `numbers`, `companion.pages.unit.graph.edges` of two steps, the slopes are numbers. The edge into a gate has
    its weight, or with numbers the weight times the slope of the gate. Raises ValueError for an edge without a number.
    """
    figure, axes = stage()
    drawn = None if numbers is None else {edge: _number(numbers, edge) for edge in LABELS}
    for edge, (symbol, colour, share) in LABELS.items():
        _edge(axes, edge, colour)
        label = f"${symbol}$" if drawn is None else f"{drawn[edge]:.3g}".replace("-", "\N{MINUS SIGN}")
        (x, y), (u, v) = (PLACES[node] for node in edge)
        above = 0.2 if LOSS in edge else 0.0  # that edge is too short to be written on
        place = x + share * (u - x), y + share * (v - y) + above
        text(axes, *place, label, colour, size=11, zorder=3, bbox={"fc": "white", "ec": "none", "pad": 1.5})
    local = [(0.5, 0.9), (0.5, 0.2), (5.2, 0.2), (5.2, 0.9)]
    wire(axes, local, MUTED, dash=(0, (3, 2)))
    text(axes, 5.1, 0.34, "local: $r^{(t-1)}$", MUTED, ha="right")
    for node in PLACES:
        _node(axes, node)
    return figure


@styled
def against(direct: ArrayLike, truth: ArrayLike) -> Figure:
    """The direct term of many units, (N,), against the whole derivative, (N,), and the line where they are equal."""
    truth = checks.array("truth", truth, (None,))
    direct = checks.array("direct", direct, truth.shape)
    figure = new(3.6)
    axes = figure.subplots()
    ends = [float(min(direct.min(), truth.min())), float(max(direct.max(), truth.max()))]
    axes.plot(ends, ends, color=MUTED, lw=1.2, label="equal")
    same = direct * truth > 0
    marks = [(same, "o", LIGHT["direct"], "same sign"), (~same, "x", LIGHT["h"], "opposite sign")]
    for which, marker, colour, label in marks:
        axes.plot(truth[which], direct[which], marker, color=colour, ms=4, alpha=0.8, label=label)
    axes.axvline(0, color=RULE, lw=0.8, zorder=0)
    axes.set(xlabel=r"whole derivative $\mathrm{d}l/\mathrm{d}c^{(t-1)}$", ylabel="direct term")
    figure.legend(loc="outside upper left", ncols=3, handlelength=1.5)
    return figure


def _number(numbers: Mapping[tuple[Node, Node], float], edge: tuple[Node, Node]) -> float:
    start, end = edge
    net: Node = ("z" + end[0], end[1])
    if (start, net) in numbers:
        return numbers[start, net] * numbers[net, end]
    if edge not in numbers:
        raise ValueError(f"numbers: expected a slope for each edge, got none for {start} to {end}")
    return numbers[edge]


def _edge(axes: Axes, edge: tuple[Node, Node], colour: str) -> None:
    (x, y), (u, v) = (PLACES[node] for node in edge)
    rim = min(half / 2 / abs(way) for half, way in zip(SIZE, (u - x, v - y), strict=True) if way)
    points = [(x + (u - x) * share, y + (v - y) * share) for share in (rim, 1 - rim)]
    wire(axes, points, colour, width=2.4 if edge == (("c", 1), ("c", 2)) else 1.6)


def _node(axes: Axes, node: Node) -> None:
    symbol, step = node
    colour = INK if node == LOSS else LIGHT[symbol]
    label = "$l$" if node == LOSS else f"${symbol}^{{{STEPS[step]}}}$"
    box(axes, *PLACES[node], SIZE, colour, tint(colour))
    text(axes, *PLACES[node], label, colour, zorder=6)
