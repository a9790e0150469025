"""minGRU and minLSTM of Feng et al. (2024), "Were RNNs all we needed?", arXiv:2410.01201v3: gates read x alone.

    minGRU    z = sigma(W_1z x + b_z)     g = W_1g x + b_g      h^(t) = (1 - z) (.) h^(t-1) + z (.) g
    minLSTM   f = sigma(W_1f x + b_f)     i = sigma(W_1i x + b_i)     g = W_1g x + b_g
              f' = f / (f + i)            i' = i / (f + i)      h^(t) = f' (.) h^(t-1) + i' (.) g

Conventions: here z replaces (in lstm.variants.gru it keeps), there is no tanh, and the memory is called h. As the
authors' code has it (BorealisAI/minRNNs), a version that runs in logarithms makes g positive first, which is left out.

SIGNED_MIN_GRU keeps 1 - 2z in (-1, 1) instead of 1 - z: what Grazzi et al. (2025), arXiv:2411.12537, do to the diagonal
factors of Mamba, s to 2s - 1. It is ours, for comparison, and no cell of a paper.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Shapes, Slopes, reads, uniform


class MinGRU(NamedTuple):
    """The parameters: W_1* of shape (n, m), b_* of shape (n,)."""

    W_1z: np.ndarray
    b_z: np.ndarray
    W_1g: np.ndarray
    b_g: np.ndarray


class MinLSTM(NamedTuple):
    """The parameters: W_1* of shape (n, m), b_* of shape (n,)."""

    W_1f: np.ndarray
    b_f: np.ndarray
    W_1i: np.ndarray
    b_i: np.ndarray
    W_1g: np.ndarray
    b_g: np.ndarray


class MinStep(NamedTuple):
    """One step, each (n,): keep, the share of the old memory; write, that of g; g; and c = h."""

    keep: np.ndarray
    write: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


def gru_step(p: MinGRU, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MinStep:
    """One step of the minGRU from x^(t), (m,), and c^(t-1) = h^(t-1), (n,): `MinStep`."""
    return _averaged(p, x, c_prev, reach=1)


def signed_step(p: MinGRU, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MinStep:
    """The same with the factor 1 - 2z: `MinStep`."""
    return _averaged(p, x, c_prev, reach=2)


def _averaged(p: MinGRU, x: np.ndarray, c_prev: np.ndarray, reach: int) -> MinStep:
    z = sigmoid(p.W_1z @ x + p.b_z)
    g = p.W_1g @ x + p.b_g
    keep = 1 - reach * z
    c = keep * c_prev + z * g
    return MinStep(keep, z, g, c, h=c)


def lstm_step(p: MinLSTM, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MinStep:
    """One step of the minLSTM from x^(t), (m,), and c^(t-1) = h^(t-1), (n,): `MinStep`."""
    f = sigmoid(p.W_1f @ x + p.b_f)
    i = sigmoid(p.W_1i @ x + p.b_i)
    keep, write = f / (f + i), i / (f + i)
    g = p.W_1g @ x + p.b_g
    c = keep * c_prev + write * g
    return MinStep(keep, write, g, c, h=c)


def gru_shapes(m: int, n: int) -> Shapes:
    """The shapes of a `MinGRU`."""
    return reads("zg", m, n)


def lstm_shapes(m: int, n: int) -> Shapes:
    """The shapes of a `MinLSTM`."""
    return reads("fig", m, n)


def slopes(p: object, step: MinStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """Of c^(t-1) only the direct path is left: no gate reads it."""
    return Slopes(step.keep, {})


MIN_GRU = Cell(
    name="minGRU",
    year=2024,
    source="feng2024",
    factor="$1 - z$",
    paths=(),
    exact=True,
    diagonal=True,
    scan=True,
    shapes=gru_shapes,
    init_params=lambda m, n, *, rng: uniform(MinGRU, gru_shapes(m, n), rng),
    step=gru_step,
    slopes=slopes,
)
SIGNED_MIN_GRU = MIN_GRU._replace(name="minGRU, signed", factor="$1 - 2z$", step=signed_step)
MIN_LSTM = MIN_GRU._replace(
    name="minLSTM",
    factor="$f / (f + i)$",
    shapes=lstm_shapes,
    init_params=lambda m, n, *, rng: uniform(MinLSTM, lstm_shapes(m, n), rng),
    step=lstm_step,
)
