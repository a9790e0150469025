"""The same gradients found in other ways, which share no line with the derivations in lstm.gradient and lstm.bptt.

- Complex step: run (12) to (14) with a number moved by the imaginary amount H; the imaginary part of the loss,
  divided by H, is the derivative. No difference is formed, so no digit is lost, and only the forward pass is used.
  lstm.analytic has it, and refuses a function through which it cannot be taken.
- State Jacobian: the 2n x 2n Jacobian of (c, h)^(t) by (c, h)^(t-1), by complex step of one `step`; the
  loss is carried back by products with its transpose.

`agreement` says how far these and the hand derivations are apart.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import bptt, cell, checks, equations, gradient
from lstm.analytic import complex_step
from lstm.cell import Params, Trace
from lstm.ranges import in_range


class States(NamedTuple):
    """Total derivatives of l: row t-1 of dl_dc and dl_dh, each (T, n), is step t; c_0 and h_0, (n,), moved apart."""

    dl_dc: np.ndarray
    dl_dh: np.ndarray
    c_0: np.ndarray
    h_0: np.ndarray


class Agreement(NamedTuple):
    """Worst differences between two ways, each over the largest entry of what is compared.

    states_step, states_jacobian: dl/dc^(t) and dl/dh^(t) of all steps, hand derivation against complex step
    and against state Jacobians. parameters, inputs, initial: `bptt.backward` against complex step.
    initial_jacobian: h_0 and c_0, against state Jacobians.
    """

    states_step: float
    states_jacobian: float
    parameters: float
    inputs: float
    initial: float
    initial_jacobian: float


@in_range
def states_by_complex_step(params: Params, trace: Trace, reads: ArrayLike) -> States:
    """Total derivatives of l by every state, by complex step of the forward pass from that state on: `States`.

    Raises TypeError or ValueError that names the argument.
    """
    params, trace, reads = _fit(params, trace, reads)
    rows = []
    for k in range(len(trace.x)):
        read = partial(loss_from, params, trace.x[k + 1 :], reads[k:])
        rows.append(_by_state(read, trace.c[k], trace.h[k], trace.o[k]))
    nothing = np.zeros_like(reads[:1])
    start = partial(loss_from, params, trace.x, np.vstack([nothing, reads]))
    dl_dc, dl_dh = (np.array(row) for row in zip(*rows, strict=True))
    return States(dl_dc, dl_dh, *_by_state(start, trace.c_0, trace.h_0))


@in_range
def states_by_jacobian(params: Params, trace: Trace, reads: ArrayLike) -> States:
    """The same by transposed Jacobians of the state (c, h), each by complex step of one `step`: `States`.

    Raises TypeError or ValueError that names the argument.
    """
    params, trace, reads = _fit(params, trace, reads)
    T, n = reads.shape
    before = [np.concatenate(ch) for ch in zip([trace.c_0, *trace.c[:-1]], [trace.h_0, *trace.h[:-1]], strict=True)]
    back, totals = np.zeros(2 * n), []  # derivative of l by (c, h)^(t), the two moved apart
    for k in reversed(range(T)):
        back[n:] += reads[k]
        dh_dc = complex_step(partial(equations.hidden_state, trace.o[k]), trace.c[k])
        totals.append((back[:n] + dh_dc.T @ back[n:], back[n:].copy()))
        back = complex_step(partial(_next_state, params, trace.x[k]), before[k]).T @ back
    dl_dc, dl_dh = (np.array(rows) for rows in zip(*reversed(totals), strict=True))
    return States(dl_dc, dl_dh, back[:n], back[n:])


@in_range
def gradients_by_complex_step(
    params: Params, trace: Trace, reads: ArrayLike, dc_T: ArrayLike | None = None
) -> bptt.Gradients:
    """Gradients of l by parameters, inputs and initial states, by complex step of `run`: `bptt.Gradients`.

    reads (T, n) and dc_T (n,) as in `bptt.backward`. Raises TypeError or ValueError that names the argument.
    """
    params, trace, reads = _fit(params, trace, reads)
    dc_T = checks.real("dc_T", np.zeros(reads.shape[1]) if dc_T is None else dc_T, reads.shape[1:])

    def loss(
        p: Params = params, x: np.ndarray = trace.x, h_0: np.ndarray = trace.h_0, c_0: np.ndarray = trace.c_0
    ) -> np.ndarray:
        moved = cell.run(p, x, h_0, c_0)
        return np.sum(reads * moved.h) + dc_T @ moved.c[-1]

    def by(name: str) -> np.ndarray:
        return complex_step(lambda w: loss(p=params._replace(**{name: w})), getattr(params, name))

    return bptt.Gradients(
        params=cell.Params(*map(by, cell.Params._fields)),
        x=complex_step(lambda x: loss(x=x), trace.x),
        h_0=complex_step(lambda h_0: loss(h_0=h_0), trace.h_0),
        c_0=complex_step(lambda c_0: loss(c_0=c_0), trace.c_0),
    )


@in_range
def agreement(params: Params, trace: Trace, reads: ArrayLike) -> Agreement:
    """Derive all gradients of l by every way and return the worst differences: `Agreement`.

    `trace` must be what `run` gives for params, trace.x, trace.h_0 and trace.c_0; reads has shape (T, n).
    Raises TypeError or ValueError that names the argument.
    """
    hand, back = gradient.totals(params, trace, reads), bptt.backward(params, trace, reads)
    stepped, products = states_by_complex_step(params, trace, reads), states_by_jacobian(params, trace, reads)
    moved = gradients_by_complex_step(params, trace, reads)
    return Agreement(
        states_step=worst(hand, stepped[:2]),
        states_jacobian=worst(hand, products[:2]),
        parameters=worst(back.params, moved.params),
        inputs=worst([back.x], [moved.x]),
        initial=worst([back.h_0, back.c_0], [moved.h_0, moved.c_0]),
        initial_jacobian=worst([back.h_0, back.c_0], [products.h_0, products.c_0]),
    )


@in_range
def worst(found: Iterable[ArrayLike], expected: Iterable[ArrayLike]) -> float:
    """The largest |found - expected| over the largest |expected|, over arrays of equal shapes; 0 if all are zero.

    Raises ValueError where their numbers or shapes differ.
    """
    pairs = [(np.asarray(a), np.asarray(b)) for a, b in zip(found, expected, strict=True)]
    for a, b in pairs:
        if a.shape != b.shape:
            raise ValueError(f"found: expected shape {b.shape}, got shape {a.shape}")
    difference = np.max([np.abs(a - b).max() for a, b in pairs])  # np.max, which keeps a NaN
    scale = np.max([np.abs(b).max() for _, b in pairs])
    return float(difference / scale) if scale else float(difference)


def _by_state(
    read: Callable[[np.ndarray, np.ndarray], np.ndarray], c: np.ndarray, h: np.ndarray, o: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of read(c, h) by c and by h; h = o tanh c moves with c where the gate o that made it is given."""
    by_c = complex_step(lambda z: read(z, h if o is None else equations.hidden_state(o, z)), c)
    return by_c, complex_step(lambda z: read(c, z), h)


def loss_from(params: Params, x: np.ndarray, reads: np.ndarray, c: np.ndarray, h: np.ndarray) -> np.ndarray:
    """What l reads from the state (c, h) and from those that follow it over the inputs x, which may be none."""
    read = reads[0] @ h
    for x_t, reads_t in zip(x, reads[1:], strict=True):
        after = equations.step(params, x_t, h, c)
        h, c = after.h, after.c
        read = read + reads_t @ h
    return read


def _next_state(params: Params, x: np.ndarray, state: np.ndarray) -> np.ndarray:
    c, h = np.split(state, 2)
    after = equations.step(params, x, h, c)
    return np.concatenate([after.c, after.h])


def _fit(params: Params, trace: Trace, reads: ArrayLike) -> tuple[Params, Trace, np.ndarray]:
    """Return the three if they fit and `trace` is the run of `params`, in real numbers, else raise."""
    params, trace = cell.check_trace(params, trace)
    for owner, arrays in (("params", params), ("trace", trace)):
        for name, a in arrays._asdict().items():
            checks.real(f"{owner}.{name}", a, a.shape)
    again = cell.run(params, trace.x, trace.h_0, trace.c_0)
    for name, rerun in again._asdict().items():
        gap = np.abs(getattr(trace, name) - rerun).max()
        if gap > 1e-4 * max(1, np.abs(rerun).max()):  # float32 rounds, another run differs
            raise ValueError(f"trace.{name}: expected what run(params, ...) gives, got values off by {gap:.2g}")
    return params, trace, checks.real("reads", reads, trace.h.shape)
