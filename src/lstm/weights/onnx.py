"""Weights from ONNX's operator LSTM: rows in the order i, o, f, c (its c is our g), two biases, and maybe peepholes."""

from typing import Any

import numpy as np

from lstm.cell import Params
from lstm.ranges import in_range
from lstm.variants.peephole import PeepholeParams
from lstm.weights import taken
from lstm.weights.onnx_graph import node_arrays
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
    if not (reverse is None or isinstance(reverse, bool)):
        raise TypeError(f"reverse: expected True or False, got {reverse!r}")
    arrays = _named(node_arrays(weights, node) if hasattr(weights, "graph") else weights)
    D, rows, n = _shape(arrays["R"])
    if D not in (1, 2) or rows != 4 * n:
        gru = ", a GRU: read the weights of the framework that exported it by weights.from_pytorch_gru"
        raise ValueError(
            f"R: expected shape (directions, 4n, n), got {taken.shape_of(arrays['R'])}{gru if rows == 3 * n else ''}"
        )
    if D == 1 and reverse:
        raise ValueError(
            "reverse: expected two directions, got one; an operator with direction='reverse' is read as it is"
        )
    if D == 2 and reverse is None:
        raise ValueError("reverse: expected True or False, since there are two directions: False for the forward one")
    shapes: dict[str, tuple[int | None, ...]] = {
        "W": (D, rows, None),
        "R": (D, rows, n),
        "B": (D, 2 * rows),
        "P": (D, 3 * n),
    }
    found = dict(zip(arrays, taken.read(arrays, {name: shapes[name] for name in arrays}, 4), strict=True))
    W, R, *rest = (array[int(bool(reverse))] for array in found.values())
    others = dict(zip([*found][2:], rest, strict=True))
    both = others.get("B", np.zeros(2 * rows, W.dtype))
    params = unstack(W, R, both[:rows] + both[rows:], ORDER)
    if "P" not in others:
        return params
    return PeepholeParams(*params, *(others["P"][part].copy() for part in blocks(3 * n, PEEPHOLES, "ifo")))


def _named(weights: Any) -> dict[str, Any]:
    """The operator's inputs by name, in the order of `NAMES`. Raises TypeError or ValueError."""
    if not hasattr(weights, "keys"):
        raise TypeError(f"weights: expected a mapping from names to arrays or a model, got {type(weights).__name__}")
    given = set(weights.keys())
    if not {"W", "R"} <= given <= set(NAMES):
        raise ValueError(
            f"weights: expected the keys 'W', 'R' and maybe 'B', 'P' as the operator LSTM names its inputs, got "
            f"{listed(given)}"
        )
    return {name: weights[name] for name in NAMES if name in given}


def _shape(R: Any) -> tuple[int, int, int]:
    shape = taken.shape_of(R)
    if len(shape) != 3:
        raise ValueError(f"R: expected shape (directions, 4n, n), got shape {shape}")
    return shape[0], shape[1], shape[2]
