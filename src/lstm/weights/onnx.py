"""Weights from ONNX's operator LSTM: rows in the order i, o, f, c (its c is our g), two biases, and maybe peepholes."""

from typing import Any

import numpy as np

from lstm.cell import Params
from lstm.ranges import in_range
from lstm.variants.peephole import PeepholeParams
from lstm.weights import taken
from lstm.weights.onnx_graph import READERS, node_arrays
from lstm.weights.places import A, K
from lstm.weights.stacked import blocks, listed, unstack

ORDER, PEEPHOLES = "iofg", "iof"
NAMES = ("W", "R", "B", "P")


@in_range
def from_onnx(weights: Any, node: int | str = 0, reverse: bool | None = None) -> Params | PeepholeParams:
    """`Params` of Eq. (12), or `variants.peephole.PeepholeParams`, from an operator LSTM of ONNX.

    weights  a model, onnx.load(path), or a mapping of the operator's inputs: W (D, 4n, m), R (D, 4n, n), and maybe
             B (D, 8n), whose two halves are added, and P (D, 3n), peepholes. D is the number of directions. All float32
             or all float64; float16 becomes float32, with a `WidenedWarning`.
    node     which of the model's LSTM operators, by number from 0 in the order of the graph, or by name.
    reverse  must be said where D = 2: True is the direction that reads from the end; audit it on x[::-1].
    The peepholes are those of `variants.peephole`: i and f see c^(t-1), o sees c^(t). A model's operator with other
    activations, a clip or coupled gates (input_forget) is refused; bare arrays do not tell.
    Raises TypeError or ValueError that names what came and says what to do.
    """
    found = read_direction(weights, "LSTM", reverse, node)
    W, R, both = found["W"], found["R"], found["B"]
    params = unstack(W, R, both[: len(W)] + both[len(W) :], ORDER)
    if "P" not in found:
        return params
    n = R.shape[1]
    return PeepholeParams(*params, *(found["P"][part].copy() for part in blocks(3 * n, PEEPHOLES, "ifo")))


def read_direction(weights: Any, kind: str, reverse: bool | None, node: int | str) -> dict[str, np.ndarray]:
    """W (kn, m), R (kn, n), B (2kn,), zeros where there is none, and maybe P (3n,) of one direction of an operator.

    kind is "LSTM", k = 4, or "GRU", k = 3, without P. Raises TypeError or ValueError that says what to do.
    """
    if not (reverse is None or isinstance(reverse, bool)):
        raise TypeError(f"reverse: expected True or False, got {reverse!r}")
    arrays = _named(node_arrays(weights, node, kind) if hasattr(weights, "graph") else weights, kind)
    D, rows, n = _shape(arrays["R"], K[kind])
    if D not in (1, 2) or rows != K[kind] * n:
        other = next((name for name in K if name != kind and rows == K[name] * n), None)
        hint = f", {A[other]}: read it by {READERS[other]}" if other in READERS else ""
        raise ValueError(f"R: expected shape (directions, {K[kind]}n, n), got {taken.shape_of(arrays['R'])}{hint}")
    shapes: dict[str, tuple[int | None, ...]] = {
        "W": (D, rows, None),
        "R": (D, rows, n),
        "B": (D, 2 * rows),
        "P": (D, 3 * n),
    }
    read = taken.read(arrays, {name: shapes[name] for name in arrays}, 5)
    if D == 1 and reverse:
        raise ValueError(
            "reverse: expected two directions, got one; an operator with direction='reverse' is read as it is"
        )
    if D == 2 and reverse is None:
        raise ValueError("reverse: expected True or False, got None of two directions: False for the forward one")
    found = {name: array[int(bool(reverse))] for name, array in zip(arrays, read, strict=True)}
    return {"B": np.zeros(2 * rows, found["W"].dtype)} | found


def _named(weights: Any, kind: str) -> dict[str, Any]:
    """The operator's inputs by name, in the order of `NAMES`. Raises TypeError or ValueError."""
    if not hasattr(weights, "keys"):
        raise TypeError(f"weights: expected a mapping from names to arrays or a model, got {type(weights).__name__}")
    given, maybe = set(weights.keys()), NAMES[2:] if kind == "LSTM" else NAMES[2:3]
    if not {"W", "R"} <= given <= {"W", "R", *maybe}:
        raise ValueError(
            f"weights: expected the keys 'W', 'R' and maybe {', '.join(map(repr, maybe))} as the operator {kind} names "
            f"its inputs, got {listed(given)}"
        )
    return {name: weights[name] for name in NAMES if name in given}


def _shape(R: Any, k: int) -> tuple[int, int, int]:
    shape = taken.shape_of(R)
    if len(shape) != 3:
        raise ValueError(f"R: expected shape (directions, {k}n, n), got shape {shape}")
    return shape[0], shape[1], shape[2]
