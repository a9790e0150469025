"""The GRU's weights from PyTorch, Keras and ONNX. The reset gate stands before the product with W_2g, or after it.

After it as in lstm.recurrences.torch_gru, before it as in lstm.variants.gru. All let z keep, as our equations do.
PyTorch stacks rows r, z, n (its n is our g); Keras columns z, r, h; ONNX rows z, r, h.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from lstm import checks
from lstm.ranges import in_range
from lstm.recurrences.torch_gru import TorchGRU
from lstm.variants.gru import GRUParams
from lstm.weights import taken
from lstm.weights.keras import layer_arrays
from lstm.weights.onnx import read_direction
from lstm.weights.onnx_graph import find as find_operator
from lstm.weights.places import find
from lstm.weights.pytorch import read_place
from lstm.weights.stacked import blocks

PYTORCH, KERAS, ONNX, OURS = "rzg", "zrg", "zrg", "zrg"


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
    return _before(kernel.T, recurrent.T, bias, KERAS)


@in_range
def from_onnx_gru(
    weights: Any, node: int | str = 0, reverse: bool | None = None, linear_before_reset: int | None = None
) -> TorchGRU | GRUParams:
    """`TorchGRU`, or `variants.gru.GRUParams` with linear_before_reset=0, from an operator GRU of ONNX.

    weights  a model, or a mapping of the operator's inputs, as in `from_onnx`: W (D, 3n, m), R (D, 3n, n) and maybe
             B (D, 6n), rows z, r, h (its h is our g).
    node, reverse  as in `from_onnx`.
    linear_before_reset  0: the reset gate before the product with R, and the two biases are added; ONNX's default. 1:
             after it, as PyTorch and Keras export. A model says which; bare arrays do not, and need it here.
    Other activations and a clip are refused where a model has them. Raises TypeError or ValueError that names what came
    and says what to do.
    """
    if linear_before_reset is not None:
        linear_before_reset = checks.whole("linear_before_reset", linear_before_reset, 0, 1)
    found = read_direction(weights, "GRU", reverse, node)
    W, R, (outside, inside) = found["W"], found["R"], np.split(found["B"], 2)
    if hasattr(weights, "graph"):
        operator = find_operator(weights.graph, node, "GRU")
        after = next((one.i for one in operator.attribute if one.name == "linear_before_reset"), 0)
        if linear_before_reset is not None and bool(linear_before_reset) != bool(after):
            raise ValueError(
                f"linear_before_reset: expected that of the operator, {int(bool(after))}, got {linear_before_reset}"
            )
    elif linear_before_reset is None:
        raise ValueError(
            "linear_before_reset: expected 0 or 1, got None, and bare arrays do not tell where the reset gate stands: "
            "1 for what PyTorch and Keras export, 0 for an operator without this attribute"
        )
    else:
        after = linear_before_reset
    return _after(W, R, outside, inside, ONNX) if after else _before(W, R, outside + inside, ONNX)


def _before(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, order: str) -> GRUParams:
    """`GRUParams` from stacked arrays with 3n rows, blocks in `order`."""
    return GRUParams(*(a[part].copy() for part in blocks(len(b), order, OURS) for a in (W_1, W_2, b)))


def _after(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, inner: np.ndarray, order: str) -> TorchGRU:
    """`TorchGRU` from stacked arrays with 3n rows, blocks in `order`, and the biases outside and inside."""
    z, r, g = blocks(len(b), order, OURS)
    summed = [a.copy() for rows in (z, r) for a in (W_1[rows], W_2[rows], b[rows] + inner[rows])]
    return TorchGRU(*summed, *(a[g].copy() for a in (W_1, W_2, b, inner)))
