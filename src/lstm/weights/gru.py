"""The GRU's weights from PyTorch and Keras, whose reset gate stands after the product with W_2g: lstm.recurrences.

Both let z keep, as our equations do. PyTorch stacks rows r, z, n (its n is our g); Keras columns z, r, h.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from lstm.ranges import in_range
from lstm.recurrences.torch_gru import TorchGRU
from lstm.variants.gru import GRUParams
from lstm.weights import taken
from lstm.weights.keras import layer_arrays
from lstm.weights.places import find
from lstm.weights.pytorch import read_place
from lstm.weights.stacked import blocks

PYTORCH, KERAS, OURS = "rzg", "zrg", "zrg"


@in_range
def from_pytorch_gru(
    weights: Mapping[str, Any] | Iterable[tuple[str, Any]] | Any,
    layer: int = 0,
    reverse: bool = False,
    prefix: str = "auto",
) -> TorchGRU:
    """`TorchGRU` from one layer and one direction of a torch.nn.GRU, or from a torch.nn.GRUCell.

    The arguments are those of `from_pytorch`, with 3n rows for 4n. The biases of z, and of r, are added; g keeps two,
    since r multiplies the second. Raises TypeError or ValueError that names what came and says what to do.
    """
    arrays = taken.named(weights)
    W_1, W_2, b, inner = read_place(arrays, find(arrays, "GRU", layer, reverse, prefix), 3)
    return _after(W_1, W_2, b, inner, PYTORCH)


@in_range
def from_keras_gru(weights: Any, reverse: bool | None = None) -> TorchGRU | GRUParams:
    """`TorchGRU`, or `variants.gru.GRUParams` with reset_after=False, from a keras.layers.GRU.

    weights and reverse as in `from_keras`: kernel (m, 3n), recurrent_kernel (n, 3n) and bias, (2, 3n) with
    reset_after=True, Keras's default, and (3n,) without. Raises TypeError or ValueError that says what to do; without a
    bias ValueError, since the arrays do not tell where the reset gate stands.
    """
    arrays = layer_arrays(weights, reverse, "GRU")
    n = taken.shape_of(arrays["recurrent_kernel"])[0]
    if "bias" not in arrays:
        raise ValueError(
            "weights: expected a bias, whose shape tells reset_after, got two arrays: add np.zeros((2, 3 * n)) for a "
            "layer with reset_after=True, np.zeros(3 * n) for one without"
        )
    after = len(taken.shape_of(arrays["bias"])) == 2
    kernel, recurrent, bias = taken.read(
        arrays,
        {"kernel": (None, 3 * n), "recurrent_kernel": (n, 3 * n), "bias": (2, 3 * n) if after else (3 * n,)},
        4,
    )
    if after:
        return _after(kernel.T, recurrent.T, bias[0], bias[1], KERAS)
    rows = blocks(3 * n, KERAS, OURS)
    return GRUParams(*(a[part].copy() for part in rows for a in (kernel.T, recurrent.T, bias)))


def _after(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, inner: np.ndarray, order: str) -> TorchGRU:
    """`TorchGRU` from stacked arrays with 3n rows, blocks in `order`, and the biases outside and inside."""
    z, r, g = blocks(len(b), order, OURS)
    summed = [a.copy() for rows in (z, r) for a in (W_1[rows], W_2[rows], b[rows] + inner[rows])]
    return TorchGRU(*summed, *(a[g].copy() for a in (W_1, W_2, b, inner)))
