"""The memory of lstm.fast.sequence: what its forward pass leaves for its backward pass, and room for both.

Large arrays are cheaper kept than made anew, and so are the views of each step: in a small layer, to make a view
costs a quarter of a call that works on it. Nothing is computed here.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import prod
from typing import NamedTuple

import numpy as np

CHUNK = 2**15  # numbers of one gate that the backward pass handles at once: they should stay in the processor's cache


class Room(NamedTuple):
    """Arrays for T steps, B sequences, n units, m inputs, and lists of views of them, one entry for each step.

    inputs    (T + 1, n + m + 1, B): [h^(t-1); x^(t); 1] at index t-1; the last holds h^(T) only
    gates     (T, 7, n, B): tanh c, i g, f c^(t-1), o, i, f, g of step t at index t-1
    slopes    (., 6, n, B): what multiplies dl/dh and dl/dc, for as many steps as CHUNK allows
    reads     (., n, B): what l reads at once from h, for these steps
    dz        (4n, T, B): the gradient by W [h; x; 1], and
    factors   (n + m + 1, T, B): inputs again, both with time after the rows: one product sums over all steps
    forward   [h^(t-1); x^(t); 1], the place of h^(t), gates
    backward  reads, the first of slopes, the other five, four of these as (4n, B), the last
    """

    inputs: np.ndarray
    gates: np.ndarray
    slopes: np.ndarray
    reads: np.ndarray
    dz: np.ndarray
    factors: np.ndarray
    forward: Sequence[tuple[np.ndarray, ...]]
    backward: Sequence[tuple[np.ndarray, ...]]


class Cache:
    """What `sequence.forward` leaves for `sequence.backward`: W, shape (4n, n + m + 1), and a `Room`.

    Valid until it is given up by `forward(..., reuse=cache)`; then it has neither.
    """

    __slots__ = ("W", "room")
    W: np.ndarray
    room: Room

    def __init__(self, W: np.ndarray, T: int, B: int, reuse: "Cache | None" = None) -> None:
        n, K = len(W) // 4, W.shape[1]
        self.W, room = W, None
        if reuse is not None:
            old = reuse.room
            del reuse.W, reuse.room
            if (old.inputs.shape, old.gates.shape, old.gates.dtype) == ((T + 1, K, B), (T, 7, n, B), W.dtype):
                room = old
        self.room = _room(n, K, T, B, W.dtype) if room is None else room


def valid(name: str, cache: Cache) -> Cache:
    """Return `cache` if it is a `Cache` that still holds something, else raise TypeError or ValueError."""
    if not isinstance(cache, Cache):
        raise TypeError(f"{name}: expected the cache that forward returned, got {type(cache).__name__}")
    if not hasattr(cache, "room"):
        raise ValueError(f"{name}: given up to a later forward(..., reuse=cache), expected a cache that is still valid")
    return cache


def _room(n: int, K: int, T: int, B: int, dtype: np.dtype) -> Room:
    some = min(T, max(1, CHUNK // (n * B)))
    shapes = [(T + 1, K, B), (T, 7, n, B), (some, 6, n, B), (some, n, B), (4 * n, T, B), (K, T, B)]
    inputs, gates, slopes, reads, dz, factors = _arrays(shapes, dtype)
    inputs[:, -1] = 1
    forward = list(zip(inputs[:-1], inputs[1:, :n], gates, strict=True))
    deltas = slopes[:, 1:5].reshape(some, 4 * n, B)
    backward = list(zip(reads, slopes[:, 0], slopes[:, 1:], deltas, slopes[:, 5], strict=True))
    return Room(inputs, gates, slopes, reads, dz, factors, forward, backward)


def _arrays(shapes: Iterable[tuple[int, ...]], dtype: np.dtype) -> list[np.ndarray]:
    """Arrays of these shapes, uninitialised, in one block: freed and taken again, it costs no new pages."""
    line = 64 // dtype.itemsize  # each starts on a cache line
    sizes = [-(-prod(shape) // line) * line for shape in shapes]
    block = np.empty(sum(sizes) + line, dtype)
    start = -block.ctypes.data % 64 // dtype.itemsize
    starts = accumulate(sizes, initial=start)
    return [block[k : k + prod(shape)].reshape(shape) for k, shape in zip(starts, shapes, strict=False)]
