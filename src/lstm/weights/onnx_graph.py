"""The inputs of an operator LSTM or GRU of a model in ONNX, taken from the graph by its fields; onnx is not imported.

A model has graph.node, each with op_type, name, input and attribute, and graph.initializer, tensors with name, dims,
data_type and raw_data (onnx.proto, since 2017). What the operator may have beyond Eq. (12) is refused by name.
"""

from typing import Any

import numpy as np

from lstm.weights.stacked import listed

TYPES = {1: "<f4", 10: "<f2", 11: "<f8"}  # TensorProto.DataType: FLOAT, FLOAT16, DOUBLE
FIELDS = {1: "float_data", 11: "double_data"}  # where the numbers stand if raw_data is empty
PLACES = {"LSTM": {"W": 1, "R": 2, "B": 3, "P": 7}, "GRU": {"W": 1, "R": 2, "B": 3}}  # of the operator's inputs
ACTIVATIONS = {"LSTM": ("sigmoid", "tanh", "tanh"), "GRU": ("sigmoid", "tanh")}
READERS = {"LSTM": "weights.from_onnx", "GRU": "weights.from_onnx_gru"}


def node_arrays(model: Any, node: int | str, kind: str) -> dict[str, np.ndarray]:
    """The arrays W, R and maybe B, P of one operator of this kind. Raises TypeError or ValueError that says what to do.

    kind is "LSTM" or "GRU".
    """
    operator = find(model.graph, node, kind)
    _check(operator, kind)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    names = {key: operator.input[k] for key, k in PLACES[kind].items() if k < len(operator.input) and operator.input[k]}
    for key, name in names.items():
        if name not in tensors:
            them = ", ".join(PLACES[kind])
            raise ValueError(
                f"weights: expected {key} of {operator.name!r} among the model's initializers, got {name!r}, which the "
                f"graph computes: fold constants first (onnxruntime, onnxsim), or pass the arrays {them}"
            )
    return {key: _array(tensors[name]) for key, name in names.items()}


def find(graph: Any, node: int | str, kind: str) -> Any:
    """The operator of this kind with this number or name. Raises TypeError or ValueError that says what there is."""
    found = [one for one in graph.node if one.op_type == kind]
    if not found:
        kinds = {one.op_type for one in graph.node}
        hint = "".join(f"; read the {name} by {READERS[name]}" for name in sorted(kinds & set(READERS)))
        raise ValueError(f"weights: expected a model with an operator {kind}, got the operators {listed(kinds)}{hint}")
    if isinstance(node, bool) or not isinstance(node, int | str):
        raise TypeError(f"node: expected a number or a name, got {node!r}")
    names = [one.name for one in found]
    if isinstance(node, int):
        if not 0 <= node < len(found):
            raise ValueError(f"node: expected 0 to {len(found) - 1}, of {names}, got {node}")
        return found[node]
    if node not in names:
        raise ValueError(f"node: expected one of {names}, got {node!r}")
    return found[names.index(node)]


def _check(operator: Any, kind: str) -> None:
    """Raise ValueError where the operator has what the cells of this book have not."""
    attributes = {one.name: one for one in operator.attribute}
    if "activations" in attributes:
        came = [bytes(name).decode().lower() for name in attributes["activations"].strings]
        usual = list(ACTIVATIONS[kind])
        if came != usual * (len(came) // len(usual)):
            raise ValueError(f"weights: expected the activations {usual}, got {came}, another cell")
    if "clip" in attributes:
        raise ValueError(
            f"weights: expected no clip, got clip={attributes['clip'].f:g}, another cell: export without it"
        )
    if "input_forget" in attributes and attributes["input_forget"].i:
        raise ValueError(
            "weights: expected gates of their own, got input_forget=1, coupled gates: their own Eq. (15) is "
            "lstm.variants.COUPLED"
        )


def _array(tensor: Any) -> np.ndarray:
    """The numbers of a tensor. Raises ValueError for other types and for data that stands in another file."""
    if tensor.data_type not in TYPES:
        raise ValueError(
            f"weights: expected {tensor.name!r} of float32, float64 or float16, got TensorProto.DataType "
            f"{tensor.data_type}: export in float32"
        )
    if getattr(tensor, "data_location", 0):
        raise ValueError(f"weights: expected {tensor.name!r} in the model, got external data: onnx.load reads both")
    raw, dtype = tensor.raw_data, np.dtype(TYPES[tensor.data_type])
    numbers = np.frombuffer(raw, dtype) if raw else np.array(getattr(tensor, FIELDS[tensor.data_type]), dtype)
    return numbers.astype(dtype.newbyteorder("=")).reshape(tuple(tensor.dims))
