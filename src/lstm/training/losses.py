"""What a network is trained by: losses over the outputs that a `Batch` reads, each with its gradient."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range

Loss = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[float, np.ndarray]]  # of y, target, read


@in_range
def squared(y: ArrayLike, target: ArrayLike, read: ArrayLike) -> tuple[float, np.ndarray]:
    """Mean squared error and its gradient by y, (T, B, k): weights `read` (T, B), mean over these and the k outputs.

    Raises TypeError or ValueError that names what of the batch does not fit.
    """
    y, target, weight = _weights(y, target, read)
    weight = weight / y.shape[2]
    gap = y - target
    return (weight * gap * gap).sum(), 2 * weight * gap


@in_range
def cross_entropy(y: ArrayLike, target: ArrayLike, read: ArrayLike) -> tuple[float, np.ndarray]:
    """-sum target log softmax(y), mean over the weights `read` (T, B), and its gradient by y, (T, B, k).

    `target` holds the probabilities of the k classes, one-hot or not. Raises as `squared`.
    """
    y, target, weight = _weights(y, target, read)
    z = y - y.real.max(axis=2, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=2, keepdims=True))
    return -(weight * target * log_p).sum(), weight * (np.exp(log_p) * target.sum(axis=2, keepdims=True) - target)


LOSSES = {"squared": squared, "cross entropy": cross_entropy}


def _weights(y: ArrayLike, target: ArrayLike, read: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """y and `target` (T, B, k) and `read` (T, B, 1), checked; the weights scaled to sum 1."""
    y = checks.array("y", y, (None, None, None))
    target, read = checks.array("batch.y", target, y.shape), checks.real("batch.read", read, y.shape[:2])
    total = read.sum()
    if not (total > 0 and (read >= 0).all()):
        raise ValueError(f"batch.read: expected weights of at least 0, some of them positive, got {read.min()}")
    return y, target, (read / total)[..., None]
