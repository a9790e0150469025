"""Equation (15), exactly: dl/dc^(t-1) term by term, and dc^(t)/dc^(s) over many steps.

Two derivatives, never mixed. At step t the gates, o^(t) included, are already computed.

- dl/dc^(t), total: move c^(t); h^(t) = o^(t) tanh c^(t) and everything later follow, o^(t) stays.
- dl/dh^(t), total: move h^(t) with c^(t) held; everything later follows. It includes what the loss l
  reads from h^(t) at once, called `reads` here: the derivative of l by h^(t) with all else held.

Steps count from 1: step t stands in row t-1 of a `Trace`. A gradient with respect to c^(t-1) moves h^(t-1)
too, by the slope D^(t-1) = diag(o^(t-1) (1 - tanh^2 c^(t-1))). No output gate made h^(0) from c^(0): t-1 starts at 1.
"""

from typing import NamedTuple

import numpy as np

from lstm import checks
from lstm.cell import Gates, Trace, check_params


class Terms(NamedTuple):
    """The six terms of dl/dc^(t-1), each of shape (n,); their sum is the total derivative."""

    direct: np.ndarray
    forget: np.ndarray
    input: np.ndarray
    candidate: np.ndarray
    output: np.ndarray
    local: np.ndarray


class Totals(NamedTuple):
    """Total derivatives of the loss: row t-1 of dl_dc and dl_dh, each (T, n), belongs to step t."""

    dl_dc: np.ndarray
    dl_dh: np.ndarray


def terms(params, trace, t, dl_dc, dl_dh, reads):
    """Equation (15): the six terms of dl/dc^(t-1), 2 <= t <= T.

    dl_dc and dl_dh are the total derivatives at step t; reads is what l reads from h^(t-1) at once. All (n,).
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, n = _fit(params, trace)
    checks.whole("t", t, 2, len(trace.c))
    d, D = deltas(trace, t, dl_dc, dl_dh), output_slope(trace, t - 1)
    return Terms(
        direct=trace.f[t - 1] * checks.array("dl_dc", dl_dc, (n,)),
        forget=D * (p.W_2f.T @ d.f),
        input=D * (p.W_2i.T @ d.i),
        candidate=D * (p.W_2g.T @ d.g),
        output=D * (p.W_2o.T @ d.o),
        local=D * checks.array("reads", reads, (n,)),
    )


def deltas(trace, t, dl_dc, dl_dh):
    """Derivatives of l by the four arguments of sigma and tanh in (12) at step t, 1 <= t <= T: `Gates`.

    dl_dc and dl_dh are the total derivatives at step t, each of shape (n,).
    """
    _check_trace(trace)
    k = checks.whole("t", t, 1, len(trace.c)) - 1
    i, f, o, g = trace.i[k], trace.f[k], trace.o[k], trace.g[k]
    dl_dc, dl_dh = checks.array("dl_dc", dl_dc, i.shape), checks.array("dl_dh", dl_dh, i.shape)
    return Gates(
        i=dl_dc * g * i * (1 - i),
        f=dl_dc * _c_before(trace, t) * f * (1 - f),
        o=dl_dh * np.tanh(trace.c[k]) * o * (1 - o),
        g=dl_dc * i * (1 - g**2),
    )


def output_slope(trace, t):
    """The diagonal of D^(t) = dh^(t)/dc^(t) with o^(t) held: o^(t) (1 - tanh^2 c^(t)), shape (n,).

    Computed as o^(t) / cosh^2 c^(t), which is the same and does not cancel where |c^(t)| is large.
    """
    _check_trace(trace)
    k = checks.whole("t", t, 1, len(trace.c)) - 1
    with np.errstate(over="ignore"):  # where cosh overflows the slope is 0
        return trace.o[k] / np.cosh(trace.c[k]) ** 2


def totals(params, trace, reads):
    """All total derivatives, backwards from step T: dl/dc^(t-1) = f^(t) dl/dc^(t) + D^(t-1) dl/dh^(t-1).

    reads of shape (T, n): row t-1 is what l reads from h^(t) at once, zero where it reads nothing.
    """
    p, n = _fit(params, trace)
    T = len(trace.c)
    reads = checks.array("reads", reads, (T, n))
    dl_dh, dl_dc = [reads[-1]], [output_slope(trace, T) * reads[-1]]
    for t in range(T, 1, -1):
        d = deltas(trace, t, dl_dc[-1], dl_dh[-1])
        through_gates = p.W_2i.T @ d.i + p.W_2f.T @ d.f + p.W_2o.T @ d.o + p.W_2g.T @ d.g
        dl_dh.append(reads[t - 2] + through_gates)
        dl_dc.append(trace.f[t - 1] * dl_dc[-1] + output_slope(trace, t - 1) * dl_dh[-1])
    return Totals(np.array(dl_dc[::-1]), np.array(dl_dh[::-1]))


def product_of_f(trace, s, t):
    """The direct path alone: f^(s+1) (.) ... (.) f^(t), shape (n,), 1 <= s <= t <= T; ones where s = t."""
    _check_trace(trace)
    s, t = _span(trace, s, t)
    return np.prod(trace.f[s:t], axis=0)


def step_jacobian(params, trace, t):
    """J4 = dc^(t)/dc^(t-1), 2 <= t <= T: h^(t-1) moves with c^(t-1). Shape (n, n), rows c^(t)."""
    p, _ = _fit(params, trace)
    checks.whole("t", t, 2, len(trace.c))
    return np.diag(trace.f[t - 1]) + _dc_dh(p, trace, t) * output_slope(trace, t - 1)


def product_of_jacobians(params, trace, s, t):
    """J4^(t) ... J4^(s+1), shape (n, n), 1 <= s <= t <= T. Not dc^(t)/dc^(s): it misses c, h, o, h, c."""
    _, n = _fit(params, trace)
    s, t = _span(trace, s, t)
    product = np.eye(n)
    for k in range(s + 1, t + 1):
        product = step_jacobian(params, trace, k) @ product
    return product


def state_jacobian(params, trace, t):
    """The Jacobian of (c, h)^(t) by (c, h)^(t-1), the two moved apart, 1 <= t <= T. Shape (2n, 2n)."""
    p, _ = _fit(params, trace)
    k = checks.whole("t", t, 1, len(trace.c)) - 1
    dc_dc, dc_dh, D = np.diag(trace.f[k]), _dc_dh(p, trace, t), output_slope(trace, t)
    through_o = (np.tanh(trace.c[k]) * trace.o[k] * (1 - trace.o[k]))[:, None] * p.W_2o
    return np.block([[dc_dc, dc_dh], [D[:, None] * dc_dc, D[:, None] * dc_dh + through_o]])


def chain(params, trace, s, t):
    """dc^(t)/dc^(s), h^(s) moving with c^(s): the true chain, shape (n, n), 1 <= s <= t <= T.

    The c-c block of the product of state Jacobians, seeded with [I; D^(s)].
    """
    _, n = _fit(params, trace)
    s, t = _span(trace, s, t)
    moved = np.vstack([np.eye(n), np.diag(output_slope(trace, s))])
    for k in range(s + 1, t + 1):
        moved = state_jacobian(params, trace, k) @ moved
    return moved[:n]


def _dc_dh(p, trace, t):
    """dc^(t)/dh^(t-1) with c^(t-1) held: through f, i and g, shape (n, n)."""
    i, f, g = trace.i[t - 1], trace.f[t - 1], trace.g[t - 1]
    through_f = (_c_before(trace, t) * f * (1 - f))[:, None] * p.W_2f
    through_i = (g * i * (1 - i))[:, None] * p.W_2i
    through_g = (i * (1 - g**2))[:, None] * p.W_2g
    return through_f + through_i + through_g


def _c_before(trace, t):
    return trace.c_0 if t == 1 else trace.c[t - 2]


def _span(trace, s, t):
    t = checks.whole("t", t, 1, len(trace.c))
    return checks.whole("s", s, 1, t), t


def _check_trace(trace):
    checks.tuple_of("trace", trace, Trace)
    T, n = checks.array("trace.c", trace.c, (None, None)).shape
    for name in ("i", "f", "o", "g", "h"):
        checks.array(f"trace.{name}", getattr(trace, name), (T, n))
    checks.array("trace.c_0", trace.c_0, (n,))
    return n


def _fit(params, trace):
    """Return (params, n) if parameters and trace have the same number of units, else raise."""
    p, _, n = check_params(params)
    units = _check_trace(trace)
    if units != n:
        raise ValueError(f"trace: expected {n} units as in params, got {units}")
    return p, n
