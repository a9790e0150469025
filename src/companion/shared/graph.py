"""The graph of the states c^(k) and h^(k), with all edges of a step, and one path through it lit."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes

from companion.style.drawing import Point, box, stage, text, tint, wire
from companion.style.figures import WIDTH, Figure, styled
from companion.style.palette import LIGHT
from lstm import checks

COLOURS = {"direct": "direct", "forget": "f", "input": "i", "candidate": "g", "output": "o", "D": "h"}
LETTERS = {"forget": "f", "input": "i", "candidate": "g", "output": "o"}
MOST = 3  # steps that fit the width
C, H, SIZE, BADGE = 2.2, 0.5, (0.62, 0.4), (0.32, 0.27)
HEIGHTS = {"forget": 1.72, "input": 1.35, "candidate": 0.98, "output": H}  # of the letters, on the edges


@styled
def states(s: int, t: int, lit: Sequence[str] = ()) -> Figure:
    """The graph from c^(s) to c^(t), 0 <= s < t <= s + 3: six edges a step, each in the colour of what it passes.

    lit: the edges of one path in the order of time, as in `lstm.paths.Path`; they are drawn heavy and all others pale.
    h^(t) is left out, for no path to c^(t) passes it. Raises TypeError or ValueError that names the argument.
    """
    s = checks.whole("s", s, 0)
    t = checks.whole("t", t, s + 1, s + MOST)
    figure, axes = stage(2.65)
    on = _places(s, t, lit)
    for k in range(s, t + 1):
        for edge in ("D", "direct", "forget", "input", "candidate", "output"):
            if (k == s and edge != "D") or (k == t and edge in ("D", "output")):
                continue
            _edge(axes, edge, k, _column(k - 1, s, t), _column(k, s, t), (edge, k) in on, not lit)
        _state(axes, "c", k, (_column(k, s, t), C))
        if k < t:
            _state(axes, "h", k, (_column(k, s, t), H))
    return figure


def _places(s: int, t: int, lit: Sequence[str]) -> set[tuple[str, int]]:
    """The edges that are lit, each with the step of its end; refuse what is no path from c^(s) to c^(t)."""
    on, state, k = set(), "c", s
    for edge in lit:
        if edge not in COLOURS or (edge in ("D", "direct")) != (state == "c"):
            raise ValueError(f"lit: expected the edges of a path, got {edge!r} from {state}^({k})")
        k += edge != "D"
        state = "h" if edge in ("D", "output") else "c"
        on.add((edge, k))
    if lit and (state, k) != ("c", t):
        raise ValueError(f"lit: expected a path that ends in c^({t}), got one that ends in {state}^({k})")
    return on


def _column(k: int, s: int, t: int) -> float:
    return 0.5 + (k - s) * (WIDTH - 1.0) / (t - s)


def _edge(axes: Axes, edge: str, k: int, before: float, here: float, lit: bool, plain: bool) -> None:
    """One edge that ends at step k: a line, and on it what it passes."""
    full = LIGHT[COLOURS[edge]]
    colour = full if lit or plain else tint(full, 0.4)
    width, order = (3.2, 3) if lit else (1.3, 2)
    points = list(_points(edge, before, here))
    wire(axes, points, colour, width=width, zorder=order)  # type: ignore[arg-type]  # a tint is a colour too
    if edge in LETTERS:
        middle = (before + here) / 2
        box(axes, middle, HEIGHTS[edge], BADGE, colour, tint(full) if lit or plain else "white", zorder=4)  # type: ignore[arg-type]
        text(axes, middle, HEIGHTS[edge] - 0.01, f"${LETTERS[edge]}^{{({k})}}$", full, size=10, zorder=6)
    elif edge == "direct":
        text(axes, (before + here) / 2, C + 0.16, f"direct $f^{{({k})}}$", full, size=11)
    else:
        text(axes, here - 0.07, (C + H) / 2, f"$D^{{({k})}}$", full, size=11, ha="right")


def _points(edge: str, before: float, here: float) -> Iterator[Point]:
    side, rim = SIZE[0] / 2, SIZE[1] / 2
    if edge == "D":
        yield from [(here, C - rim), (here, H + rim)]
    elif edge == "direct":
        yield from [(before + side, C), (here - side, C)]
    elif edge == "output":
        yield from [(before + side, H), (here - side, H)]
    else:
        middle, half, y = (before + here) / 2, BADGE[0] / 2, HEIGHTS[edge]
        yield from [(before + side, H + 0.1), (middle - half - 0.05, y), (middle + half + 0.05, y)]
        yield (here - side, C - 0.1)


def _state(axes: Axes, name: str, k: int, place: Point) -> None:
    box(axes, *place, SIZE, LIGHT[name], tint(LIGHT[name]), zorder=5)
    text(axes, *place, f"${name}^{{({k})}}$", LIGHT[name], zorder=6)
