"""What the newer recurrences share: run, slopes, the Jacobian of the state, the terms of Eq. (15), the direct path.

`variant` makes of a `Cell` a `variants.Variant`, so that chains, totals and the proof by complex step are those of all
other cells. Steps count from 1.
"""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.analytic import complex_step
from lstm.gradient import Totals
from lstm.ranges import in_range
from lstm.recurrences.kinds import Cell, Slopes, Trace, fitted
from lstm.variants.flow import Variant, follow


@in_range
def run(cell: Cell, params: Any, x: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None) -> Trace:
    """Run over x of shape (T, m), T >= 1, from h_0, (n,), and c_0, (N,), zero where not given: `Trace`.

    Raises TypeError or ValueError that names the argument.
    """
    params, m, n = fitted(cell, params)
    x = checks.array("x", x, (None, m))
    h_0 = checks.array("h_0", np.zeros(n) if h_0 is None else h_0, (n,))
    c_0 = checks.array("c_0", np.zeros(cell.size(n)) if c_0 is None else c_0, (cell.size(n),))
    h, c, steps = h_0, c_0, []
    for x_t in x:
        steps.append(cell.step(params, x_t, h, c))
        h, c = steps[-1].h, steps[-1].c
    c, h = (np.array([getattr(one, name) for one in steps]) for name in "ch")
    return Trace(tuple(steps), c, h, x.copy(), h_0.copy(), c_0.copy())


def slopes(cell: Cell, params: Any, trace: Trace, t: int) -> Slopes:
    """The `Slopes` of step t, 1 <= t <= T. Raises TypeError or ValueError that names the argument."""
    params, trace = _fit(cell, params, trace)
    return _slopes(cell, params, trace, checks.whole("t", t, 1, len(trace.steps)))


@in_range
def terms(cell: Cell, params: Any, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> dict[str, np.ndarray]:
    """The terms of dl/dc^(t-1), 2 <= t <= T, each (N,): "direct", the other paths by name, and "local".

    total is what `variants.totals` returns for reads, (T, n). Raises TypeError or ValueError that names the argument.
    """
    params, trace = _fit(cell, params, trace)
    k = checks.whole("t", t, 2, len(trace.steps)) - 1
    total = checks.fields("total", total, Totals, {"dl_dc": trace.c.shape, "dl_dh": trace.h.shape})
    reads = checks.array("reads", reads, trace.h.shape)
    one = _slopes(cell, params, trace, t)
    D = cell.slope(params, trace.x[k - 1], trace.steps[k - 1])
    moved = {"c": total.dl_dc[k], "h": total.dl_dh[k]}
    found = {"direct": matrix(one.direct).T @ moved["c"]}
    for name, path in one.paths.items():
        term = path.slope.T @ moved[path.on]
        found[name] = D.T @ term if path.by == "h" else term
    return found | {"local": D.T @ reads[k - 1]}


@in_range
def state_jacobian(cell: Cell, params: Any, trace: Trace, t: int) -> np.ndarray:
    """The Jacobian of (c, h)^(t) by (c, h)^(t-1), the two moved apart, 1 <= t <= T: (N + n, N + n)."""
    params, trace = _fit(cell, params, trace)
    one = _slopes(cell, params, trace, checks.whole("t", t, 1, len(trace.steps)))
    N, n = trace.c.shape[1], trace.h.shape[1]
    part = {"cc": matrix(one.direct), "hc": np.zeros((N, n)), "ch": np.zeros((n, N)), "hh": np.zeros((n, n))}
    for path in one.paths.values():
        part[path.by + path.on] = part[path.by + path.on] + path.slope
    D = cell.slope(params, trace.x[t - 1], trace.steps[t - 1])
    return np.block([[part["cc"], part["hc"]], [D @ part["cc"] + part["ch"], D @ part["hc"] + part["hh"]]])


def variant(cell: Cell) -> Variant:
    """The cell as `variants.chains`, `totals` and `follow` want it; terms are a dict here, and direct is (T, N, N)."""

    def restart(params: Any, trace: Trace, s: int, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return cell.read(params, trace.x[s - 1], trace.steps[s - 1], c), c

    def seed(params: Any, trace: Trace, t: int) -> np.ndarray:
        return np.vstack([np.eye(trace.c.shape[1]), cell.slope(params, trace.x[t - 1], trace.steps[t - 1])])

    def direct(params: Any, trace: Trace) -> np.ndarray:
        params, trace = _fit(cell, params, trace)
        return np.array([matrix(_slopes(cell, params, trace, t).direct) for t in range(1, len(trace.c) + 1)])

    return Variant(
        "c", cell.init_params, partial(run, cell), restart, direct, seed, partial(state_jacobian, cell),
        partial(terms, cell),
    )  # fmt: skip


@in_range
def products(cell: Cell, params: Any, trace: Trace, t: int) -> np.ndarray:
    """The direct path alone: the ordered product of its factors from step s+1 to t, row s-1: shape (t, N, N).

    Raises TypeError or ValueError that names the argument.
    """
    params, trace = _fit(cell, params, trace)
    found = [np.eye(trace.c.shape[1])]
    for k in range(checks.whole("t", t, 1, len(trace.c)), 1, -1):
        found.append(found[-1] @ matrix(_slopes(cell, params, trace, k).direct))
    return np.array(found[::-1])


@in_range
def miss(cell: Cell, params: Any, trace: Trace) -> float:
    """Largest difference between the product of the direct factors and the true chain of the memory, step 1 to T.

    It is relative to the largest entry of the true chain, which comes by complex step of the run and not by `slopes`.
    Raises TypeError or ValueError that names the argument.
    """
    params, trace = _fit(cell, params, trace)
    checks.real("trace.c", trace.c, trace.c.shape)
    k, one = cell.memory(trace.h.shape[1]), variant(cell)
    true = complex_step(lambda c: follow(one, params, trace, 1, c)[0][-1], trace.c[0])[:k, :k]
    return float(np.abs(products(cell, params, trace, len(trace.c))[0, :k, :k] - true).max() / np.abs(true).max())


def matrix(factor: np.ndarray) -> np.ndarray:
    """A direct factor as a matrix, (N, N)."""
    return np.diag(factor) if factor.ndim == 1 else factor


def _slopes(cell: Cell, params: Any, trace: Trace, t: int) -> Slopes:
    """`slopes` of what is checked."""
    k = t - 1
    before = (trace.h[k - 1], trace.c[k - 1]) if k else (trace.h_0, trace.c_0)
    return cell.slopes(params, trace.steps[k], *before)


def _fit(cell: Cell, params: Any, trace: Trace) -> tuple[Any, Trace]:
    """(params, trace) if that may be a run of `cell` with these, else raise TypeError or ValueError that names it."""
    params, m, n = fitted(cell, params)
    N, T = cell.size(n), len(checks.fields("trace", trace, Trace, {"c": (None, None)}).c)
    shapes: dict[str, checks.Shape] = {"c": (T, N), "h": (T, n), "x": (T, m), "h_0": (n,), "c_0": (N,)}
    if not isinstance(trace.steps, tuple) or len(trace.steps) != T:
        raise ValueError(f"trace.steps: expected a tuple of {T} steps, got {trace.steps!r:.80}")
    return params, checks.fields("trace", trace, Trace, shapes)
