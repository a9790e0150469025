"""What every recurrent cell shares: a state, its Jacobian, and the one product that is the chain.

The memory is what carries from step to step: c where a cell has one, else h. The state is all that one step hands to
the next: (c, h), N = 2n numbers, or h alone, N = n. So the chain rule chains the Jacobians of the state, and the
chain of the memory is

    (I 0) M^(t) ... M^(s+1) E^(s),

with M the Jacobian of the state, (I 0) picking the memory from it, and E, the seed, saying how the state moves when
the memory is moved: E = (I; D) where h follows c, and E = I where the memory is the state. A cell has to bring M and
E, see `Variant`; the rest is here, once for all of them. Steps count from 1.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.cell import Trace, check_start
from lstm.checks import Kind
from lstm.equations import OneStep
from lstm.equations import follow as follow_steps
from lstm.gradient import Totals, at_step
from lstm.ranges import in_range


class Variant(NamedTuple):
    """A recurrent cell as the functions below see it. trace has x, h and, where memory is "c", c, each row a step.

    init_params     (m, n, *, rng) to parameters, biases not zero
    run             (params, x, *state) to a trace; state is (h_0, c_0), or (h_0,) where the memory is h
    restart         (params, trace, s, c) to the state that step s+1 starts from if the memory at step s were c
    direct          (params, trace) to the factors of the direct path, (T, n)
    seed            (params, trace, t) to E^(t), (N, n)
    state_jacobian  (params, trace, t) to M^(t), (N, N), memory first, the parts of the state moved apart
    terms           (params, trace, t, total, reads) to the terms of dl/dc^(t-1), a NamedTuple of (n,)
    """

    memory: str
    init_params: Callable[..., Any]
    run: Callable[..., Any]
    restart: Callable[[Any, Any, int, np.ndarray], tuple[np.ndarray, ...]]
    direct: Callable[[Any, Any], np.ndarray]
    seed: Callable[[Any, Any, int], np.ndarray]
    state_jacobian: Callable[[Any, Any, int], np.ndarray]
    terms: Callable[[Any, Any, int, Totals, ArrayLike], Any]


class Norms(NamedTuple):
    """Entry k of a row, k = 0, ..., T-1: norms of dc^(T)/dc^(T-k), true and by the direct path. (S, T), S cells."""

    true: np.ndarray
    direct: np.ndarray


@in_range
def chains(variant: Variant, params: Any, trace: Any, t: int) -> np.ndarray:
    """The true chains dc^(t)/dc^(s) of the memory, row s-1 for s = 1, ..., t: shape (t, n, n).

    Raises TypeError or ValueError that names the argument.
    """
    trace, n = _fit(variant, trace)
    t = checks.whole("t", t, 1, len(trace.h))
    watched = np.eye(n, len(variant.seed(params, trace, t)))
    found = [np.eye(n)]
    for k in range(t, 1, -1):
        watched = watched @ variant.state_jacobian(params, trace, k)
        found.append(watched @ variant.seed(params, trace, k - 1))
    return np.array(found[::-1])


@in_range
def products_of_direct(variant: Variant, params: Any, trace: Any, t: int) -> np.ndarray:
    """The direct path alone: the product of its factors from step s+1 to t, row s-1 for s = 1, ..., t: shape (t, n).

    Raises TypeError or ValueError that names the argument.
    """
    trace, n = _fit(variant, trace)
    t = checks.whole("t", t, 1, len(trace.h))
    later = variant.direct(params, trace)[1:t][::-1]
    return np.vstack([np.ones(n), np.cumprod(later, axis=0)])[::-1]


@in_range
def totals(variant: Variant, params: Any, trace: Any, reads: ArrayLike) -> Totals:
    """All total derivatives of a loss: `gradient.Totals`, dl_dc by the memory, dl_dh by h; the same where h is it.

    reads of shape (T, n): row t-1 is what l reads from h^(t) at once. Moving h^(t) holds c^(t).
    Raises TypeError or ValueError that names the argument.
    """
    trace, _ = _fit(variant, trace)
    n = trace.h.shape[1]
    reads = checks.array("reads", reads, (len(trace.h), n))
    by_state, rows = 0, []
    for t in range(len(reads), 0, -1):
        seed = variant.seed(params, trace, t)
        by_state = by_state + np.eye(len(seed), n, n - len(seed)) @ reads[t - 1]  # h stands last in the state
        rows.append((seed.T @ by_state, by_state[-n:]))
        by_state = variant.state_jacobian(params, trace, t).T @ by_state
    return Totals(*(np.array(row[::-1]) for row in zip(*rows, strict=True)))


@in_range
def follow(variant: Variant, params: Any, trace: Any, s: int, c: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Run on from step s with c, (n,), in the memory's place: (memory, h) of steps s, ..., T, each (T-s+1, n).

    The gates of step s stay, as far as they do not read the memory that is moved. Forward only: with a complex c this
    is the proof of all derivatives here that shares no line with them. Raises TypeError or ValueError.
    """
    trace, n = _fit(variant, trace)
    s, c = checks.whole("s", s, 1, len(trace.h)), checks.array("c", c, (n,))
    state = variant.restart(params, trace, s, c)
    first = state[-1][None], state[0][None]
    if s == len(trace.h):
        return first
    later = variant.run(params, trace.x[s:], *state)
    return np.vstack([first[0], getattr(later, variant.memory)]), np.vstack([first[1], later.h])


@in_range
def norms(variant: Variant, draws: Iterable[Any], x: np.ndarray) -> Norms:
    """Spectral norms, true and direct, over the steps of x, (T, m), for a list of parameters `draws`: `Norms`.

    Raises TypeError or ValueError that names the argument.
    """
    checks.tuple_of("variant", variant, Variant)
    if not isinstance(draws, Iterable):
        raise TypeError(f"draws: expected a list of parameters, got {type(draws).__name__}")
    rows = []
    for params in draws:
        trace = variant.run(params, x)
        pair = (chains(variant, params, trace, len(x)), products_of_direct(variant, params, trace, len(x)))
        rows.append((np.linalg.norm(pair[0], 2, axis=(1, 2))[::-1], pair[1].max(axis=1)[::-1]))
    return Norms(*(np.array(row) for row in zip(*rows, strict=True)))


@in_range
def scaled(params: Kind, factor: ArrayLike) -> Kind:
    """The same parameters with every recurrent matrix W_2* multiplied by `factor`. Raises TypeError or ValueError."""
    by = checks.array("factor", factor, ())
    if not hasattr(params, "_asdict"):
        raise TypeError(f"params: expected a NamedTuple of arrays, got {type(params).__name__}")
    axes = {name: 2 if name.startswith("W_") else 1 for name in params._fields}
    p = checks.fields("params", params, type(params), {name: (None,) * count for name, count in axes.items()})
    return p._replace(**{k: by * v for k, v in p._asdict().items() if k.startswith("W_2")})


def run_steps(step: OneStep, params: Any, x: ArrayLike, h_0: ArrayLike | None, c_0: ArrayLike | None) -> Trace:
    """Run `step`, which knows its parameters, over x (T, m) from h_0 and c_0, (n,), zero where None: a `cell.Trace`.

    Raises TypeError or ValueError that names the argument.
    """
    x, h_0, c_0 = check_start(x, params.W_1g.shape[1], h_0, c_0, params.b_g)
    return Trace(*follow_steps(step, x, h_0, c_0), x.copy(), h_0.copy(), c_0.copy())


def seed_of(slope: np.ndarray) -> np.ndarray:
    """E = (I; D) for a memory c that h follows with the diagonal slope D, (n,): shape (2n, n)."""
    return np.vstack([np.eye(len(slope)), np.diag(slope)])


def rows_at(trace: Any, t: int, total: Totals, reads: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows that Eq. (15) at step t needs, 2 <= t <= T: dl/dc^(t), dl/dh^(t), and what is read from h^(t-1).

    Raises TypeError or ValueError that names the argument.
    """
    shape = checks.array("trace.h", trace.h, (None, None)).shape
    return at_step(shape, checks.whole("t", t, 2, shape[0]) - 1, total, reads)


def _fit(variant: Variant, trace: Any) -> tuple[Any, int]:
    """(trace, how many numbers the memory has) if `trace` has that of `variant`; else TypeError or ValueError."""
    checks.tuple_of("variant", variant, Variant)
    if not hasattr(trace, variant.memory) or not hasattr(trace, "_fields"):
        raise TypeError(f"trace: expected one with {variant.memory}, got {type(trace).__name__}")
    T, n = checks.array("trace.h", trace.h, (None, None)).shape
    own = {"x": (T, None), "c": (T, None), "h_0": (n,), "c_0": (None,)}
    shapes = {name: own.get(name, (T, n)) for name in trace._fields if name != "steps"}
    trace = checks.fields("trace", trace, type(trace), shapes)
    return trace, getattr(trace, variant.memory).shape[1]
