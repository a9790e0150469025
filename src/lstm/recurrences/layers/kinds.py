"""How a batched layer is described, and what a linear map of the inputs gives back. Nothing is checked here."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Layer(NamedTuple):
    """A layer: all of it works on parameters of one kind, a NamedTuple of float64 arrays.

    init_params (m, n, *, rng) to parameters, as in lstm.recurrences
    forward     (p, x) to (h, cache): x (T, B, m), h (T, B, n)
    backward    (p, x, cache, dh) to the gradient by the parameters, dh (T, B, n) being what the loss reads from h
    """

    init_params: Callable[..., Any]
    forward: Callable[[Any, np.ndarray], tuple[np.ndarray, Any]]
    backward: Callable[[Any, np.ndarray, Any, np.ndarray], Any]


def by_weights(x: np.ndarray, da: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The gradient by W and b of a = W x + b, from x (T, B, m) and da (T, B, n): (n, m) and (n,)."""
    rows = da.reshape(-1, da.shape[-1])
    return rows.T @ x.reshape(len(rows), -1), rows.sum(axis=0)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)) of real z. Faster than `lstm.equations.sigmoid`, but near 0 its relative accuracy goes."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)
