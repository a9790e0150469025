"""The LSTM, and two cells that are the LSTM with its gates tied: no forget gate, and coupled gates.

    no forget gate   f = 1        Hochreiter and Schmidhuber (1997): c^(t) = c^(t-1) + i g
    coupled gates    i = 1 - f    Greff et al. (2017), CIFG, there f = 1 - i: c^(t) = f c^(t-1) + (1 - f) g

Eq. (15) asks a gate two things only: its value, and how it answers to h. So the backward pass is that of
lstm.gradient for an LSTM with the same values and answers, `as_lstm`: W_2f = 0, or W_2i = -W_2f.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import cell, checks, equations, gradient
from lstm.cell import Params, Step, Trace
from lstm.equations import cell_state, gates, hidden_state
from lstm.gradient import Terms, Totals
from lstm.ranges import in_range
from lstm.variants.flow import Variant, run_steps, seed_of


class NoForget(NamedTuple):
    """The nine parameters of a cell without forget gate: W_1* (n, m), W_2* (n, n), b_* (n,)."""

    W_1i: np.ndarray
    W_2i: np.ndarray
    b_i: np.ndarray
    W_1o: np.ndarray
    W_2o: np.ndarray
    b_o: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray


class Coupled(NamedTuple):
    """The nine parameters of a cell with i = 1 - f: W_1* (n, m), W_2* (n, n), b_* (n,)."""

    W_1f: np.ndarray
    W_2f: np.ndarray
    b_f: np.ndarray
    W_1o: np.ndarray
    W_2o: np.ndarray
    b_o: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray


Tied = Params | NoForget | Coupled


class NoForgetTerms(NamedTuple):
    """The five terms of dl/dc^(t-1) where f = 1, each (n,)."""

    direct: np.ndarray
    input: np.ndarray
    candidate: np.ndarray
    output: np.ndarray
    local: np.ndarray


class CoupledTerms(NamedTuple):
    """The five terms of dl/dc^(t-1) where i = 1 - f, each (n,)."""

    direct: np.ndarray
    coupled: np.ndarray
    candidate: np.ndarray
    output: np.ndarray
    local: np.ndarray


def as_lstm(params: Tied) -> Params:
    """The twelve `Params` that answer to h as these do. Raises TypeError or ValueError that names the argument."""
    if isinstance(params, Params):
        return checks.params(params, Params)[0]
    if isinstance(params, NoForget):
        p, m, n = checks.params(params, NoForget)
        return Params(**p._asdict(), W_1f=np.zeros((n, m)), W_2f=np.zeros((n, n)), b_f=np.zeros(n))
    q, _, _ = checks.params(params, Coupled)
    return Params(**q._asdict(), W_1i=-q.W_1f, W_2i=-q.W_2f, b_i=-q.b_f)  # 1 - sigma(z) = sigma(-z)


def no_forget_step(params: Params, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> Step:
    """One step with f = 1, nothing checked: from x^(t) (m,), h^(t-1) and c^(t-1) (n,) to a `cell.Step`."""
    i, _, o, g = gates(params, x, h_prev)
    f = np.ones_like(i)
    c = cell_state(f, c_prev, i, g)
    return Step(i, f, o, g, c, hidden_state(o, c))


def coupled_step(params: Params, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> Step:
    """One step with i = 1 - f, nothing checked: from x^(t) (m,), h^(t-1) and c^(t-1) (n,) to a `cell.Step`."""
    _, f, o, g = gates(params, x, h_prev)
    i = 1 - f
    c = cell_state(f, c_prev, i, g)
    return Step(i, f, o, g, c, hidden_state(o, c))


@in_range
def lstm_terms(params: Tied, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> Terms:
    """The six terms of Eq. (15) for an LSTM or one with tied gates: `gradient.Terms`, 2 <= t <= T.

    total is what `flow.totals` returns for reads, (T, n). Raises TypeError or ValueError that names the argument.
    """
    return gradient.terms(as_lstm(params), trace, t, total, reads)


@in_range
def no_forget_terms(params: NoForget, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> NoForgetTerms:
    """The terms where f = 1: `NoForgetTerms`. The direct factor is 1, and no path goes through a forget gate.

    Raises TypeError or ValueError that names the argument.
    """
    six = lstm_terms(params, trace, t, total, reads)
    return NoForgetTerms(six.direct, six.input, six.candidate, six.output, six.local)


@in_range
def coupled_terms(params: Coupled, trace: Trace, t: int, total: Totals, reads: ArrayLike) -> CoupledTerms:
    """The terms where i = 1 - f: `CoupledTerms`. One gate, one path: D W_2f' (dl/dc (.) (c^(t-1) - g) f (1 - f)).

    Raises TypeError or ValueError that names the argument.
    """
    six = lstm_terms(params, trace, t, total, reads)
    return CoupledTerms(six.direct, six.forget + six.input, six.candidate, six.output, six.local)


def _variant(
    kind: type[Tied],
    step: Callable[[Params, np.ndarray, np.ndarray, np.ndarray], Step],
    terms: Callable[..., NamedTuple],
) -> Variant:
    """The `Variant` of an LSTM whose parameters are a `kind`."""

    def init_params(m: int, n: int, *, rng: np.random.Generator) -> Tied:
        drawn = cell.init_params(m, n, rng=rng)  # the same draws for each kind, and a forget bias of 1
        return kind(*(getattr(drawn, name) for name in kind._fields))

    def run(params: Tied, x: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None) -> Trace:
        checks.tuple_of("params", params, kind)
        return run_steps(partial(step, as_lstm(params)), params, x, h_0, c_0)

    return Variant(
        memory="c",
        init_params=init_params,
        run=run,
        restart=lambda params, trace, s, c: (hidden_state(trace.o[s - 1], c), c),
        direct=lambda params, trace: trace.f,
        seed=lambda params, trace, t: seed_of(gradient.output_slope(trace, t)),
        state_jacobian=lambda params, trace, t: gradient.state_jacobian(as_lstm(params), trace, t),
        terms=terms,
    )


LSTM = _variant(Params, equations.step, lstm_terms)
NO_FORGET = _variant(NoForget, no_forget_step, no_forget_terms)
COUPLED = _variant(Coupled, coupled_step, coupled_terms)
