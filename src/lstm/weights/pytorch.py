"""Weights to and from PyTorch: rows in the order i, f, g, o, and two biases, which are added."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from lstm.cell import Params
from lstm.ranges import in_range
from lstm.weights import taken
from lstm.weights.places import Place, find
from lstm.weights.stacked import stack, unstack

ORDER = "ifgo"


def to_pytorch(params: Params) -> dict[str, np.ndarray]:
    """The arrays of a one-layer torch.nn.LSTM(m, n), by their names in its state_dict.

    weight_ih_l0 (4n, m), weight_hh_l0 (4n, n), bias_ih_l0 and bias_hh_l0 (4n,). The whole bias goes into
    bias_ih_l0; bias_hh_l0 is zero. A module takes them as tensors:
    module.load_state_dict({name: torch.from_numpy(array) for name, array in to_pytorch(params).items()}).
    Raises TypeError or ValueError that names the argument.
    """
    W_1, W_2, b = stack(params, ORDER)
    return {"weight_ih_l0": W_1, "weight_hh_l0": W_2, "bias_ih_l0": b, "bias_hh_l0": np.zeros_like(b)}


@in_range
def from_pytorch(
    weights: Mapping[str, Any] | Iterable[tuple[str, Any]] | Any,
    layer: int = 0,
    reverse: bool = False,
    prefix: str = "auto",
) -> Params:
    """`Params` of Eq. (12) from one layer and one direction of a torch.nn.LSTM, or from a torch.nn.LSTMCell.

    weights  a state_dict, the module itself, its named_parameters(), or NumPy arrays by these names: weight_ih (4n, m),
             weight_hh (4n, n), bias_ih and bias_hh (4n,), which are added, or neither (bias=False). Other names are
             left alone. Tensors are detached. All float32 or all float64; float16 and bfloat16 become float32, with a
             `WidenedWarning`.
    layer    counts from 0, the one that reads the input. Above it m is n, or 2n in a bidirectional module.
    reverse  True: the direction that reads the sequence from its end; audit it on x[::-1].
    prefix   what stands before weight_ih: "encoder." or "encoder"; "auto" where one LSTM has weights.
    Raises TypeError or ValueError that names what came and says what to do: for several LSTMs, a layer or direction
    that is not there, projections (proj_size), a GRU, a plain RNN, weights under a parametrisation.
    """
    arrays = taken.named(weights)
    place = find(arrays, "LSTM", layer, reverse, prefix)
    W_1, W_2, b_1, b_2 = read_place(arrays, place, 4)
    return unstack(W_1, W_2, b_1 + b_2, ORDER)


def read_place(arrays: Mapping[str, Any], place: Place, gates: int) -> list[np.ndarray]:
    """W_1 (kn, m), W_2 (kn, n) and two biases (kn,) of one place, k = `gates`; biases of zeros where it has none."""
    rows = gates * place.n
    shapes: dict[str, tuple[int | None, ...]] = {
        place.name("weight_ih"): (rows, None),
        place.name("weight_hh"): (rows, place.n),
    }
    biases = [place.name("bias_ih"), place.name("bias_hh")]
    missing = [name for name in biases if name not in arrays]
    if len(missing) == 1:
        raise ValueError(
            f"weights: expected both biases or, with bias=False, neither; {missing[0]!r} is missing, got the other"
        )
    if missing:
        W_1, W_2 = taken.read(arrays, shapes, 5)
        return [W_1, W_2, *np.zeros((2, rows), W_1.dtype)]
    return taken.read(arrays, shapes | dict.fromkeys(biases, (rows,)), 5)
