"""Where in PyTorch's names the weights of one recurrent layer stand, and what to do where they do not fit."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from lstm import checks
from lstm.weights.stacked import listed
from lstm.weights.taken import shape_of

NAME = re.compile(r"(?P<prefix>.*?)weight_hh(?P<layer>_l\d+)?(?P<reverse>_reverse)?")
GATES = {4: "LSTM", 3: "GRU", 1: "RNN"}
K = {kind: k for k, kind in GATES.items()}
# Where a parametrisation keeps what it computes a weight from: the weight itself is not among the arrays.
HIDDEN = re.compile(
    r"parametrizations\.weight_[ih]h|weight_[ih]h(_l\d+)?(_reverse)?_(raw|orig|g|v)$|_all_weight_values"
)
A = {"LSTM": "an LSTM", "GRU": "a GRU", "RNN": "a plain RNN"}
READERS = {
    "LSTM": "read it by weights.from_pytorch",
    "GRU": "read it by weights.from_pytorch_gru, whose Eq. (15) lstm.recurrences has",
    "RNN": "give lstm.rnn.RNNParams(W_1=weight_ih, W_2=weight_hh, b=bias_ih + bias_hh) to lstm.rnn",
}


class Place(NamedTuple):
    """One layer and direction: names are prefix + "weight_hh" + suffix; n is the length of a row of weight_hh."""

    prefix: str
    suffix: str
    layer: int
    reverse: bool
    n: int
    kind: str

    def name(self, word: str) -> str:
        """The full name of "weight_ih", "bias_hh" and so on."""
        return f"{self.prefix}{word}{self.suffix}"


def find(arrays: Mapping[str, Any], kind: str, layer: int, reverse: bool, prefix: str) -> Place:
    """The `Place` of this kind ("LSTM" or "GRU"), layer, direction and prefix.

    Raises TypeError or ValueError that says what there is and what to do.
    """
    layer = checks.whole("layer", layer, 0)
    if not isinstance(reverse, bool):
        raise TypeError(f"reverse: expected True or False, got {reverse!r}")
    if not isinstance(prefix, str):
        raise TypeError(f"prefix: expected a string, got {type(prefix).__name__}")
    everything = _places(arrays)
    if not everything:
        raise ValueError(_nothing(arrays, kind))
    here = _under(everything, kind, prefix)
    found = [place for place in here if (place.layer, place.reverse) == (layer, reverse)]
    if not found:
        if any(HIDDEN.search(name) for name in arrays if name.startswith(here[0].prefix)):
            raise ValueError(_nothing(arrays, kind))
        there = ", ".join(f"layer={place.layer}, reverse={place.reverse}" for place in here)
        raise ValueError(f"layer: expected one of {there}; got layer={layer}, reverse={reverse}")
    (place,) = found
    _one_that_fits(arrays, place)
    return place


def _places(arrays: Mapping[str, Any]) -> list[Place]:
    """All layers and directions among the names, in their order."""
    found = []
    for name in arrays:
        if (match := NAME.fullmatch(name)) is None:
            continue
        prefix, layer, reverse = match["prefix"], match["layer"] or "", match["reverse"] or ""
        shape, by_x = shape_of(arrays[name]), shape_of(arrays.get(f"{prefix}weight_ih{layer}{reverse}", ()))
        n = shape[1] if len(shape) == 2 else 0
        projected = f"{prefix}weight_hr{layer}{reverse}" in arrays
        rows = {by_x[0] / n, shape[0] / n} if by_x and n and not projected else set()
        kind = GATES.get(int(next(iter(rows))), "LSTM") if len(rows) == 1 and rows <= set(GATES) else "LSTM"
        found.append(Place(prefix, layer + reverse, int(layer[2:] or 0), bool(reverse), n, kind))
    return found


def _under(places: list[Place], kind: str, prefix: str) -> list[Place]:
    """Those of one module: the one with this prefix, or the only one of this kind."""
    modules: dict[str, str] = {place.prefix: place.kind for place in places}
    of_kind = [name for name in modules if modules[name] == kind]
    if prefix != "auto":
        if (name := next((p for p in (prefix, f"{prefix}.") if p in modules), None)) is None:
            raise ValueError(f"prefix: expected one of {listed(modules)}, got {prefix!r}")
        if modules[name] != kind:
            raise ValueError(f"weights: expected {A[kind]}, got {A[modules[name]]}: {READERS[modules[name]]}")
    elif len(of_kind) == 1:
        name = of_kind[0]
    elif of_kind:
        raise ValueError(
            f"prefix: expected the one {kind} to read, got {len(of_kind)}: pass prefix=, one of {listed(of_kind)}"
        )
    else:
        other = next(iter(modules.values()))
        raise ValueError(f"weights: expected {A[kind]}, got {A[other]}: {READERS[other]}")
    return [place for place in places if place.prefix == name]


def _one_that_fits(arrays: Mapping[str, Any], place: Place) -> None:
    """Raise ValueError where an array that must be there is not, or one is there that changes the equations."""
    if (projection := place.name("weight_hr")) in arrays:
        p, n = shape_of(arrays[projection])
        by_h = place.name("weight_hh")
        raise ValueError(
            f"weights: expected an LSTM without projection, got proj_size={p}, {projection!r} of shape ({p}, {n}). "
            f"It is the LSTM of {n} units whose {by_h!r} is {by_h} @ {projection}: pass that product in its place, "
            f"leave {projection!r} out, and give the audit reads @ {projection}"
        )
    if not place.n:
        by_h = place.name("weight_hh")
        raise ValueError(f"{by_h}: expected shape ({K[place.kind]}n, n), got shape {shape_of(arrays[by_h])}")
    if (first := place.name("weight_ih")) not in arrays:
        raise ValueError(f"weights: expected a key {first!r} beside {place.name('weight_hh')!r}, got {listed(arrays)}")


def _nothing(arrays: Mapping[str, Any], kind: str) -> str:
    """What to say where no name ends like a recurrent weight."""
    if hidden := [name for name in arrays if HIDDEN.search(name)]:
        return (
            f"weights: expected plain weights, got {hidden[0]!r} of a parametrisation or quantisation: take the arrays "
            "before it, or remove it (parametrize.remove_parametrizations, remove_weight_norm, dequantize)"
        )
    if {"kernel", "recurrent_kernel"} & {name.rpartition("/")[2] for name in arrays}:
        return f"weights: expected PyTorch's names, got Keras's {listed(arrays)}: read them by weights.from_keras"
    return (
        f"weights: expected a key 'weight_hh_l0', after any prefix, got {listed(arrays)}: pass the state_dict of a "
        f"module with a torch.nn.{kind}"
    )
