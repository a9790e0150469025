"""Equations (12) to (15) and nothing else: no argument is checked here. lstm.cell and lstm.gradient are the doors.

One sequence: x^(t) has shape (m,), a state (n,), W_1* (n, m), W_2* (n, n), b_* (n,). The same lines serve many runs at
once, with states as columns (..., n, B), biases (..., n, 1) and further axes in front: @ multiplies matrices, .mT
transposes them, and what is elementwise does not care.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Params(NamedTuple):
    """The twelve parameters of (12): W_1* of shape (n, m), W_2* of shape (n, n), b_* of shape (n,)."""

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


class Gates(NamedTuple):
    """What (12) gives: gates i, f, o in (0, 1) and candidate g in (-1, 1), each of shape (n,)."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray


class Step(NamedTuple):
    """What (12) to (14) give for one step: i, f, o, g, cell state c, hidden state h, each (n,)."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


class Trace(NamedTuple):
    """A whole run: row t-1 of i, f, o, g, c, h (each (T, n)) is step t, for t = 1, ..., T.

    Beside them stands what they came from: x of shape (T, m), and h_0 = h^(0), c_0 = c^(0) of shape (n,).
    """

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray


class Terms(NamedTuple):
    """The six terms of dl/dc^(t-1), each of shape (n,); their sum is the total derivative."""

    direct: np.ndarray
    forget: np.ndarray
    input: np.ndarray
    candidate: np.ndarray
    output: np.ndarray
    local: np.ndarray


OneStep = Callable[[np.ndarray, np.ndarray, np.ndarray], Step]  # from x^(t), h^(t-1), c^(t-1)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The sigmoid 1 / (1 + exp(-z)) of (12), elementwise, for real or complex z of any shape.

    Only exp of a number with real part <= 0 is taken: nothing overflows, and both tails keep their
    relative accuracy. The slope formed from s = sigmoid(z) near 1 does not: s (1 - s) has a relative error of about
    eps e^z. In float64 (eps 2.2e-16) half its digits are gone at z = 18, and from z = 37 on s is 1 and the slope 0;
    in float32 (1.2e-7) that is z = 8 and 17. sigmoid(z) * sigmoid(-z) keeps all digits in both tails.
    """
    right = z.real >= 0
    with np.errstate(under="ignore"):  # exp(-1e4) is 0, and so is the sigmoid there
        e = np.exp(np.where(right, -z, z))
    return np.where(right, 1, e) / (1 + e)


def gates(p: Params, x: np.ndarray, h_prev: np.ndarray) -> Gates:
    """Equation (12)."""
    return Gates(
        i=sigmoid(p.W_1i @ x + p.W_2i @ h_prev + p.b_i),
        f=sigmoid(p.W_1f @ x + p.W_2f @ h_prev + p.b_f),
        o=sigmoid(p.W_1o @ x + p.W_2o @ h_prev + p.b_o),
        g=np.tanh(p.W_1g @ x + p.W_2g @ h_prev + p.b_g),
    )


def cell_state(f: np.ndarray, c_prev: np.ndarray, i: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Equation (13)."""
    return f * c_prev + i * g


def hidden_state(o: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Equation (14)."""
    return o * np.tanh(c)


def step(p: Params, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> Step:
    """One step, (12) to (14)."""
    i, f, o, g = gates(p, x, h_prev)
    c = cell_state(f, c_prev, i, g)
    return Step(i, f, o, g, c, hidden_state(o, c))


def follow(one_step: OneStep, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> Step:
    """`one_step(x_t, h, c)` for one x_t of x after the other: its results, each field with the steps in front."""
    steps = []
    for x_t in x:
        steps.append(one_step(x_t, h, c))
        h, c = steps[-1].h, steps[-1].c
    return type(steps[0])(*map(np.array, zip(*steps, strict=True)))


def output_slope(o: np.ndarray, c: np.ndarray) -> np.ndarray:
    """The diagonal of D = dh/dc with o held: o (1 - tanh^2 c).

    Computed as o / cosh^2 c, which is the same and does not cancel where |c| is large.
    """
    with np.errstate(over="ignore"):  # where cosh overflows the slope is 0
        return o / np.cosh(c) ** 2


def deltas(now: Step | Trace, c_prev: np.ndarray, dl_dc: np.ndarray | float, dl_dh: np.ndarray | float) -> Gates:
    """Derivatives of l by the four arguments of sigma and tanh in (12), from the total ones by c^(t) and h^(t).

    `now` has the gates and c^(t). With dl_dc = dl_dh = 1 they are the slopes of c^(t) and, for o, of h^(t).
    A run stores gates, not arguments, so i (1 - i), f (1 - f), o (1 - o), 1 - g^2 are right to a rounding of 1, not of
    themselves: 0 from an argument of 37 on, for g from 19 on (float32: 17 and 10). Beside the direct path f dl/dc^(t)
    that is rounding; alone, as in dl/db_f, it is all there is, and the complex step of lstm.proofs keeps it.
    """
    i, f, o, g = now.i, now.f, now.o, now.g
    return Gates(
        i=dl_dc * g * i * (1 - i),
        f=dl_dc * c_prev * f * (1 - f),
        o=dl_dh * np.tanh(now.c) * o * (1 - o),
        g=dl_dc * i * (1 - g**2),
    )


def terms(p: Params, f: np.ndarray, d: Gates, dl_dc: np.ndarray, D_prev: np.ndarray, reads_prev: np.ndarray) -> Terms:
    """Equation (15): d are the deltas of step t, D_prev and reads_prev belong to step t-1."""
    return Terms(
        direct=f * dl_dc,
        forget=D_prev * (p.W_2f.mT @ d.f),
        input=D_prev * (p.W_2i.mT @ d.i),
        candidate=D_prev * (p.W_2g.mT @ d.g),
        output=D_prev * (p.W_2o.mT @ d.o),
        local=D_prev * reads_prev,
    )


def backward(
    p: Params, f: np.ndarray, slopes: Gates, D: np.ndarray, reads: np.ndarray, to_c: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray, Any, Any]:
    """All total derivatives, from step T to 1: (dl_dc, dl_dh) with the steps in front, and what reaches c^(0), h^(0).

    f, D, reads and each of `slopes` (`deltas` for 1 and 1) have the steps in front. to_c reaches c^(T) with h^(T) held.
    """
    dl_dc, dl_dh, to_h = [], [], 0
    for f_t, i, s_f, o, g, D_t, read in zip(*(a[::-1] for a in (f, *slopes, D, reads)), strict=True):
        by_h = read + to_h
        by_c = to_c + D_t * by_h
        to_h = p.W_2i.mT @ (i * by_c) + p.W_2f.mT @ (s_f * by_c) + p.W_2o.mT @ (o * by_h) + p.W_2g.mT @ (g * by_c)
        to_c = f_t * by_c
        dl_dc.append(by_c)
        dl_dh.append(by_h)
    return np.array(dl_dc[::-1]), np.array(dl_dh[::-1]), to_c, to_h


def moved(
    p: Params, f: np.ndarray, slopes: Gates, D: np.ndarray, dc: np.ndarray, dh: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How (c, h)^(t) moves when (c, h)^(t-1) moves by (dc, dh), columns (n, K): the Jacobian of the state times them.

    f, D and each of `slopes` are columns (n, 1) of step t.
    """
    dc_by_h = slopes.f * (p.W_2f @ dh) + slopes.i * (p.W_2i @ dh) + slopes.g * (p.W_2g @ dh)
    dc = f * dc + dc_by_h
    return dc, D * dc + slopes.o * (p.W_2o @ dh)
