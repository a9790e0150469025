"""The LSTM of lstm.fast among the others, and the same cell with its paths through h cut: W_2* is zero and stays so.

The cut cell is the control of the comparison: all else is the LSTM. Its gates read x alone, so that they are computed
for all steps at once.
"""

from typing import Any, NamedTuple

import numpy as np

from lstm.cell import Params, init_params
from lstm.fast import sequence
from lstm.recurrences.layers.diagonal import back, states
from lstm.recurrences.layers.kinds import Layer, by_weights, sigmoid

RECURRENT = ("W_2i", "W_2f", "W_2o", "W_2g")


class Gates(NamedTuple):
    """i, f, o, g and tanh c, each (T, B, n), and c."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    tanh_c: np.ndarray
    c: np.ndarray


def draw(m: int, n: int, *, rng: np.random.Generator) -> Params:
    """U(-1/sqrt(n), 1/sqrt(n)), 1 added to b_f, float64."""
    return init_params(m, n, rng=rng, forget_bias=1.0, dtype=np.float64)


def draw_cut(m: int, n: int, *, rng: np.random.Generator) -> Params:
    """The same with W_2* = 0."""
    return draw(m, n, rng=rng)._replace(**{name: np.zeros((n, n)) for name in RECURRENT})


def forward(p: Params, x: np.ndarray) -> tuple[np.ndarray, Any]:
    """LSTM."""
    h, _, cache = sequence.forward(p, x)
    return h, cache


def backward(p: Params, x: np.ndarray, cache: Any, dh: np.ndarray) -> Params:
    """The gradient by all parameters."""
    return sequence.backward(cache, dh).params


def cut_forward(p: Params, x: np.ndarray) -> tuple[np.ndarray, Gates]:
    """LSTM with W_2* taken to be zero."""
    i, f, o = (sigmoid(x @ W.T + b) for W, b in ((p.W_1i, p.b_i), (p.W_1f, p.b_f), (p.W_1o, p.b_o)))
    g = np.tanh(x @ p.W_1g.T + p.b_g)
    c = states(f, i * g)
    tanh_c = np.tanh(c)
    return o * tanh_c, Gates(i, f, o, g, tanh_c, c)


def cut_backward(p: Params, x: np.ndarray, cache: Gates, dh: np.ndarray) -> Params:
    """The gradient by all parameters, that by W_2* taken to be zero: these stay."""
    i, f, o, g, tanh_c, c = cache
    df, dwrite = back(f, c, dh * o * (1 - tanh_c**2))
    arguments = (dwrite * g * i * (1 - i), df * f * (1 - f), dh * tanh_c * o * (1 - o), dwrite * i * (1 - g**2))
    by = []
    for d in arguments:
        W, b = by_weights(x, d)
        by += [W, np.zeros_like(p.W_2i), b]
    return Params(*by)


LSTM_LAYER = Layer(draw, forward, backward)
CUT_LSTM_LAYER = Layer(draw_cut, cut_forward, cut_backward)
