"""Every path from c^(t) back to c^(s), one by one: the chain of Eq. (15) taken apart.

The nodes are c^(k) and h^(k). Six kinds of edge join them, gates counted apart:

    c^(k-1) to c^(k)  direct                    f^(k)
    h^(k-1) to c^(k)  forget, input, candidate  through a gate of (12) into (13)
    h^(k-1) to h^(k)  output                    through o^(k) into (14), past c^(k)
    c^(k)   to h^(k)  D                         o^(k) (1 - tanh^2 c^(k))

The contribution of a path is the product of its edges, the last step leftmost. Over three steps there are 91 paths, or
19 with the first h held. 4^3 = 64 counts the terms of J J J, one direct edge and three gates at each step: exactly
the paths without an output edge. The other 27 are what the product of the J misses.

Here s may be 0. No gate of the run made h^(0), so the caller gives o_0 with h^(0) = o_0 tanh c^(0), or detaches h^(0).
Nothing passes back through a detached h: `detach={s}` holds the first, `detach=range(s, t)` leaves the product of f.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations
from lstm.cell import Params, Trace, check_steps, check_trace
from lstm.edges import GATES, MOST_STEPS, Path, count, enumerate_paths, gates_used, span, visits, words
from lstm.gradient import step_of
from lstm.ranges import in_range

__all__ = [
    "GATES",
    "MOST_STEPS",
    "Contribution",
    "Group",
    "Path",
    "contributions",
    "count",
    "enumerate_paths",
    "from_zero",
    "gates_used",
    "grouped",
    "total",
    "visits",
    "words",
]


class Contribution(NamedTuple):
    """What one path adds to dc^(t)/dc^(s): value of shape (n, n), rows c^(t); size is its spectral norm."""

    path: Path
    value: np.ndarray
    size: float


class Group(NamedTuple):
    """Paths taken together: how many, their sum (n, n), its spectral norm, and the sum of their sizes."""

    name: int | str
    count: int  # type: ignore[assignment]  # hides tuple.count
    value: np.ndarray
    size: float
    absolute: float


@in_range
def contributions(
    params: Params, trace: Trace, s: int, t: int, *, o_0: ArrayLike | None = None, detach: Iterable[int] = ()
) -> list[Contribution]:
    """What each path adds to dc^(t)/dc^(s), h^(s) moving with c^(s): a list of `Contribution`, largest first.

    Their sum is the true derivative, `gradient.chain` where s >= 1. 0 <= s < t <= T, t - s <= MOST_STEPS. For s = 0
    give o_0, shape (n,), h^(0) = o_0 tanh c^(0), or detach h^(0). Raises TypeError or ValueError, naming the argument.
    """
    p, trace = check_trace(params, trace)
    s, t, detach = span(s, t, detach, MOST_STEPS)
    checks.whole("t", t, 1, len(trace.c))
    D_0 = _first_slope(trace, s, o_0, detach)
    D = {k: np.diag(D_0 if k == 0 else equations.output_slope(trace.o[k - 1], trace.c[k - 1])) for k in range(s, t)}
    into = {k: _edges_into(p, trace, k) for k in range(s + 1, t + 1)}
    found = []
    for path in enumerate_paths(s, t, detach=detach):
        value, k = np.eye(trace.c.shape[1]), s
        for edge in path.edges:
            k += edge != "D"
            value = (D[k] if edge == "D" else into[k][edge]) @ value
        found.append(Contribution(path, value, float(np.linalg.norm(checks.for_lapack(value), 2))))
    return sorted(found, key=lambda c: _largest_first(c.size, c.path))


@in_range
def total(contributions: Iterable[Contribution], keep: float = 1) -> np.ndarray:
    """The sum of the values, shape (n, n), each weighed by keep^v, v the visits to h, 0 <= keep <= 1.

    keep = 1 is the true derivative if every path is there, 0 the product of f. Between them lies the mean of h-detach
    (Kanuparthi et al., arXiv 1810.03023) over its coin tosses: each h^(k) passes its gradient with probability `keep`.
    Raises TypeError or ValueError that names the argument.
    """
    if not 0 <= (share := checks.real("keep", keep, ())) <= 1:
        raise ValueError(f"keep: expected a value in [0, 1], got {keep}")
    parts = _checked(contributions)
    return np.sum([share ** visits(c.path) * c.value for c in parts], axis=0)


@in_range
def grouped(contributions: Iterable[Contribution], by: str) -> list[Group]:
    """Contributions summed in groups: by="visits" (to h, in order) or by="gates" (set of gates used, largest first).

    The values of the groups add up to `total`. Returns a list of `Group`; raises ValueError for another `by`.
    """
    names: dict[str, Callable[[Path], int | str]] = {"visits": visits, "gates": gates_used}
    if not isinstance(by, str) or by not in names:
        raise ValueError(f'by: expected "visits" or "gates", got {by!r}')
    members: dict[int | str, list[Contribution]] = {}
    for c in _checked(contributions):
        members.setdefault(names[by](c.path), []).append(c)
    sums = [(k, m, total(m)) for k, m in members.items()]
    groups = [Group(k, len(m), a, float(np.linalg.norm(a, 2)), sum(c.size for c in m)) for k, m, a in sums]
    return sorted(groups, key=lambda group: group.name if by == "visits" else _largest_first(group.size, group.name))


def from_zero(trace: Trace) -> tuple[Trace, np.ndarray]:
    """Return (trace, o_0) counted from 0: step 1 of `trace`, T >= 2, becomes c^(0), h^(0), o^(0).

    For runs of `scalar.held_gates`, whose first state is c^(1). Raises TypeError or ValueError that names the argument.
    """
    trace = check_steps(trace)
    checks.whole("T", len(trace.c), 2)
    later = {name: getattr(trace, name)[1:].copy() for name in Trace._fields[:7]}
    return Trace(**later, h_0=trace.h[0].copy(), c_0=trace.c[0].copy()), trace.o[0].copy()


def _checked(contributions: Iterable[Contribution]) -> list[Contribution]:
    """The contributions in a list, if there are some and their values are matrices alike, else raise."""
    found, shape = checks.tuples_of("contributions", contributions, Contribution), None
    for k, c in enumerate(found):
        if not isinstance(checks.tuple_of("contributions.path", c.path, Path).edges, tuple):
            raise TypeError(f"contributions.path.edges: expected a tuple of names, got {c.path.edges!r}")
        value = checks.array("contributions.value", c.value, shape or (None, None))
        shape = value.shape
        size = float(checks.real("contributions.size", c.size, ()))
        found[k] = Contribution(c.path, checks.for_lapack(value), size)
    return found


def _edges_into(p: Params, trace: Trace, k: int) -> dict[str, np.ndarray]:
    """The edges into c^(k) and h^(k) from step k-1, each (n, n): the derivative along that edge alone."""
    slopes = equations.deltas(step_of(trace, k - 1), trace.c_0 if k == 1 else trace.c[k - 2], 1, 1)
    return {
        "direct": np.diag(trace.f[k - 1]),
        "forget": slopes.f[:, None] * p.W_2f,
        "input": slopes.i[:, None] * p.W_2i,
        "candidate": slopes.g[:, None] * p.W_2g,
        "output": slopes.o[:, None] * p.W_2o,
    }


def _first_slope(trace: Trace, s: int, o_0: ArrayLike | None, detach: frozenset[int]) -> np.ndarray:
    """D^(0) where s = 0 and h^(0) moves; refuse an o_0 or a trace that does not fit the span."""
    moves = s == 0 and 0 not in detach
    if moves == (o_0 is None):
        raise ValueError(f"o_0: expected where s = 0 and h^(0) is not detached, and only there, got {o_0!s}")
    i, f, _, g, c = (rows[0] for rows in trace[:5])
    if s == 0 and not np.allclose(equations.cell_state(f, trace.c_0, i, g), c, rtol=1e-6, atol=1e-6):
        raise ValueError("trace: expected s >= 1 or from_zero, got a step 1 that does not follow from c_0 by (13)")
    o_0 = checks.array("o_0", np.zeros(c.shape) if o_0 is None else o_0, c.shape)
    if moves and not np.allclose(equations.hidden_state(o_0, trace.c_0), trace.h_0, rtol=1e-6, atol=1e-6):
        raise ValueError("o_0: expected h_0 = o_0 tanh(c_0), as trace has it, got another")
    return equations.output_slope(o_0, trace.c_0)


def _largest_first(size: float, name: Any) -> tuple[float, Any]:
    return -float(f"{size:.9e}"), name  # ten digits decide the order, then the name: rounding must not
