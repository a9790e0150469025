"""Equation (15), exactly: dl/dc^(t-1) term by term, and dc^(t)/dc^(s) over many steps.

Two derivatives, never mixed. At step t the gates, o^(t) included, are already computed.

- dl/dc^(t), total: move c^(t); h^(t) = o^(t) tanh c^(t) and everything later follow, o^(t) stays.
- dl/dh^(t), total: move h^(t) with c^(t) held; everything later follows. It includes what the loss l
  reads from h^(t) at once, called `reads` here: the derivative of l by h^(t) with all else held.

Steps count from 1: step t stands in row t-1 of a `Trace`. A gradient with respect to c^(t-1) moves h^(t-1)
too, by the slope D^(t-1) = diag(o^(t-1) (1 - tanh^2 c^(t-1))). No output gate made h^(0) from c^(0): t-1 starts at 1.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations
from lstm.cell import Params, Trace, check_steps, check_trace
from lstm.equations import Gates, Step, Terms
from lstm.ranges import in_range

__all__ = [
    "Terms",
    "Totals",
    "chain",
    "deltas",
    "output_slope",
    "product_of_f",
    "product_of_jacobians",
    "state_jacobian",
    "step_jacobian",
    "terms",
    "totals",
]


class Totals(NamedTuple):
    """Total derivatives of the loss: row t-1 of dl_dc and dl_dh, each (T, n), belongs to step t."""

    dl_dc: np.ndarray
    dl_dh: np.ndarray


@in_range
def terms(params: Params, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> Terms:
    """Equation (15): the six terms of dl/dc^(t-1), 2 <= t <= T.

    total, a `Totals`, and reads, (T, n), belong to all steps, as `totals` takes and gives them; used are dl/dc^(t),
    dl/dh^(t), and what l reads from h^(t-1) at once. Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    k = checks.whole("t", t, 2, len(trace.c)) - 1
    dl_dc, dl_dh, reads_prev = at_step(trace.c.shape, k, total, reads)
    d = equations.deltas(step_of(trace, k), trace.c[k - 1], dl_dc, dl_dh)
    return equations.terms(p, trace.f[k], d, dl_dc, equations.output_slope(trace.o[k - 1], trace.c[k - 1]), reads_prev)


@in_range
def totals(params: Params, trace: Trace, reads: ArrayLike) -> Totals:
    """All total derivatives, backwards from step T: dl/dc^(t-1) = f^(t) dl/dc^(t) + D^(t-1) dl/dh^(t-1). `Totals`.

    reads of shape (T, n): row t-1 is what l reads from h^(t) at once, zero where it reads nothing.
    Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    return Totals(*swept(p, trace, checks.array("reads", reads, trace.c.shape), 0)[:2])


@in_range
def deltas(trace: Trace, t: int, dl_dc: ArrayLike, dl_dh: ArrayLike) -> Gates:
    """Derivatives of l by the four arguments of sigma and tanh in (12) at step t, 1 <= t <= T: `Gates`.

    dl_dc and dl_dh are the total derivatives at step t, each of shape (n,). Raises TypeError or ValueError.
    """
    trace, k = _row(trace, t)
    n = trace.c.shape[1]
    dl_dc, dl_dh = checks.array("dl_dc", dl_dc, (n,)), checks.array("dl_dh", dl_dh, (n,))
    return equations.deltas(step_of(trace, k), trace.c[k - 1] if k else trace.c_0, dl_dc, dl_dh)


@in_range
def output_slope(trace: Trace, t: int) -> np.ndarray:
    """The diagonal of D^(t) = dh^(t)/dc^(t) with o^(t) held: o^(t) (1 - tanh^2 c^(t)), shape (n,), 1 <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    trace, k = _row(trace, t)
    return equations.output_slope(trace.o[k], trace.c[k])


@in_range
def product_of_f(trace: Trace, s: int, t: int) -> np.ndarray:
    """The direct path alone: f^(s+1) (.) ... (.) f^(t), shape (n,), 1 <= s <= t <= T; ones where s = t.

    Raises TypeError or ValueError that names the argument.
    """
    checks.tuple_of("trace", trace, Trace)
    f = checks.array("trace.f", trace.f, (None, None))
    s, t = _span(f, s, t)
    return np.prod(f[s:t], axis=0)


@in_range
def step_jacobian(params: Params, trace: Trace, t: int) -> np.ndarray:
    """J = dc^(t)/dc^(t-1), 2 <= t <= T: h^(t-1) moves with c^(t-1). Shape (n, n), rows c^(t).

    Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    k, at = checks.whole("t", t, 2, len(trace.c)) - 1, columns(trace)
    unit = np.eye(trace.c.shape[1])
    return equations.moved(p, *at(k), unit, at(k - 1)[2] * unit)[0]


@in_range
def product_of_jacobians(params: Params, trace: Trace, s: int, t: int) -> np.ndarray:
    """J^(t) ... J^(s+1), shape (n, n), 1 <= s <= t <= T. Not dc^(t)/dc^(s): it misses c, h, o, h, c.

    Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    (s, t), at = _span(trace.c, s, t), columns(trace)
    dc = np.eye(trace.c.shape[1])
    for k in range(s, t):
        dc, _ = equations.moved(p, *at(k), dc, at(k - 1)[2] * dc)  # h^(t-1) is set anew: what came through o is lost
    return dc


@in_range
def state_jacobian(params: Params, trace: Trace, t: int) -> np.ndarray:
    """The Jacobian of (c, h)^(t) by (c, h)^(t-1), the two moved apart, 1 <= t <= T. Shape (2n, 2n).

    Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    k, n = checks.whole("t", t, 1, len(trace.c)) - 1, trace.c.shape[1]
    return np.vstack(equations.moved(p, *columns(trace)(k), *np.split(np.eye(2 * n), 2)))


@in_range
def chain(params: Params, trace: Trace, s: int, t: int) -> np.ndarray:
    """dc^(t)/dc^(s), h^(s) moving with c^(s): the true chain, shape (n, n), 1 <= s <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    (s, t), at = _span(trace.c, s, t), columns(trace)
    dc = np.eye(trace.c.shape[1])
    dh = at(s - 1)[2] * dc
    for k in range(s, t):
        dc, dh = equations.moved(p, *at(k), dc, dh)
    return dc


def swept(
    p: Params, trace: Trace, reads: np.ndarray, to_c: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray, Any, Any]:
    """`equations.backward` over a `Trace`, nothing checked: (dl_dc, dl_dh, and what reaches c^(0) and h^(0))."""
    return equations.backward(p, trace.f, slopes_of(trace), equations.output_slope(trace.o, trace.c), reads, to_c)


def slopes_of(trace: Trace) -> Gates:
    """The slopes of all steps, `Gates` of (T, n): what multiplies dl/dc^(t) (i, f, g) or dl/dh^(t) (o)."""
    return equations.deltas(trace, np.vstack([trace.c_0, trace.c[:-1]]), 1, 1)


def columns(trace: Trace) -> Callable[[int], tuple[np.ndarray, Gates, np.ndarray]]:
    """A function of k = t - 1 that gives f, slopes and D of step t as columns (n, 1), for `equations.moved`."""
    f, slopes, D = trace.f, slopes_of(trace), equations.output_slope(trace.o, trace.c)
    return lambda k: (f[k, :, None], Gates(*(a[k, :, None] for a in slopes)), D[k, :, None])


def step_of(trace: Trace, k: int) -> Step:
    """Step t = k + 1 of a `Trace` as a `Step`."""
    return Step(*(a[k] for a in trace[:6]))


def at_step(
    shape: tuple[int, ...], k: int, total: Totals, reads: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(dl/dc^(t), dl/dh^(t), what is read from h^(t-1)) for t = k + 1, from `Totals` and reads, all of `shape`.

    Raises TypeError or ValueError that names the argument.
    """
    checks.tuple_of("total", total, Totals)
    dl_dc, dl_dh = (checks.array(f"total.{name}", v, shape) for name, v in total._asdict().items())
    return dl_dc[k], dl_dh[k], checks.array("reads", reads, shape)[k - 1]


def _row(trace: Trace, t: int) -> tuple[Trace, int]:
    """(trace, t - 1) where the arrays of `trace` fit each other and t is one of its steps, else raise."""
    trace = check_steps(trace)
    return trace, checks.whole("t", t, 1, len(trace.c)) - 1


def _span(steps: np.ndarray, s: int, t: int) -> tuple[int, int]:
    t = checks.whole("t", t, 1, len(steps))
    return checks.whole("s", s, 1, t), t
