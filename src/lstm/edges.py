"""Every path from c^(t) back to c^(s) by its edges, and how many there are: the chain of Eq. (15) without its numbers.

lstm.paths says which nodes and edges there are, and has their numbers.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from lstm import checks

GATES = ("forget", "input", "candidate", "output")
MOST_STEPS = 6  # 10009 paths; the number grows by a factor of 4.79 a step
MOST_COUNTED = 10_000  # steps: the number then has 6803 digits


class Path(NamedTuple):
    """A path that leaves c^(start): its edges in the order of time, each "direct", "D" or one of `GATES`."""

    start: int
    edges: tuple[str, ...]


def enumerate_paths(s: int, t: int, *, detach: Iterable[int] = ()) -> list[Path]:
    """All paths from c^(s) to c^(t), 0 <= s < t <= s + MOST_STEPS, as a list of `Path`.

    detach holds the steps k, s <= k < t, whose h^(k) passes nothing back. Raises TypeError or ValueError.
    """
    s, t, detach = span(s, t, detach, MOST_STEPS)
    to_c: list[tuple[str, ...]] = [()]
    to_h: list[tuple[str, ...]] = [("D",)]
    for k in range(s, t):
        leaves_h = [] if k in detach else to_h
        to_c = [(*p, "direct") for p in to_c] + [(*p, gate) for gate in GATES[:3] for p in leaves_h]
        to_h = [(*p, "D") for p in to_c] + [(*p, "output") for p in leaves_h]
    return [Path(s, edges) for edges in to_c]


def count(s: int, t: int, *, detach: Iterable[int] = ()) -> int:
    """The number of these paths with no path made, 0 <= s < t <= s + MOST_COUNTED: a product of 2 x 2 integer matrices.

    Steps take (to c, to h) to (to c + 3 to h, to c + 4 to h), no h where detached. Raises TypeError or ValueError.
    """
    s, t, detach = span(s, t, detach, MOST_COUNTED)
    numbers = np.array([1, 1], dtype=object)  # Python integers: they do not overflow
    for k in range(s, t):
        numbers = np.array([[1, 0], [1, 0]] if k in detach else [[1, 3], [1, 4]], dtype=object) @ numbers
    return numbers[0]


def visits(path: Path) -> int:
    """How many h^(k) a path goes through: its edges "D" and "output"."""
    return sum(edge in ("D", "output") for edge in path.edges)


def gates_used(path: Path) -> str:
    """The gates a path goes through, each named once: "forget + output", or "none" for the direct path."""
    return " + ".join(gate for gate in GATES if gate in path.edges) or "none"


def words(path: Path) -> str:
    """The path read backwards, as the gradient goes: "c2 ←forget h1 ←D c1 ←direct c0"."""
    k, text = path.start, f"c{path.start}"
    for edge in path.edges:
        k += edge != "D"
        text = f"{'h' if edge in ('D', 'output') else 'c'}{k} ←{edge} {text}"
    return text


def span(s: int, t: int, detach: Iterable[int], most: int) -> tuple[int, int, frozenset[int]]:
    """(s, t, detach) with 0 <= s < t <= s + most and steps from s to t - 1, else raise TypeError or ValueError."""
    s = checks.whole("s", s, 0)
    t = checks.whole("t", t, s + 1, s + most)
    if not isinstance(detach, Iterable):
        raise TypeError(f"detach: expected steps such as {{0}} or range(0, 3), got {detach!r}")
    return s, t, frozenset(checks.whole("detach", k, s, t - 1) for k in detach)
