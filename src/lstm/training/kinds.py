"""The kinds of layer that can be trained, and what the engine has to know of each: the one list of them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from lstm import cell, rnn
from lstm.fast import plain, sequence

Layer = cell.Params | rnn.RNNParams


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
