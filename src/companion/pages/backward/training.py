"""A short training: gradient descent towards the hidden states of another network of the same shape."""

from typing import Any

import numpy as np

from companion.pages.backward.by_hand import Case, draw
from companion.pages.backward.versions import MEND, layer

SIZES = dict(m=2, n=4, T=10, B=16)


def task(seed: int) -> tuple[Case, np.ndarray]:
    """(case, targets): where the descent starts, and the hidden states (B, T, n) of another network."""
    rng = np.random.default_rng(seed)
    start, teacher = draw(rng, **SIZES), draw(rng, **SIZES)
    return start, layer(MEND).forward(start.x, *teacher[1:4])[0]


def descend(trained: Any, seed: int, updates: int = 200, rate: float = 0.3) -> np.ndarray:
    """The loss before each update and after the last, (updates + 1,): half the squared distance for each sequence."""
    start, targets = task(seed)
    x, weights, losses = start.x, list(start[1:4]), []
    for k in range(updates + 1):
        h, cache = trained.forward(x, *weights)
        losses.append(0.5 * np.sum((h - targets) ** 2) / len(x))
        if k < updates:
            _, *gradients = trained.backward((h - targets) / len(x), cache)
            weights = [weight - rate * gradient for weight, gradient in zip(weights, gradients, strict=True)]
    return np.array(losses)
