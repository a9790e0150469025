"""Is the printed Equation (15) exact? For a loss read at step t only it can be made so; for all losses it cannot.

The chapter writes dl/dc^(t-1) = dl/dc^(t) {f^(t) + other terms}. The literal factor J = dc^(t)/dc^(t-1) misses the
path through the output gate, which reaches h^(t) and never c^(t). A loss that reads h^(t) alone has
dl/dc^(t) = D^(t) dl/dh^(t), so that dl/dh^(t) is known from dl/dc^(t) and the missing path can be put into a factor.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, gradient
from lstm.cell import Params, Trace, check_params


class Counterexample(NamedTuple):
    """Two losses with the same dl/dc^(t) and different dl/dc^(t-1), so no one factor serves both. All (n,).

    The first loss is a.h^(t), the second b.h^(t+1). now_* is dl/dc^(t), before_* is dl/dc^(t-1).
    """

    a: np.ndarray
    b: np.ndarray
    now_a: np.ndarray
    now_b: np.ndarray
    before_a: np.ndarray
    before_b: np.ndarray


def exact_factor(params: Params, trace: Trace, t: int) -> np.ndarray:
    """The matrix M with dl/dc^(t-1) = M dl/dc^(t) for every loss read at step t only, 2 <= t <= T. Shape (n, n).

    M = J' + D^(t-1) W_2o' diag((1 - o^(t)) sinh c^(t) cosh c^(t)), ' the transpose. The last factor is
    tanh(c) o (1-o), the slope of h^(t) by the argument of o, over D^(t) = o (1 - tanh^2 c).
    Raises TypeError or ValueError that names the argument.
    """
    J = gradient.step_jacobian(params, trace, t)
    p, _, _ = check_params(params)
    o, c, D_prev = trace.o[t - 1], trace.c[t - 1], gradient.output_slope(trace, t - 1)
    limit = np.log(np.finfo(c.dtype).max) / 2  # beyond it sinh c cosh c = sinh(2c)/2 overflows
    if np.abs(c).max() >= limit:
        raise ValueError(f"trace.c: expected |c^({t})| below {limit:.0f}, got {np.abs(c).max():.4g}")
    return J.T + D_prev[:, None] * p.W_2o.T * ((1 - o) * np.sinh(c) * np.cosh(c))


def counterexample(params: Params, trace: Trace, t: int, a: ArrayLike) -> Counterexample:
    """Two losses that need two different factors, 2 <= t < T: a.h^(t), a of shape (n,), and b.h^(t+1).

    b is solved for, so that both losses have the same dl/dc^(t). Returns a `Counterexample`.
    Raises TypeError or ValueError that names the argument; ValueError too where h^(t+1) by c^(t) is singular,
    or nearly, so that no b can be relied on.
    """
    _, _, n = check_params(params)
    checks.tuple_of("trace", trace, Trace)
    a = checks.array("a", a, (n,))
    M = gradient.state_jacobian(params, trace, checks.whole("t", t, 2, len(trace.c) - 1) + 1)
    dh_dc = M[n:, :n] + M[n:, n:] * gradient.output_slope(trace, t)  # h^(t+1) by c^(t), h^(t) following
    if np.linalg.cond(dh_dc) > 1e8:
        raise ValueError(f"trace: expected h^({t + 1}) to move with every entry of c^({t}), got a singular slope")
    b = np.linalg.solve(dh_dc.T, gradient.output_slope(trace, t) * a)
    by_a, by_b = (gradient.totals(params, trace, _reads(trace, *read)).dl_dc for read in [(t, a), (t + 1, b)])
    return Counterexample(a, b, by_a[t - 1], by_b[t - 1], by_a[t - 2], by_b[t - 2])


def _reads(trace: Trace, t: int, weights: np.ndarray) -> np.ndarray:
    reads = np.zeros(trace.c.shape, np.result_type(trace.c, weights))
    reads[t - 1] = weights
    return reads
