"""Adam, and gradients clipped by their norm: vectors in, vectors out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range


class Moments(NamedTuple):
    """What Adam remembers: running means of the gradient and of its square, shape of the parameters; updates made."""

    mean: np.ndarray
    square: np.ndarray
    updates: int


@in_range
def adam(
    gradient: ArrayLike,
    moments: Moments | None = None,
    *,
    rate: float,
    decay: tuple[float, float] = (0.9, 0.999),
    floor: float = 1e-8,
) -> tuple[np.ndarray, Moments]:
    """(change, moments): one update of Adam (Kingma and Ba 2015, Algorithm 1). Add `change` to the parameters.

    `gradient` is one vector; `moments` is what the last call returned, None at first; `rate` the step size,
    `decay` beta_1 and beta_2, `floor` epsilon. Nothing of the caller's is changed; the types of arrays stay.
    Raises TypeError or ValueError that names the argument, FloatingPointError where a number overflows.
    """
    gradient, rate = checks.array("gradient", gradient, (None,)), positive("rate", rate)
    if moments is None:
        moments = Moments(np.zeros_like(gradient), np.zeros_like(gradient), 0)
    like = {"mean": gradient.shape, "square": gradient.shape}
    moments = checks.fields("moments", moments, Moments, like)
    (a, b), updates = decay, checks.whole("moments.updates", moments.updates, 0) + 1
    with np.errstate(over="ignore", invalid="ignore"):  # reported below, not as a warning
        mean = a * moments.mean + (1 - a) * gradient
        square = b * moments.square + (1 - b) * gradient * gradient
        root = np.sqrt(square / (1 - b**updates))
        change = -rate / (1 - a**updates) * mean / (root + floor)
    if not np.isfinite(root).all():  # the change would be zero from here on, and look like peace
        raise FloatingPointError("the square of the gradient overflows")
    if not np.isfinite(change).all():
        raise FloatingPointError("the update overflows")
    return change, Moments(mean, square, updates)


@in_range
def clip(gradient: ArrayLike, most: float) -> np.ndarray:
    """`gradient`, a vector, scaled down to norm `most` if its norm is larger (Pascanu, Mikolov and Bengio 2013).

    Raises TypeError or ValueError that names the argument.
    """
    gradient, most = checks.array("gradient", gradient, (None,)), positive("most", most)
    largest = float(np.abs(gradient).max())
    if largest == 0:
        return gradient
    unit = gradient / largest  # its squares do not overflow
    norm = largest * float(np.linalg.norm(unit))
    return gradient if norm <= most else gradient * (most / norm)


def positive(name: str, value: float) -> float:
    """`value` as a Python float, which leaves the type of the arrays it multiplies as it is.

    Raises TypeError or ValueError that names the argument.
    """
    number = checks.real(name, value, ())
    if not number > 0:
        raise ValueError(f"{name}: expected a positive number, got {value}")
    return float(number)
