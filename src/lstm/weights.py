"""Weights in and out: `Params` to and from the array layouts of PyTorch and Keras. Arrays only, neither is imported.

Both stack the four gates. PyTorch stacks rows in the order i, f, g, o and keeps two biases, which are added;
Keras stacks columns in the order i, f, c, o (its c is our g) and keeps one bias. Arrays are copied, never shared,
and are float32 or float64, all alike. Sigmoid gates and a tanh candidate, as in (12), are the default of both.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.cell import Params, check_params

PYTORCH = KERAS = "ifgo"
GATES = [name[-1] for name in Params._fields[::3]]  # in the order of Params: W_1, W_2, b of one gate after the other


def to_pytorch(params: Params) -> dict[str, np.ndarray]:
    """The arrays of a one-layer torch.nn.LSTM(m, n), by their names in its state_dict.

    weight_ih_l0 (4n, m), weight_hh_l0 (4n, n), bias_ih_l0 and bias_hh_l0 (4n,). The whole bias goes into
    bias_ih_l0; bias_hh_l0 is zero. Raises TypeError or ValueError that names the argument.
    """
    W_1, W_2, b = _stack(params, PYTORCH)
    return {"weight_ih_l0": W_1, "weight_hh_l0": W_2, "bias_ih_l0": b, "bias_hh_l0": np.zeros_like(b)}


def from_pytorch(weights: Mapping[str, ArrayLike]) -> Params:
    """`Params` from the arrays of a one-layer, one-way torch.nn.LSTM: a mapping as `to_pytorch` returns.

    From a module: {name: value.numpy() for name, value in module.state_dict().items()}. The two biases are added.
    Raises TypeError or ValueError that names the array, what came and what was expected.
    """
    n = _units(weights, "weight_hh_l0", 1)
    shapes = {"weight_ih_l0": (4 * n, None), "weight_hh_l0": (4 * n, n), "bias_ih_l0": (4 * n,), "bias_hh_l0": (4 * n,)}
    W_1, W_2, b_1, b_2 = _read(weights, shapes)
    return _copies(views(W_1, W_2, b_1 + b_2, PYTORCH))


def to_keras(params: Params) -> dict[str, np.ndarray]:
    """The arrays of keras.layers.LSTM(n): kernel (m, 4n), recurrent_kernel (n, 4n), bias (4n,).

    layer.set_weights takes the values in this order. Raises TypeError or ValueError that names the argument.
    """
    W_1, W_2, b = _stack(params, KERAS)
    return {"kernel": W_1.T.copy(), "recurrent_kernel": W_2.T.copy(), "bias": b}


def from_keras(weights: Mapping[str, ArrayLike]) -> Params:
    """`Params` from the arrays of a keras.layers.LSTM: a mapping as `to_keras` returns.

    From a layer: dict(zip(["kernel", "recurrent_kernel", "bias"], layer.get_weights())).
    Raises TypeError or ValueError that names the array, what came and what was expected.
    """
    n = _units(weights, "recurrent_kernel", 0)
    W_1, W_2, b = _read(weights, {"kernel": (None, 4 * n), "recurrent_kernel": (n, 4 * n), "bias": (4 * n,)})
    return _copies(views(W_1.T, W_2.T, b, KERAS))


def views(W_1: np.ndarray, W_2: np.ndarray, b: np.ndarray, order: str) -> Params:
    """`Params` of views into stacked arrays W_1 (4n, m), W_2 (4n, n), b (4n,): blocks of n rows, gates in `order`."""
    n = len(b) // 4
    rows = {gate: slice(k * n, (k + 1) * n) for k, gate in enumerate(order)}
    return Params(*[stacked[rows[gate]] for gate in GATES for stacked in (W_1, W_2, b)])


def fill(stacked: Iterable[np.ndarray], params: Iterable[np.ndarray]) -> None:
    """Write the arrays of `params` into `stacked`, views of the same shapes."""
    for view, array in zip(stacked, params, strict=True):
        view[...] = array


def check_real(params: Params) -> tuple[Params, int, int, np.dtype]:
    """(params, m, n, dtype): twelve arrays that fit each other, all float32 or all float64; else raise."""
    checked, m, n = check_params(params)
    return checked, m, n, checks.one_type("params", checked, params)


def _stack(params: Params, order: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    params, m, n, dtype = check_real(params)
    W_1, W_2, b = np.empty((4 * n, m), dtype), np.empty((4 * n, n), dtype), np.empty(4 * n, dtype)
    fill(views(W_1, W_2, b, order), params)
    return W_1, W_2, b


def _units(weights: Mapping[str, ArrayLike], recurrent: str, axis: int) -> int:
    """n, the length of this axis of the recurrent array."""
    if not hasattr(weights, "keys"):
        raise TypeError(f"weights: expected a mapping from names to arrays, got {type(weights).__name__}")
    if recurrent not in weights:
        raise ValueError(f"weights: expected a key {recurrent!r}, got {sorted(map(str, weights))}")
    return checks.array(recurrent, weights[recurrent], (None, None)).shape[axis]


def _read(weights: Mapping[str, ArrayLike], shapes: Mapping[str, tuple[int | None, ...]]) -> list[np.ndarray]:
    """The arrays of the mapping in the order of `shapes`, which names each of them."""
    if set(weights) != set(shapes):
        raise ValueError(f"weights: expected the keys {list(shapes)} and no others, got {sorted(map(str, weights))}")
    arrays = [checks.array(name, weights[name], shape) for name, shape in shapes.items()]
    checks.one_type("weights", arrays, (weights[name] for name in shapes))
    return arrays


def _copies(params: Params) -> Params:
    return Params(*(array.copy() for array in params))
