"""The gradient of the plain network as a sum over lags (P.2), and how many sequences it takes to see the signal (P.4).

The network is that of lstm.rnn: h^(t) = tanh(W_1 x^(t) + W_2 h^(t-1) + b). A loss is read at step T.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, rnn
from lstm.fast import plain
from lstm.rnn import RNNParams, RNNTrace
from lstm.training import models


class Lags(NamedTuple):
    """Row k is the term of lag k: of dl/dW_1, (T, n, m), of dl/dW_2, (T, n, n), of dl/db, (T, n)."""

    W_1: np.ndarray
    W_2: np.ndarray
    b: np.ndarray


def by_lag(params: RNNParams, trace: RNNTrace, dl_dh: ArrayLike) -> Lags:
    """The terms of (P.2), from dl_dh = dl/dh^(T), (n,): `Lags`, whose sums over the rows are the gradient.

    Raises TypeError or ValueError that names the argument.
    """
    params, _, n = rnn.check_params(params)
    back = checks.array("dl_dh", dl_dh, (n,))
    before, deltas = [trace.h_0, *trace.h[:-1]][::-1], []
    for h in trace.h[::-1]:
        deltas.append((1 - h**2) * back)
        back = params.W_2.T @ deltas[-1]
    terms = [(np.outer(d, x), np.outer(d, h), d) for d, x, h in zip(deltas, trace.x[::-1], before, strict=True)]
    return Lags(*(np.array(rows) for rows in zip(*terms, strict=True)))


def sizes(params: RNNParams, x: ArrayLike, dl_dh: ArrayLike) -> np.ndarray:
    """||dl/dh^(T-k)|| over ||dl/dh^(T)|| for k = 0, ..., T - 1: shape (T,), from x (T, m) and dl/dh^(T), (n,).

    Raises TypeError or ValueError that names the argument.
    """
    trace = rnn.run(params, x)
    back = checks.array("dl_dh", dl_dh, params.b.shape)
    found = [float(np.linalg.norm(back))]
    for h in trace.h[:0:-1]:
        back = rnn.jacobian(params.W_2, h).T @ back
        found.append(float(np.linalg.norm(back)))
    return np.array(found) / found[0]


def by_sequence(model: models.Model, x: np.ndarray) -> np.ndarray:
    """dy^(T)/d(W_2, W_1, b) of each of B sequences x (T, B, m), one row each, (B, n (n + m + 1)); y is one number."""
    p = model.layer
    h = plain.forward(p, x)[0]
    back, found = np.tile(model.W, (x.shape[1], 1)), np.zeros((x.shape[1], len(p.b), len(p.b) + x.shape[2] + 1))
    for t in range(len(x))[::-1]:
        delta = (1 - h[t] ** 2) * back
        seen = np.column_stack([h[t - 1] if t else np.zeros_like(h[0]), x[t], np.ones(len(delta))])
        found += delta[:, :, None] * seen[:, None]
        back = delta @ p.W_2
    return found.reshape(len(found), -1)


def sequences_needed(model: models.Model, x: np.ndarray) -> float:
    """N of (P.4): trace of the covariance over squared norm of the mean; s = 1 or -1 is the coin of step 1.

    Both are of s dy^(T)/dW, the part of a squared error's gradient that knows s, over the sequences x (T, B, m), each
    taken with both sides of the coin.
    """
    rows = []
    for side in (1.0, -1.0):
        tossed = x.copy()
        tossed[0, :, 0] = side
        rows.append(side * by_sequence(model, tossed))
    spread = np.concatenate(rows).var(axis=0).sum()
    return float(spread / np.sum(np.mean((rows[0] + rows[1]) / 2, axis=0) ** 2))


def latch(hold: float = 2.0, write: float = 2.0, sharp: float = 20.0) -> models.Model:
    """A plain `Model` of three units, set by hand, that keeps the marked coin of the task `keep`, T >= 2, for ever.

    Units 1 and 2 say "marked heads" and "marked tails": 1 if so, else -1, but for e^-sharp. Unit 3 gets `write` times
    their difference, which is 0 at all unmarked steps, and `hold` times itself.
    """
    W_1 = sharp * np.array([[1.0, 1.0], [-1.0, 1.0], [0.0, 0.0]])
    W_2 = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [write, -write, hold]])
    layer = RNNParams(W_1, W_2, sharp * np.array([-1.5, -1.5, 0.0]))
    return models.Model(layer, np.array([[0.0, 0.0, 1.0]]), np.zeros(1))
