"""A cell of one unit whose gates are held at chosen values: the stage on which Eq. (15) is shown."""

from typing import NamedTuple

import numpy as np

from lstm import checks, equations, gradient
from lstm.cell import Params, Trace, check_trace
from lstm.equations import cell_state, hidden_state
from lstm.ranges import in_range

WEIGHTS = ("w_2f", "w_2i", "w_2g", "w_2o")
# The unit that pages and explorers start from: arguments of `held_gates`.
UNIT = dict(f=0.9, i=0.5, o=0.8, g=0.3, c_1=0.5, o_1=0.8, w_2f=0.5, w_2i=0.5, w_2g=1.0, w_2o=0.5)


class Chains(NamedTuple):
    """For steps s = 1, ..., T, each of shape (T,): three things never to be confused, and what they act on.

    product_of_f is f^(s+1) ... f^(T), product_of_jacobians is J^(s+1) ... J^(T), chain is the true
    dc^(T)/dc^(s). dl_dc is the total dl/dc^(s) of a loss that reads h^(T) only. c is the cell state c^(s).
    """

    steps: np.ndarray
    product_of_f: np.ndarray
    product_of_jacobians: np.ndarray
    chain: np.ndarray
    dl_dc: np.ndarray
    c: np.ndarray


@in_range
def held_gates(
    *,
    f: float,
    i: float,
    o: float,
    g: float,
    c_1: float,
    o_1: float,
    w_2f: float,
    w_2i: float,
    w_2g: float,
    w_2o: float,
    T: int,
) -> tuple[Params, Trace]:
    """Return (params, trace) of one unit: c^(1) = c_1 and o^(1) = o_1, then f, i, o, g at steps 2 to T.

    The cell state moves by (13), the hidden state by (14). The gates are data here: inputs x^(t) that bring them
    about exist, and the gradient does not depend on them; W_1*, b_* and x are zeros that nothing reads. The
    weights w_2* are the 1 x 1 matrices W_2*. Gates i, f, o lie in [0, 1], g in [-1, 1], T >= 2.
    Raises TypeError or ValueError that names the argument.
    """
    T = checks.size("T", T, 2)
    bounds = {"f": (f, 0, 1), "i": (i, 0, 1), "o": (o, 0, 1), "o_1": (o_1, 0, 1), "g": (g, -1, 1)}
    for name, (value, low, high) in bounds.items():
        if not low <= checks.real(name, value, ()) <= high:
            raise ValueError(f"{name}: expected a value in [{low}, {high}], got {value}")
    held = {k: np.full((T, 1), float(v)) for k, v in [("i", i), ("f", f), ("o", o), ("g", g)]}
    held["o"][0] = o_1
    c = np.full((T, 1), float(checks.real("c_1", c_1, ())))
    for k in range(1, T):
        c[k] = cell_state(held["f"][k], c[k - 1], held["i"][k], held["g"][k])
    h = np.array([hidden_state(o_t, c_t) for o_t, c_t in zip(held["o"], c, strict=True)])
    zeros = {name: np.zeros(1 if name[0] == "b" else (1, 1)) for name in Params._fields}
    numbers = zip(WEIGHTS, (w_2f, w_2i, w_2g, w_2o), strict=True)
    weights = {"W" + name[1:]: checks.real(name, v, ()).reshape(1, 1) for name, v in numbers}
    trace = Trace(**held, c=c, h=h, x=np.zeros((T, 1)), h_0=np.zeros(1), c_0=np.zeros(1))
    return Params(**(zeros | weights)), trace


@in_range
def terms(params: Params, trace: Trace, read: float, read_prev: float) -> gradient.Terms:
    """Eq. (15) for the last step of a unit: `gradient.Terms` of floats. l reads `read` h^(T) + `read_prev` h^(T-1).

    params and trace as `held_gates` returns them. Raises TypeError or ValueError that names the argument.
    """
    params, trace = _real(params, trace)
    reads = np.zeros((len(trace.c), 1))
    reads[-2:, 0] = checks.real("read_prev", read_prev, ()), checks.real("read", read, ())
    six = gradient.terms(params, trace, len(reads), gradient.totals(params, trace, reads), reads)
    return gradient.Terms._make(float(term[0]) for term in six)


@in_range
def chains(params: Params, trace: Trace, read: float = 1.0) -> Chains:
    """Products and true derivatives of a unit over its T steps: `Chains`. l reads `read` h^(T).

    params and trace as `held_gates` returns them. Raises TypeError or ValueError that names the argument.
    """
    params, trace = _real(params, trace)
    T = len(trace.c)
    reads = np.zeros((T, 1))
    reads[-1] = checks.real("read", read, ())
    dl_dc = gradient.totals(params, trace, reads).dl_dc[:, 0]
    chain = gradient.swept(params, trace, np.zeros((T, 1)), 1.0)[0][:, 0]  # dl/dc^(s) of l = c^(T) is the chain
    slopes, D = gradient.slopes_of(trace), equations.output_slope(trace.o, trace.c)
    by_h = slopes.f * params.W_2f + slopes.i * params.W_2i + slopes.g * params.W_2g
    J = trace.f[1:] + by_h[1:] * D[:-1]
    of_f, of_J = (np.cumprod([1.0, *factors[::-1, 0]])[::-1] for factors in (trace.f[1:], J))
    return Chains(np.arange(1, T + 1), of_f, of_J, chain, dl_dc, trace.c[:, 0])


def _real(params: Params, trace: Trace) -> tuple[Params, Trace]:
    """Both if they fit each other, are real and have one unit, else raise TypeError or ValueError."""
    params, trace = check_trace(params, trace)
    checks.real("trace.c", trace.c, (None, 1))
    params = checks.fields("params", params, Params, dict.fromkeys(Params._fields), checks.real)
    return params, checks.fields("trace", trace, Trace, dict.fromkeys(Trace._fields), checks.real)
