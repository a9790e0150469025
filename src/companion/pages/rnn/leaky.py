"""The leaky network, the step between the plain network and the LSTM: part of the state stays, by a fixed factor.

h^(t) = alpha h^(t-1) + (1 - alpha) u^(t) with u^(t) = tanh(W_1 x^(t) + W_2 h^(t-1) + b). One sequence, no batch; m
inputs, n units, T steps; alpha = 0 is the plain network of `lstm.rnn`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.rnn import RNNParams, check_params


class LeakyTrace(NamedTuple):
    """A run: u and h of shape (T, n)."""

    u: np.ndarray
    h: np.ndarray


def step(p: RNNParams, x: np.ndarray, h_prev: np.ndarray, alpha: float) -> tuple[np.ndarray, np.ndarray]:
    """(u^(t), h^(t)), both (n,), from x = x^(t), (m,), and h_prev = h^(t-1), (n,). Nothing is checked."""
    u = np.tanh(p.W_1 @ x + p.W_2 @ h_prev + p.b)
    return u, alpha * h_prev + (1 - alpha) * u


def jacobian(W_2: np.ndarray, u: np.ndarray, alpha: float) -> np.ndarray:
    """dh^(t)/dh^(t-1) = alpha I + (1 - alpha) diag(1 - u^2) W_2, (n, n), for u = u^(t), (n,). Nothing is checked."""
    return alpha * np.eye(len(u)) + (1 - alpha) * (1 - u**2)[:, None] * W_2


def run(params: RNNParams, x: ArrayLike, alpha: float, h_0: ArrayLike | None = None) -> LeakyTrace:
    """Run over x of shape (T, m), T >= 1, from h_0 = h^(0), (n,), zero where not given; return a `LeakyTrace`.

    alpha in [0, 1): the share of h^(t-1) that stays. Raises TypeError or ValueError that names the argument.
    """
    p, m, n = check_params(params)
    x, alpha = checks.array("x", x, (None, m)), _share(alpha)
    h = checks.array("h_0", np.zeros(n) if h_0 is None else h_0, (n,))
    rows = []
    for x_t in x:
        u, h = step(p, x_t, h, alpha)
        rows.append((u, h))
    return LeakyTrace(*(np.array(column) for column in zip(*rows, strict=True)))


def chain(params: RNNParams, trace: LeakyTrace, s: int, t: int, alpha: float) -> np.ndarray:
    """dh^(t)/dh^(s), the product of the Jacobians of steps t down to s+1: (n, n), 0 <= s <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    (p, _, n), alpha = check_params(params), _share(alpha)
    u = checks.array("trace.u", checks.tuple_of("trace", trace, LeakyTrace).u, (None, n))
    t = checks.whole("t", t, 0, len(u))
    product = np.eye(n)
    for u_t in u[checks.whole("s", s, 0, t) : t]:
        product = jacobian(p.W_2, u_t, alpha) @ product
    return product


def _share(alpha: float) -> float:
    if not 0 <= checks.array("alpha", alpha, ()) < 1:
        raise ValueError(f"alpha: expected a number in [0, 1), got {alpha}")
    return float(alpha)
