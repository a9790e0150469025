"""A gradient check by hand: move one number, run the forward pass, compare with what the backward pass says."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from companion.pages.backward.versions import MEND, layer
from lstm import analytic

EXACT = 1e-30  # of a complex step: no difference is taken, so no digit is lost


class Case(NamedTuple):
    """x (B, T, m), Wx (m, 4n), Wh (n, 4n), b (4n,), and reads (B, T, n): the loss is the sum of reads * h."""

    x: np.ndarray
    Wx: np.ndarray
    Wh: np.ndarray
    b: np.ndarray
    reads: np.ndarray


def draw(rng: np.random.Generator, m: int = 2, n: int = 3, T: int = 4, B: int = 3) -> Case:
    """A case in which nothing is zero and the loss reads every step."""
    Wx, Wh = rng.normal(size=(m, 4 * n)), rng.normal(size=(n, 4 * n))
    return Case(rng.normal(size=(B, T, m)), Wx, Wh, rng.normal(size=4 * n), rng.normal(size=(B, T, n)))


def _loss(forward: Callable[..., Any], case: Case) -> Any:
    return np.sum(case.reads * forward(*case[:4])[0])


def one_entry(forward: Callable[..., Any], case: Case, name: str, at: tuple[int, ...], move: complex) -> Any:
    """The loss where one entry of the array `name` is moved."""
    array = getattr(case, name).astype(type(move))
    array[at] += move
    return _loss(forward, case._replace(**{name: array}))


def central(forward: Callable[..., Any], case: Case, name: str, at: tuple[int, ...], eps: float) -> float:
    """The slope in one entry by a central difference."""
    up, down = (one_entry(forward, case, name, at, move) for move in (eps, -eps))
    return float((up - down) / (2 * eps))


def complex_step(forward: Callable[..., Any], case: Case, name: str, at: tuple[int, ...], eps: float = EXACT) -> float:
    """The slope in one entry by a complex step."""
    return float(one_entry(forward, case, name, at, 1j * eps).imag / eps)


def entries(layer: Any, case: Case) -> dict[str, np.ndarray]:
    """The gradient that the backward pass of a layer gives, by array."""
    cache = layer.forward(*case[:4])[1]
    return dict(zip(("x", "Wx", "Wh", "b"), layer.backward(case.reads, cache), strict=True))


def true_entries(case: Case, name: str) -> np.ndarray:
    """The true gradient by the array `name`: the complex step of the mended layer's forward pass."""
    forward = layer(MEND).forward
    return analytic.complex_step(lambda array: _loss(forward, case._replace(**{name: array})), getattr(case, name))


def largest_error(broken: Any, case: Case) -> dict[str, float]:
    """By array: the largest difference from the true gradient, over the largest true entry.

    The difference alone where all true entries are zero, as those of Wh in one step from zero states.
    """
    found = {}
    for name, mine in entries(broken, case).items():
        true = true_entries(case, name)
        found[name] = float(np.abs(mine - true).max() / (np.abs(true).max() or 1))
    return found
