"""Stacked arrays and `Params`: what the layouts of all frameworks share, four blocks of n rows in some order."""

from collections.abc import Iterable, Sequence

import numpy as np

from lstm import checks
from lstm.cell import Params, check_params

GATES = [name[-1] for name in Params._fields[::3]]  # in the order of Params: W_1, W_2, b of one gate after the other


def views(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, order: str) -> Params:
    """`Params` of views into stacked arrays W_1 (4n, m), W_2 (4n, n), b (4n,): blocks of n rows, gates in `order`."""
    return Params(*[stacked[rows] for rows in blocks(len(b), order, GATES) for stacked in (W_1, W_2, b)])


def blocks(rows: int, order: str, wanted: Iterable[str]) -> list[slice]:
    """The rows of each letter of `wanted`, where `rows` rows are blocks of equal height, letters in `order`."""
    n = rows // len(order)
    return [slice(n * order.index(letter), n * (order.index(letter) + 1)) for letter in wanted]


def fill(stacked: Iterable[np.ndarray], params: Iterable[np.ndarray]) -> None:
    """Write the arrays of `params` into `stacked`, views of the same shapes."""
    for view, array in zip(stacked, params, strict=True):
        view[...] = array


def check_real(params: Params) -> tuple[Params, int, int, np.dtype]:
    """(params, m, n, dtype): twelve arrays that fit each other, all float32 or all float64; else raise."""
    checked, m, n = check_params(params)
    return checked, m, n, checks.one_type("params", checked, params)


def stack(params: Params, order: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """W_1 (4n, m), W_2 (4n, n), b (4n,) from `Params`, gates in `order`. Raises TypeError or ValueError."""
    params, m, n, dtype = check_real(params)
    W_1, W_2, b = np.empty((4 * n, m), dtype), np.empty((4 * n, n), dtype), np.empty(4 * n, dtype)
    fill(views(W_1, W_2, b, order), params)
    return W_1, W_2, b


def unstack(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, order: str) -> Params:
    """`Params` as `views` makes them, copied: nothing is shared with the stacked arrays."""
    return Params(*(array.copy() for array in views(W_1, W_2, b, order)))


def listed(names: Iterable[object], most: int = 8) -> str:
    """Names for a message, sorted and quoted; where there are many, the first and how many more."""
    words: Sequence[str] = sorted(repr(str(name)) for name in names)
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return "[" + ", ".join(words[:most]) + "]" + more
