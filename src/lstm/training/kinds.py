"""The kinds of layer that can be trained, and what the engine has to know of each: the one list of them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from lstm import cell, checks, rnn
from lstm.fast import plain, sequence

Layer = cell.Params | rnn.RNNParams


class Model(NamedTuple):
    """A layer and its readout: `layer` is `Params` (LSTM) or `RNNParams`, W has shape (k, n), b has shape (k,)."""

    layer: Any  # one of Layer, whose fields differ
    W: np.ndarray
    b: np.ndarray


class Kind(NamedTuple):
    """A kind of layer.

    params   the type of its parameters, a NamedTuple of arrays, the last one a bias (n,)
    check    check(params) returns (params, m, n) or raises
    layer    the module that has its forward and its backward pass
    reuses   whether `layer.forward` takes the cache of an earlier call as `reuse`
    readout  what W and b of the readout are called in a file, beside the parameters
    """

    params: type[Layer]
    check: Callable[[Any], tuple[Layer, int, int]]
    layer: ModuleType
    reuses: bool
    readout: tuple[str, str]


KINDS = {
    "lstm": Kind(cell.Params, cell.check_params, sequence, reuses=True, readout=("W", "b")),
    "rnn": Kind(rnn.RNNParams, rnn.check_params, plain, reuses=False, readout=("W", "b_y")),  # it has a b of its own
}


def name_of(layer: Layer) -> str:
    """The name in `KINDS` of a layer, by the type of its parameters. Raises TypeError for any other."""
    for name, kind in KINDS.items():
        if type(layer) is kind.params:
            return name
    names = " or ".join(kind.params.__name__ for kind in KINDS.values())
    raise TypeError(f"model.layer: expected {names}, got {type(layer).__name__}")


def kind_of(model: Model) -> Kind:
    """The `Kind` of a model's layer. Raises TypeError for anything but a `Model` of one of `KINDS`."""
    return KINDS[name_of(checks.tuple_of("model", model, Model).layer)]


def check_model(model: Model) -> Model:
    """Return `model` if all its arrays fit each other, float32 or float64 alike, else raise TypeError or ValueError."""
    layer = kind_of(model).check(model.layer)[0]
    dtype = checks.one_type("model.layer", layer, model.layer)
    return check_readout(model._replace(layer=layer), len(layer[-1]), dtype)


def check_readout(model: Model, n: int, dtype: np.dtype) -> Model:
    """Return `model` if W and b fit a layer of n units in `dtype`, else raise TypeError or ValueError."""
    W = checks.array("model.W", model.W, (None, n))
    b = checks.array("model.b", model.b, W.shape[:1])
    for name, array in (("W", W), ("b", b)):
        if array.dtype != dtype:
            raise TypeError(f"model.{name}: expected {dtype} as in the layer, got {array.dtype}")
    return model._replace(W=W, b=b)
