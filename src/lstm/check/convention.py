"""How somebody's arrays are laid out, and the way there and back from the arrays of the book.

The book's own: a batch in columns, x (T, m, B), states (n, B), parameters as in `Params`.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lstm.cell import Params
from lstm.check import names

LAYOUTS = {"sequence": ("TBm", "BTm", "TmB", "mBT", "mTB", "BmT", "Tm", "mT"), "step": ("Bm", "mB", "m")}
SECOND = ", second"  # behind the part of a second bias


class Convention(NamedTuple):
    """layout: the axes of x in order, of T, B, m; of states and dh alike, with n for m; no T: one step; no B: no batch.

    gates: the order of the blocks where they are stacked. weights: "columns" for W @ x, W (n, m), or "rows" for x @ W.
    joined: "" or "hx" or "xh", one matrix for both. bias: "n", "n1" (a column) or "1n" (a row). dc: "every" step or
    the "last" one. container: params come as "Params" or as a "dict" that answers to any usual name.
    """

    layout: str = "TBm"
    gates: str = "ifog"
    weights: str = "columns"
    joined: str = ""
    bias: str = "n"
    dc: str = "every"
    container: str = "dict"


class WrongShapeError(ValueError):
    """An array has not the shape that its name asks for."""


def outward(array: np.ndarray, axes: str, convention: Convention) -> np.ndarray:
    """An array with the book's `axes`, "TmB" or a part of them (n counts as m), in the layout of the convention."""
    wanted = [axis for axis in convention.layout if axis in axes]
    for axis in axes:
        if axis not in wanted:
            array = array.take(0, axis=axes.index(axis))
            axes = axes.replace(axis, "")
    return array.transpose([axes.index(axis) for axis in wanted])


def inward(array: np.ndarray, axes: str, shape: tuple[int, ...], convention: Convention) -> np.ndarray:
    """The way back: to the book's `axes` and `shape`. Raises WrongShapeError."""
    wanted = [axis for axis in convention.layout if axis in axes]
    expected = tuple(shape[axes.index(axis)] for axis in wanted)
    if array.shape != expected:
        raise WrongShapeError(f"shape {array.shape}, expected {expected}")
    return array.transpose([wanted.index(axis) for axis in axes if axis in wanted]).reshape(shape)


def own(role: str, parts: Mapping[str, np.ndarray], convention: Convention) -> np.ndarray:
    """The array of a parameter's role in the user's arrangement, from the book's `parts`."""
    kind, gate = names.split(role)
    order = gate or convention.gates
    if kind[0] == "b":
        found = np.concatenate([parts[f"b_{g}{SECOND if kind == 'b_2' else ''}"] for g in order])
        return found.reshape({"n": (-1,), "n1": (-1, 1), "1n": (1, -1)}[convention.bias])
    W = np.vstack([_joined(kind, g, parts, convention) for g in order])
    return W.T if convention.weights == "rows" else W


def _joined(kind: str, gate: str, parts: Mapping[str, np.ndarray], convention: Convention) -> np.ndarray:
    if kind == "W" and convention.joined:
        return np.hstack([parts[("W_2" if side == "h" else "W_1") + gate] for side in convention.joined])
    return parts[("W_1" if kind == "W" else kind) + gate]


def parts_of(role: str, array: np.ndarray, like: Params, convention: Convention) -> dict[str, np.ndarray]:
    """The book's parts in an array of a parameter's role; the way back of `own`. Raises WrongShapeError."""
    n, m = like.W_1i.shape
    numbers = {name: np.full(a.shape, 0.0) for name, a in with_second(like).items()}
    expected = own(role, numbers, convention).shape
    if array.shape != expected:
        raise WrongShapeError(f"shape {array.shape}, expected {expected}")
    kind, gate = names.split(role)
    order = gate or convention.gates
    if kind[0] == "b":
        end = SECOND if kind == "b_2" else ""
        return {f"b_{g}{end}": block for g, block in zip(order, array.reshape(len(order), n), strict=True)}
    W, found = (array.T if convention.weights == "rows" else array), {}
    for k, g in enumerate(order):
        block, at = W[k * n : (k + 1) * n], 0
        for side in convention.joined if kind == "W" and convention.joined else {"W_2": "h"}.get(kind, "x"):
            width = n if side == "h" else m
            found[("W_2" if side == "h" else "W_1") + g] = block[:, at : at + width]
            at += width
    return found


def with_second(params: Params, share: float = 0.0) -> dict[str, np.ndarray]:
    """The parts of `params` with a second bias, which takes `share` of each bias."""
    parts = dict(params._asdict())
    for gate in "ifog":
        bias = parts["b_" + gate]
        parts["b_" + gate], parts[f"b_{gate}{SECOND}"] = (1 - share) * bias, share * bias
    return parts


def second_as_first(parts: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Gradients with those of the second biases, which are those of the first."""
    return dict(parts) | {f"b_{gate}{SECOND}": parts["b_" + gate] for gate in "ifog"}


def words(convention: Convention) -> str:
    """The convention in a line, as keywords of `check`."""
    return ", ".join(f"{name}={value!r}" for name, value in convention._asdict().items())
