"""What a caller of the audit hands over, as it comes from a framework: tensors, batch first, states of a module."""

from typing import Any

import numpy as np

from lstm import checks
from lstm.weights import taken


def time_first(name: str, value: Any, shape: tuple[int | None, ...], batch_first: bool) -> Any:
    """The array with time first, where it came with the batch first; a tensor as an array. shape has time first.

    Raises TypeError or ValueError that names the argument and says the shape in the caller's order of axes.
    """
    value = taken.plain(value)[0]
    return checks.array(name, value, (shape[1], shape[0], *shape[2:])).swapaxes(0, 1) if batch_first else value


def state(name: str, value: Any) -> Any:
    """h_0 or c_0, a tensor as an array. Raises ValueError for the states of a whole module, (layers, B, n)."""
    value = taken.plain(value)[0]
    if np.ndim(value) == 3:
        raise ValueError(
            f"{name}: expected shape (B, n), got shape {np.shape(value)}, the states of all layers and directions of a "
            f"module: pass {name}[k] of the one that is audited"
        )
    return value


def flag(name: str, value: Any) -> bool:
    """`value` if it is True or False, else raise TypeError."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: expected True or False, got {value!r}")
    return value
