"""The network of 1997 trained online, one sequence at a time, compiled: lstm.variants.blocks is what it computes.

93 weights leave NumPy nothing but its own overhead, and the paper's runs take up to two million sequences of a
thousand steps. Here numba compiles the same loops (compiled); tests hold them against the reference.
"""

from typing import NamedTuple

import numpy as np

from experiments import compiled
from lstm.training.tasks import Batch
from lstm.variants.blocks import Blocks


class Packed(NamedTuple):
    """A `Blocks` in two arrays: V (2C + n, m + K + 1), rows i, o, g, and R (k, n + 1); biases in the last column."""

    V: np.ndarray
    R: np.ndarray


def pack(params: Blocks) -> Packed:
    """`Packed` copies of the parameters, float64."""
    rows = [np.column_stack([getattr(params, part + k) for part in ("W_1", "W_2", "b_")]) for k in "iog"]
    return Packed(np.concatenate(rows).astype(float), np.column_stack([params.W, params.b]).astype(float))


def unpack(packed: Packed, C: int) -> Blocks:
    """The `Blocks` of C blocks that `pack` would make `packed` of."""
    V, R = packed
    n, K = len(V) - 2 * C, len(V)
    m = V.shape[1] - K - 1
    parts = {}
    for k, rows in zip("iog", np.split(V, [C, 2 * C]), strict=True):
        parts |= {f"W_1{k}": rows[:, :m], f"W_2{k}": rows[:, m:-1], f"b_{k}": rows[:, -1]}
    return Blocks(**parts, W=R[:, :n], b=R[:, n])


def learn(packed: Packed, trained: Packed, C: int, batch: Batch, rate: float, *, truncated: bool) -> np.ndarray:
    """Train on the sequences of `batch` in turn, changing `packed` in place; the outputs before each change, (T, B, k).

    After each sequence every weight that `trained` marks with 1 moves by -rate times the gradient of half the squared
    error, the sum over its steps: the step of the paper.
    """
    arrays, out = _by_sequence(batch)
    compiled.learn(*packed, *trained, C, *arrays, float(rate), truncated, out)
    return out.swapaxes(0, 1)


def learn_by_step(packed: Packed, trained: Packed, C: int, batch: Batch, rate: float) -> np.ndarray:
    """As `learn` with the truncated gradient, but the weights move after every step that is read: local in time.

    This is the form of the paper's Appendix A.1, its equations (19) to (28): dc/dw of each cell is carried forward,
    as it was under the weights of each step.
    """
    arrays, out = _by_sequence(batch)
    compiled.learn_by_step(*packed, *trained, C, *arrays, float(rate), out)
    return out.swapaxes(0, 1)


def outputs(packed: Packed, C: int, batch: Batch) -> np.ndarray:
    """y, (T, B, k), for the sequences of `batch`; 0 past their ends."""
    return learn(packed, packed, C, batch, 0.0, truncated=True)  # at rate 0 nothing is trained


def _by_sequence(batch: Batch) -> tuple[list[np.ndarray], np.ndarray]:
    """([x, y, read, lengths], room for the outputs), sequences first, as the compiled loops want them."""
    arrays = [np.ascontiguousarray(np.swapaxes(a, 0, 1), float) for a in batch[:3]]
    return [*arrays, batch.lengths.astype(np.int64)], np.zeros(arrays[1].shape)
