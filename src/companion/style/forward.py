"""The cell drawn forward, whole or one part lit, and the numbers of a step on its wires."""

from collections.abc import Iterable, Mapping

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from companion.style.drawing import HIGH, LOW, RADIUS, TANH, Point, X, Y, box, dot, gate, node, text, wire
from companion.style.palette import INK, LIGHT, MUTED, RULE

PARTS = ("gates", "keep", "write", "show")
START, END = 0.63, 5.19
# number -> the parts whose it is, its place, its colour, and whether it stands left of, on or right of its place
NUMBERS: dict[str, tuple[str, Point, str, str]] = {
    "x": ("gates", (X["x"] + 0.24, 0.16), "x", "left"),
    "h_prev": ("gates", (START - 0.05, Y["bus"] - 0.24), "h", "right"),
    "c_prev": ("keep", (START - 0.05, Y["c"] - 0.24), "c", "right"),
    "f": ("gates keep", (X["f"] + 0.06, HIGH + 0.13), "f", "left"),
    "i": ("gates write", (X["i"] + 0.06, HIGH + 0.13), "i", "left"),
    "g": ("gates write", (X["g"] + 0.06, HIGH + 0.13), "g", "left"),
    "o": ("gates show", (X["o"] + 0.06, HIGH + 0.13), "o", "left"),
    "kept": ("keep write", (2.35, Y["c"] + 0.17), "c", "center"),
    "written": ("write", (X["g"] + 0.07, 2.9), "c", "left"),
    "c": ("write show", (END + 0.04, Y["c"] - 0.24), "c", "left"),
    "tanh": ("show", (X["tanh"] + 0.07, 2.61), "c", "left"),
    "h": ("show", (END + 0.04, Y["bus"] - 0.24), "h", "left"),
}


class Forward:
    """The drawing on `axes`; what does not belong to the part `lit` is drawn in grey, and nothing is where it is None.

    `values` maps names of NUMBERS to what is written at their places. Raises ValueError for an unknown part or name.
    """

    def __init__(self, axes: Axes, lit: str | None = None, values: Mapping[str, str] | None = None) -> None:
        if lit is not None and lit not in PARTS:
            raise ValueError(f"lit: expected one of {PARTS} or None, got {lit!r}")
        if unknown := set(values or {}) - set(NUMBERS):
            raise ValueError(f"values: expected names of {list(NUMBERS)}, got {sorted(unknown)}")
        self.axes, self.lit = axes, lit
        panel = FancyBboxPatch(
            (0.7, 0.38), 4.36, 3.38, boxstyle="round,pad=0,rounding_size=0.12", fc="#f5f6f8", ec=RULE
        )
        axes.add_patch(panel)
        self._gates()
        self._memory()
        self._shown()
        self._labels()
        for name, written in (values or {}).items():
            parts, (x, y), k, side = NUMBERS[name]
            if lit is None or lit in parts.split():
                text(axes, x, y, written, LIGHT[k], ha=side, weight="bold", size=11)

    def _colour(self, parts: str, k: str | None = None) -> str:
        """The colour of symbol k, or ink, where one of `parts` is lit; else grey."""
        return (LIGHT[k] if k else INK) if self.lit is None or self.lit in parts.split() else RULE

    def _wire(self, parts: str, points: Iterable[Point], k: str | None = None, *, head: bool = True) -> None:
        lit = self._colour(parts, k)
        wire(self.axes, list(points), lit, head=head, zorder=1 if lit == RULE else 2)

    def _gates(self) -> None:
        bus = Y["bus"]
        self._wire("gates", [(X["x"], bus), (X["o"], bus), (X["o"], LOW)])
        self._wire("gates", [(START, bus), (X["x"], bus)], "h", head=False)
        self._wire("gates", [(X["x"], 0.28), (X["x"], bus)], "x", head=False)
        for k in "fig":
            self._wire("gates", [(X[k], bus), (X[k], LOW)])
        for k in "xfig":
            dot(self.axes, X[k], bus, self._colour("gates"))
        for k in "figo":
            gate(self.axes, k, r"$\tanh$" if k == "g" else r"$\sigma$", self._colour(NUMBERS[k][0], k))

    def _memory(self) -> None:
        c, product = Y["c"], Y["product"]
        for parts, left, right in [("keep", START, X["f"] - RADIUS), ("keep write", X["f"] + RADIUS, X["g"] - RADIUS)]:
            wire(self.axes, [(left, c), (right, c)], self._colour(parts, "c"), width=2.4)
        wire(self.axes, [(X["g"] + RADIUS, c), (END, c)], self._colour("write show", "c"), width=2.4)
        self._wire("keep", [(X["f"], HIGH), (X["f"], c - RADIUS)], "f")
        self._wire("write", [(X["i"], HIGH), (X["i"], product), (X["g"] - RADIUS, product)], "i")
        self._wire("write", [(X["g"], HIGH), (X["g"], product - RADIUS)], "g")
        self._wire("write", [(X["g"], product + RADIUS), (X["g"], c - RADIUS)])
        for parts, k, y, sign in [("keep", "f", c, "."), ("write", "g", c, "+"), ("write", "g", product, ".")]:
            node(self.axes, X[k], y, sign, self._colour(parts))

    def _shown(self) -> None:
        x, c, product, bus = X["tanh"], Y["c"], Y["product"], Y["bus"]
        self._wire("show", [(x, c), (x, Y["tanh"] + TANH[1] / 2)], "c")
        self._wire("show", [(x, Y["tanh"] - TANH[1] / 2), (x, product + RADIUS)])
        self._wire("show", [(x, product - RADIUS), (x, bus), (END, bus)], "h")
        self._wire("show", [(X["o"], HIGH), (X["o"], product), (x - RADIUS, product)], "o")
        dot(self.axes, x, c, self._colour("write show", "c"))
        node(self.axes, x, product, ".", self._colour("show"))
        box(self.axes, x, Y["tanh"], TANH, self._colour("show"), "white")
        text(self.axes, x, Y["tanh"], r"$\tanh$", self._colour("show"), zorder=6)

    def _labels(self) -> None:
        c, bus = Y["c"], Y["bus"]
        for k in "figo":
            text(self.axes, X[k] - 0.06, HIGH + 0.22, f"${k}^{{(t)}}$", self._muted(NUMBERS[k][0], k), ha="right")
        ends = [("keep", "write show", "c", c), ("gates", "show", "h", bus)]
        for before, after, k, y in ends:
            text(self.axes, START - 0.05, y, f"${k}^{{(t-1)}}$", self._muted(before, k), ha="right")
            text(self.axes, END + 0.04, y, f"${k}^{{(t)}}$", self._muted(after, k), ha="left")
        text(self.axes, X["x"], 0.16, "$x^{(t)}$", self._muted("gates", "x"))
        places = [(0.95, Y["box"], "(12)"), (X["g"], c + 0.22, "(13)"), (4.36, Y["product"] - 0.2, "(14)")]
        for x, y, number in places:
            text(self.axes, x, y, number, MUTED)

    def _muted(self, parts: str, k: str) -> str:
        """As `_colour`, but a label that is not lit stays readable."""
        lit = self._colour(parts, k)
        return MUTED if lit == RULE else lit
