"""The graph of one unit, and the chain rule in its plainest form: the sum over all paths of the product of slopes.

A node is a symbol and its step, as ("c", 1); ("zf", 2) is the linear predictor of the forget gate, and "l" the loss.
A gate of step k depends on h^(k-1) alone: the inputs are data.
"""

from collections.abc import Mapping
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations
from lstm.cell import Params, Trace

Node = tuple[str, int]
Edges = dict[tuple[Node, Node], float]
Path = tuple[Node, ...]

LOSS: Node = ("l", 0)
GROUPS = {"zf": "forget", "zi": "input", "zg": "candidate", "zo": "output", "l": "local"}


def edges(params: Params, trace: Trace, reads: ArrayLike) -> Edges:
    """Every edge of a unit over its T steps, (from, to) -> slope, from c^(1) on; l reads `reads`, (T,), from h.

    params and trace as `lstm.scalar.held_gates` returns them. Edges of the loss whose slope is 0 are left out.
    Raises TypeError or ValueError that names the argument.
    """
    c = checks.real("trace.c", trace.c, (None, 1))[:, 0]
    read = checks.real("reads", reads, c.shape)
    D = equations.output_slope(trace.o, trace.c)[:, 0]
    found: Edges = {}
    for k in range(len(c)):
        t = k + 1
        if t < len(c):
            found[("c", t), ("c", t + 1)] = float(trace.f[t, 0])
        found[("c", t), ("h", t)] = float(D[k])
        if read[k] != 0:
            found[("h", t), LOSS] = float(read[k])
        if k == 0:
            continue
        i, f, o, g = (float(getattr(trace, gate)[k, 0]) for gate in "ifog")
        inside = {"f": (f * (1 - f), "c", c[k - 1]), "i": (i * (1 - i), "c", g), "g": (1 - g**2, "c", i)}
        inside["o"] = (o * (1 - o), "h", np.tanh(c[k]))
        for gate, (slope, state, partner) in inside.items():
            found[("h", k), ("z" + gate, t)] = float(getattr(params, "W_2" + gate)[0, 0])
            found[("z" + gate, t), (gate, t)] = slope
            found[(gate, t), (state, t)] = float(partner)
    return found


def paths(graph: Edges, start: Node, end: Node = LOSS) -> list[Path]:
    """Every path from `start` to `end`, in the order of the edges."""
    if start == end:
        return [(end,)]
    steps = [to for before, to in graph if before == start]
    return [(start, *rest) for to in steps for rest in paths(graph, to, end)]


def slopes(graph: Edges, path: Path) -> list[float]:
    """The slopes along a path, one for each edge."""
    return [graph[edge] for edge in pairwise(path)]


def weight(graph: Edges, path: Path) -> float:
    """The product of the slopes along a path: what it contributes to the derivative."""
    return prod(slopes(graph, path))


def derivative(graph: Edges, start: Node, end: Node = LOSS) -> float:
    """The total derivative of `end` with respect to `start`: the sum over all paths."""
    return sum(weight(graph, path) for path in paths(graph, start, end))


def term(path: Path) -> str:
    """The term of (15) to which a path from a cell state belongs, by where it leaves: "direct", "forget", ..."""
    return "direct" if path[1][0] == "c" else GROUPS[path[2][0]]


def written(path: Path, steps: Mapping[int, str]) -> str:
    """A path as a formula of the page; `steps` says how a step is written, {1: "t-1", 2: "t"}. z is left out."""
    nodes = [node for node in path if node[0][0] != "z"]
    names = [symbol if symbol == "l" else f"{symbol}^{{({steps[step]})}}" for symbol, step in nodes]
    return "$" + r" \to ".join(names) + "$"
