"""Backpropagation through time: the gradient of a loss by the twelve parameters, the inputs and the initial states.

Reference form: one sequence, one step after the other, T to 1. What l reads from h^(t) at once is called
`reads`, as in lstm.gradient: a loss at every step fills all rows, a many-to-one loss only the last one.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations, gradient
from lstm.cell import Gates, Params, Trace, check_steps, check_trace
from lstm.ranges import in_range


class Gradients(NamedTuple):
    """Gradients of l: `params` holds twelve arrays in the shapes of the parameters, x (T, m), h_0 and c_0 (n,).

    h^(0) and c^(0) are moved apart, each with the other held: no output gate made the one from the other.
    """

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray


class Comparison(NamedTuple):
    """Another gradient beside the exact one: ratio of norms, cosine, and norm of the difference, relative."""

    ratio: float
    cosine: float
    error: float


@in_range
def backward(params: Params, trace: Trace, reads: ArrayLike, dc_T: ArrayLike | None = None) -> Gradients:
    """Backpropagation through time over the whole run `trace`; return `Gradients`.

    reads of shape (T, n): row t-1 is what l reads from h^(t) at once, zero where it reads nothing.
    dc_T of shape (n,) is the framework's cell gradient, what l reads from c^(T) at once: move c^(T) with h^(T)
    held. It is not the total one, which is dl/dc^(T) = dc_T + D^(T) dl/dh^(T). Zero where not given.
    Results have the widest type among the arguments. Raises TypeError or ValueError that names the argument.
    """
    p, trace = check_trace(params, trace)
    reads = checks.array("reads", reads, trace.h.shape)
    dc_T = checks.array("dc_T", np.zeros_like(reads[0]) if dc_T is None else dc_T, reads.shape[1:])
    return swept(p, trace, reads, dc_T)


@in_range
def truncated(params: Params, trace: Trace, reads: ArrayLike, window: int) -> Gradients:
    """Truncated backpropagation as it is practised: the state is cut every `window` steps; return `Gradients`.

    Steps 1 to window form the first segment, and so on; the last may be shorter. A segment takes c and h from
    the one before as data. So nothing flows back from step k window + 1 to step k window (k = 1, 2, ...), and a
    reading reaches back to the start of its own segment: 1 to `window` steps, as it happens to stand.
    Only the first segment's readings reach h_0 and c_0. With window >= T nothing is cut.
    Raises TypeError or ValueError that names the argument.
    """
    p, trace, reads, window = _window(params, trace, reads, window)
    T, nothing, parts = len(reads), np.zeros_like(reads[0]), []
    for s in range(0, T, window):
        parts.append(swept(p, _segment(trace, s, min(s + window, T)), reads[s : s + window], nothing))
    by_x = np.vstack([part.x for part in parts])
    return Gradients(_sum([part.params for part in parts]), by_x, parts[0].h_0, parts[0].c_0)


@in_range
def sliding(params: Params, trace: Trace, reads: ArrayLike, window: int) -> Gradients:
    """Truncated backpropagation without chance: each reading reaches back `window` steps; return `Gradients`.

    What l reads at step t passes through steps t, t-1, ..., t - window + 1, and no further; only readings at
    t <= window reach h_0 and c_0. One backward pass a reading: dearer than `truncated`, and blind to where
    segments begin. With window >= T nothing is cut. Raises TypeError or ValueError that names the argument.
    """
    p, trace, reads, window = _window(params, trace, reads, window)
    T, nothing = len(reads), np.zeros_like(reads[0])
    by_x, by_h_0, by_c_0, parts = np.zeros_like(trace.x, np.result_type(*p, *trace, reads)), [], [], []
    for t in range(1, T + 1):
        s = max(t - window, 0)
        alone = np.zeros_like(reads[s:t])
        alone[-1] = reads[t - 1]
        part = swept(p, _segment(trace, s, t), alone, nothing)
        by_x[s:t] += part.x
        parts.append(part.params)
        if s == 0:
            by_h_0.append(part.h_0)
            by_c_0.append(part.c_0)
    return Gradients(_sum(parts), by_x, np.sum(by_h_0, axis=0), np.sum(by_c_0, axis=0))


def segment(trace: Trace, s: int, t: int) -> Trace:
    """Steps s+1 to t of a run, 0 <= s < t <= T, as a `Trace` that starts from h^(s) and c^(s).

    Raises TypeError or ValueError that names the argument.
    """
    trace = check_steps(trace)
    t = checks.whole("t", t, 1, len(trace.c))
    return _segment(trace, checks.whole("s", s, 0, t - 1), t)


def _segment(trace: Trace, s: int, t: int) -> Trace:
    steps = {name: getattr(trace, name)[s:t] for name in ("i", "f", "o", "g", "c", "h", "x")}
    before = {"h_0": trace.h_0, "c_0": trace.c_0} if s == 0 else {"h_0": trace.h[s - 1], "c_0": trace.c[s - 1]}
    return Trace(**steps, **before)


@in_range
def compare(exact: Gradients, other: Gradients) -> Comparison:
    """How far the parameters' gradient of `other` is from that of `exact`: `Comparison`.

    Both are `Gradients`; all twelve parameters count as one vector. Raises ValueError where one is zero.
    """
    a, b = (_vector(name, value) for name, value in [("exact", exact), ("other", other)])
    if a.shape != b.shape:
        raise ValueError(f"other: expected {a.size} parameters as in exact, got {b.size}")
    norm_a, norm_b = np.linalg.norm(a), np.linalg.norm(b)
    cosine = a @ b / (norm_a * norm_b)
    return Comparison(float(norm_b / norm_a), float(cosine), float(np.linalg.norm(b - a) / norm_a))


def swept(p: Params, trace: Trace, reads: np.ndarray, to_c: np.ndarray) -> Gradients:
    """What `backward` returns, nothing checked: one sweep for the states, then a sum over steps for the parameters."""
    dl_dc, dl_dh, to_c, to_h = gradient.swept(p, trace, reads, to_c)
    d = equations.deltas(trace, np.vstack([trace.c_0, trace.c[:-1]]), dl_dc, dl_dh)  # of all steps, (T, n)
    by_x = d.i @ p.W_1i + d.f @ p.W_1f + d.o @ p.W_1o + d.g @ p.W_1g
    return Gradients(_by_params(d, trace.x, np.vstack([trace.h_0, trace.h[:-1]])), by_x, h_0=to_h, c_0=to_c)


def _by_params(d: Gates, x: np.ndarray, h_prev: np.ndarray) -> Params:
    """The sums over t of delta_* x^(t)' for W_1*, delta_* h^(t-1)' for W_2*, delta_* for b_*."""
    shares: dict[str, np.ndarray] = {}
    for gate, delta in d._asdict().items():
        shares |= {f"W_1{gate}": delta.T @ x, f"W_2{gate}": delta.T @ h_prev, f"b_{gate}": delta.sum(axis=0)}
    return Params(**shares)


def _sum(shares: Iterable[Params]) -> Params:
    return Params(*(np.sum(arrays, axis=0) for arrays in zip(*shares, strict=True)))


def _vector(name: str, gradients: Gradients) -> np.ndarray:
    checks.tuple_of(name, gradients, Gradients)
    params = checks.params(gradients.params, Params)[0]
    vector = np.concatenate([checks.real(f"params.{k}", a, None).ravel() for k, a in params._asdict().items()])
    if not vector.any():
        raise ValueError(f"{name}: expected a gradient that is not zero, got zeros")
    return vector


def _window(params: Params, trace: Trace, reads: ArrayLike, window: int) -> tuple[Params, Trace, np.ndarray, int]:
    p, trace = check_trace(params, trace)
    return p, trace, checks.array("reads", reads, trace.h.shape), checks.whole("window", window, 1)
