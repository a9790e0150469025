"""The LSTM with peepholes of Gers and Schmidhuber (2000): its gates see the cell state, each unit its own.

    i = sigma(W_1i x^(t) + W_2i h^(t-1) + p_i (.) c^(t-1) + b_i)
    f = sigma(W_1f x^(t) + W_2f h^(t-1) + p_f (.) c^(t-1) + b_f)
    o = sigma(W_1o x^(t) + W_2o h^(t-1) + p_o (.) c^(t) + b_o)          the new c

and (13), (14) as before. So c^(t-1) reaches the gates without going through h, and o^(t) follows c^(t).
"""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import cell, checks, equations
from lstm.cell import Params, Step, Trace
from lstm.equations import Gates, cell_state, deltas, hidden_state, moved, sigmoid
from lstm.gradient import Totals
from lstm.ranges import in_range
from lstm.variants.flow import Variant, rows_at, run_steps, seed_of


class PeepholeParams(NamedTuple):
    """The twelve of `cell.Params`, and the peepholes p_i, p_f, p_o, each (n,)."""

    W_1i: np.ndarray
    W_2i: np.ndarray
    b_i: np.ndarray
    W_1f: np.ndarray
    W_2f: np.ndarray
    b_f: np.ndarray
    W_1o: np.ndarray
    W_2o: np.ndarray
    b_o: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray
    p_i: np.ndarray
    p_f: np.ndarray
    p_o: np.ndarray


class PeepholeTerms(NamedTuple):
    """The eight terms of dl/dc^(t-1), each (n,). The path through the peephole of o is inside D."""

    direct: np.ndarray
    peephole_f: np.ndarray
    peephole_i: np.ndarray
    forget: np.ndarray
    input: np.ndarray
    candidate: np.ndarray
    output: np.ndarray
    local: np.ndarray


@in_range
def init_params(m: int, n: int, *, rng: np.random.Generator) -> PeepholeParams:
    """`cell.init_params` with forget bias 1, and peepholes from the same U(-1/sqrt(n), 1/sqrt(n)).

    Raises TypeError or ValueError that names the argument.
    """
    p = cell.init_params(m, n, rng=rng)
    return PeepholeParams(*p, *(rng.uniform(-1, 1, n) / np.sqrt(n) for _ in range(3)))


def step(p: PeepholeParams, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> Step:
    """One step, nothing checked: from x^(t) of shape (m,), h^(t-1) and c^(t-1) of shape (n,) to a `cell.Step`."""
    i = sigmoid(p.W_1i @ x + p.W_2i @ h_prev + p.p_i * c_prev + p.b_i)
    f = sigmoid(p.W_1f @ x + p.W_2f @ h_prev + p.p_f * c_prev + p.b_f)
    g = np.tanh(p.W_1g @ x + p.W_2g @ h_prev + p.b_g)
    c = cell_state(f, c_prev, i, g)
    o = sigmoid(p.W_1o @ x + p.W_2o @ h_prev + p.p_o * c + p.b_o)
    return Step(i, f, o, g, c, hidden_state(o, c))


@in_range
def run(params: PeepholeParams, x: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None) -> Trace:
    """Run over x of shape (T, m), T >= 1, from h_0 and c_0, (n,), zero where not given: `cell.Trace`.

    Raises TypeError or ValueError that names the argument.
    """
    p, _, _ = checks.params(params, PeepholeParams)
    return run_steps(partial(step, p), p, x, h_0, c_0)


@in_range
def terms(params: PeepholeParams, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> PeepholeTerms:
    """The eight terms of dl/dc^(t-1), 2 <= t <= T: `PeepholeTerms`. Moving c^(t) moves o^(t) with it here.

    total is what `flow.totals` returns for reads, (T, n). Raises TypeError or ValueError that names the argument.
    """
    p, now, c_prev = _at(params, trace, t)
    dl_dc, dl_dh, reads_before = rows_at(trace, t, total, reads)
    delta = deltas(now, c_prev, dl_dc, dl_dh)
    D = output_slope(p, trace, t - 1)
    return PeepholeTerms(
        direct=now.f * dl_dc,
        peephole_f=p.p_f * delta.f,
        peephole_i=p.p_i * delta.i,
        forget=D * (p.W_2f.T @ delta.f),
        input=D * (p.W_2i.T @ delta.i),
        candidate=D * (p.W_2g.T @ delta.g),
        output=D * (p.W_2o.T @ delta.o),
        local=D * reads_before,
    )


@in_range
def output_slope(params: PeepholeParams, trace: Trace, t: int) -> np.ndarray:
    """The diagonal of D^(t) = dh^(t)/dc^(t), o^(t) following its peephole: (n,), 1 <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    p, now, c_prev = _at(params, trace, t)
    return equations.output_slope(now.o, now.c) + deltas(now, c_prev, 1, 1).o * p.p_o


@in_range
def diagonal(params: PeepholeParams, trace: Trace, t: int) -> np.ndarray:
    """The diagonal of dc^(t)/dc^(t-1) with h^(t-1) held: the direct path and two peepholes, (n,), 1 <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    p, now, c_prev = _at(params, trace, t)
    slopes = deltas(now, c_prev, 1, 1)
    return now.f + slopes.f * p.p_f + slopes.i * p.p_i


@in_range
def state_jacobian(params: PeepholeParams, trace: Trace, t: int) -> np.ndarray:
    """The Jacobian of (c, h)^(t) by (c, h)^(t-1), the two moved apart, 1 <= t <= T: shape (2n, 2n).

    Raises TypeError or ValueError that names the argument.
    """
    p, now, c_prev = _at(params, trace, t)
    f, D, *slopes = (a[:, None] for a in (diagonal(p, trace, t), output_slope(p, trace, t), *deltas(now, c_prev, 1, 1)))
    n = len(f)
    return np.vstack(moved(Params(*p[:12]), f, Gates(*slopes), D, *np.split(np.eye(2 * n), 2)))


def _at(params: PeepholeParams, trace: Trace, t: int) -> tuple[PeepholeParams, Step, np.ndarray]:
    """(params, step t as a `Step`, c^(t-1)); refuses a trace of another kind or size."""
    p, _, n = checks.params(params, PeepholeParams)
    checks.tuple_of("trace", trace, Trace)
    T = len(checks.array("trace.c", trace.c, (None, n)))
    k = checks.whole("t", t, 1, T) - 1
    now = Step(*(checks.array(f"trace.{name}", getattr(trace, name), (T, n))[k] for name in Step._fields))
    return p, now, trace.c[k - 1] if k else trace.c_0


def _restart(params: PeepholeParams, trace: Trace, s: int, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(h^(s), c^(s)) when c^(s) is set to c: its output gate follows."""
    p, k = params, s - 1
    h_prev = trace.h[k - 1] if k else trace.h_0
    o = sigmoid(p.W_1o @ trace.x[k] + p.W_2o @ h_prev + p.p_o * c + p.b_o)
    return hidden_state(o, c), c


PEEPHOLE = Variant(
    memory="c",
    init_params=init_params,
    run=run,
    restart=_restart,
    direct=lambda params, trace: trace.f,
    seed=lambda params, trace, t: seed_of(output_slope(params, trace, t)),
    state_jacobian=state_jacobian,
    terms=terms,
)
