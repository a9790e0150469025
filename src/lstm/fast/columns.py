"""The kernels of lstm.equations over many runs at once, states as columns: nothing is checked.

Time comes first, then any further axes, then (n, B): x is (T, ..., m, B), what is found (T, ..., n, B). Parameters
have W_2* of shape (..., n, n) and biases (..., n, 1). Where every run has a chain of its own, B = 1.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from lstm import equations
from lstm.cell import Params
from lstm.equations import Gates, Step

Kernel = Callable[[Params, np.ndarray, np.ndarray, np.ndarray], Step]  # such as equations.step


def with_column_biases(params: Params) -> Params:
    """The same `Params` with biases (..., n, 1), so that they are added to every column."""
    return Params(*(a[..., None] if name[0] == "b" else a for name, a in params._asdict().items()))


def run(
    p: Params,
    x: np.ndarray,
    step: Kernel = equations.step,
    h_0: np.ndarray | None = None,
    c_0: np.ndarray | None = None,
) -> Step:
    """(12) to (14) over x from h_0 and c_0, (..., n, B), zero where not given: `equations.Step` of arrays.

    `step` may be one with changed gates.
    """
    zero = np.zeros((*p.W_2f.shape[:-1], x.shape[-1]))
    return equations.follow(partial(step, p), x, zero if h_0 is None else h_0, zero if c_0 is None else c_0)


def slopes(now: Step) -> Gates:
    """The slopes of all steps, `Gates`: what multiplies dl/dc^(t) (i, f, g) or dl/dh^(t) (o).

    Those of f at the first step are for c^(0) = 0; they tell what reaches c^(0), h^(0) and x^(1), never asked here.
    """
    return equations.deltas(now, np.concatenate([np.zeros_like(now.c[:1]), now.c[:-1]]), 1, 1)


def output_slopes(now: Step) -> np.ndarray:
    """The diagonals of D^(t) = dh^(t)/dc^(t) with o^(t) held."""
    return equations.output_slope(now.o, now.c)


def totals(p: Params, now: Step, reads: np.ndarray, to_c: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """(dl_dc, dl_dh) at all steps.

    Where reads is 0 and to_c the identity, dl_dc is dc^(T)/dc^(s), transposed.
    """
    return equations.backward(p, now.f, slopes(now), output_slopes(now), reads, to_c)[:2]


def chain(p: Params, now: Step, s: int, t: int) -> np.ndarray:
    """dc^(t)/dc^(s), h^(s) moving with c^(s), (..., n, n), for runs with B = 1 that have further axes in front."""
    by, D, n = slopes(now), output_slopes(now), now.c.shape[-2]
    dc = np.broadcast_to(np.eye(n), (*now.c.shape[1:-1], n))
    dh = D[s - 1] * dc
    with np.errstate(over="ignore", invalid="ignore"):  # what leaves the range is for the caller to look at
        for k in range(s, t):
            dc, dh = equations.moved(p, now.f[k], equations.Gates(*(a[k] for a in by)), D[k], dc, dh)
    return dc
