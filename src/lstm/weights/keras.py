"""Weights to and from Keras: columns in the order i, f, c, o (its c is our g), and one bias."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm.cell import Params
from lstm.weights import taken
from lstm.weights.stacked import listed, stack, unstack

ORDER = "ifgo"
NAMES = ("kernel", "recurrent_kernel", "bias")
A = {"LSTM": "an LSTM", "GRU": "a GRU"}
OTHERS = {
    4: (A["LSTM"], "weights.from_keras"),
    3: (A["GRU"], "weights.from_keras_gru"),
    1: ("a SimpleRNN", "lstm.rnn.RNNParams(kernel.T, recurrent_kernel.T, bias)"),
}
ONE_LAYER = "pass the arrays of one layer: model.layers[k].get_weights()"


def to_keras(params: Params) -> dict[str, np.ndarray]:
    """The arrays of keras.layers.LSTM(n): kernel (m, 4n), recurrent_kernel (n, 4n), bias (4n,).

    layer.set_weights takes the values in this order. Raises TypeError or ValueError that names the argument.
    """
    W_1, W_2, b = stack(params, ORDER)
    return {"kernel": W_1.T.copy(), "recurrent_kernel": W_2.T.copy(), "bias": b}


def from_keras(weights: Any, reverse: bool | None = None) -> Params:
    """`Params` of Eq. (12) from a keras.layers.LSTM, or from one direction of a Bidirectional of them.

    weights  the layer itself, its get_weights() or its weights, or a mapping as `to_keras` returns: kernel (m, 4n),
             recurrent_kernel (n, 4n), bias (4n,); without bias (use_bias=False) two arrays. All float32 or all
             float64; half precision becomes float32, with a `WidenedWarning`.
    reverse  must be said where two directions come: True is the one that reads from the end; audit it on x[::-1].
    Eq. (12) has sigmoid gates and a tanh candidate, Keras's defaults. Arrays do not tell the activations; a layer
    does, and one with others is refused. The recurrent activation of Keras 1 and early 2 was hard_sigmoid: where only
    arrays are left, hand the layer's own outputs to `audit` as `out`, which sees it. Arrays in a list are told apart by
    their places: where m = n, kernel and recurrent_kernel have the same shape, and again `out` sees an exchange.
    Raises TypeError or ValueError that names what came and says what to do.
    """
    arrays = layer_arrays(weights, reverse, "LSTM")
    n = taken.shape_of(arrays["recurrent_kernel"])[0]
    shapes: dict[str, tuple[int | None, ...]] = {"kernel": (None, 4 * n), "recurrent_kernel": (n, 4 * n)}
    if "bias" not in arrays:
        kernel, recurrent = taken.read(arrays, shapes)
        return unstack(kernel.T, recurrent.T, np.zeros(4 * n, kernel.dtype), ORDER)
    kernel, recurrent, bias = taken.read(arrays, shapes | {"bias": (4 * n,)})
    return unstack(kernel.T, recurrent.T, bias, ORDER)


def layer_arrays(weights: Any, reverse: bool | None, kind: str) -> dict[str, Any]:
    """The arrays of one layer and direction by `NAMES`, counted, in their order, and of this kind ("LSTM", "GRU").

    Raises TypeError or ValueError that says what to do.
    """
    if not (reverse is None or isinstance(reverse, bool)):
        raise TypeError(f"reverse: expected True or False, got {reverse!r}")
    if callable(getattr(weights, "get_weights", None)):
        _config(weights, kind)
        weights = weights.get_weights()
    if hasattr(weights, "keys"):
        arrays = _by_name(weights)
    elif isinstance(weights, list | tuple):
        arrays = dict(zip(NAMES, _one_direction(list(weights), reverse), strict=False))
    else:
        raise TypeError(
            f"weights: expected a mapping from names to arrays, a list of arrays or a layer, got "
            f"{type(weights).__name__}"
        )
    variables = {name: a for name, a in arrays.items() if hasattr(a, "numpy") and not hasattr(a, "detach")}
    arrays |= {name: variable.numpy() for name, variable in variables.items()}
    _told_apart(arrays, kind)
    return arrays


def _by_name(weights: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays of a mapping by the last part of their names, as in lstm/lstm_cell/kernel."""
    arrays = {str(name).rpartition("/")[2]: weights[name] for name in weights.keys()}  # noqa: SIM118 - np.load's too
    if "recurrent_kernel" not in arrays:
        raise ValueError(f"weights: expected a key 'recurrent_kernel', got {listed(arrays)}: {ONE_LAYER}")
    if set(arrays) - {"bias"} != set(NAMES[:2]) or len(arrays) != len(weights):
        raise ValueError(
            f"weights: expected the keys {list(NAMES)}, or the first two, and no others, got "
            f"{listed(weights.keys())}: {ONE_LAYER}"
        )
    return arrays


def _one_direction(arrays: list[Any], reverse: bool | None) -> list[Any]:
    """Two or three arrays out of two, three, four (no biases) or six: those of the direction that was asked for."""
    if len(arrays) not in (2, 3, 4, 6):
        raise ValueError(
            f"weights: expected 2 or 3 arrays of one direction, 4 or 6 of two, got {len(arrays)}: {ONE_LAYER}"
        )
    if len(arrays) < 4:
        if reverse:
            raise ValueError(
                f"reverse: expected the {2 * len(arrays)} arrays of a Bidirectional layer, got {len(arrays)}; a layer "
                "with go_backwards is read without reverse and audited on x[::-1]"
            )
        return arrays
    first, second = arrays[: len(arrays) // 2], arrays[len(arrays) // 2 :]
    if [*map(taken.shape_of, first)] != [*map(taken.shape_of, second)]:
        raise ValueError(
            f"weights: expected two directions of the same shapes in {len(arrays)} arrays, got "
            f"{[taken.shape_of(a) for a in arrays]}; two layers of a model are not two directions: {ONE_LAYER}"
        )
    if reverse is None:
        raise ValueError(
            f"reverse: expected True or False, since {len(arrays)} arrays are two directions of a Bidirectional "
            "layer: False for the forward one, True for the one that reads from the end"
        )
    return second if reverse else first


def _told_apart(arrays: Mapping[str, Any], kind: str) -> None:
    """Raise ValueError for arrays in another order, or of another kind of layer."""
    kernel, recurrent = (taken.shape_of(arrays[name]) for name in NAMES[:2])
    k = {"LSTM": 4, "GRU": 3}[kind]
    if len(kernel) != 2 or len(recurrent) != 2 or not recurrent[0]:
        raise ValueError(
            f"weights: expected kernel (m, {k}n), recurrent_kernel (n, {k}n), bias, got shapes "
            f"{[taken.shape_of(a) for a in arrays.values()]}: {ONE_LAYER}"
        )
    blocks = {recurrent[1] / recurrent[0], kernel[1] / recurrent[0]}
    for other, (name, what) in OTHERS.items():
        if other != k and blocks == {other}:
            raise ValueError(f"weights: expected {A[kind]}, got {name}: read it by {what}")
    if kernel[1] == recurrent[1] == k * kernel[0] and kernel[0] != recurrent[0]:
        raise ValueError(
            f"weights: expected kernel (m, {k}n), then recurrent_kernel (n, {k}n), got {kernel} and {recurrent}: "
            "exchange the two"
        )


def _config(layer: Any, kind: str) -> None:
    """Raise ValueError where a layer says that it is of another kind or has other activations."""
    config = layer.get_config() if callable(getattr(layer, "get_config", None)) else {}
    inner = config.get("layer", {})
    config = inner.get("config", config) if isinstance(inner, Mapping) else config
    for name, ours in (("activation", "tanh"), ("recurrent_activation", "sigmoid")):
        if (came := config.get(name, ours)) != ours:
            raise ValueError(
                f"weights: expected a layer with {name}={ours!r}, got {came!r}, another cell, whose gradient these "
                f"equations do not give: train it with {name}={ours!r}"
            )
