"""The GRU as PyTorch has it: the reset gate after the product with W_2g, and a bias of its own inside.

    z = sigma(W_1z x + W_2z h^(t-1) + b_z)     r = sigma(W_1r x + W_2r h^(t-1) + b_r)
    g = tanh(W_1g x + b_g + r (.) (W_2g h^(t-1) + b_h))     h^(t) = z (.) h^(t-1) + (1 - z) (.) g

Documentation of torch.nn.GRU, which calls g n; z keeps there too. The two biases of z, and of r, are one here, their
sum. lstm.variants.gru has the equations of Cho et al. (2014), arXiv:1406.1078v3, with r before the product.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Path, Shapes, Slopes, by_name, uniform


class TorchGRU(NamedTuple):
    """The parameters: W_1* of shape (n, m), W_2* (n, n), b_* (n,)."""

    W_1z: np.ndarray
    W_2z: np.ndarray
    b_z: np.ndarray
    W_1r: np.ndarray
    W_2r: np.ndarray
    b_r: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray
    b_h: np.ndarray


class TorchStep(NamedTuple):
    """One step, each (n,): z, r, back = W_2g h^(t-1) + b_h, g, and c = h."""

    z: np.ndarray
    r: np.ndarray
    back: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


def step(p: TorchGRU, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> TorchStep:
    """One step from x^(t), (m,), and c^(t-1) = h^(t-1), (n,): `TorchStep`."""
    z = sigmoid(p.W_1z @ x + p.W_2z @ c_prev + p.b_z)
    r = sigmoid(p.W_1r @ x + p.W_2r @ c_prev + p.b_r)
    back = p.W_2g @ c_prev + p.b_h
    g = np.tanh(p.W_1g @ x + p.b_g + r * back)
    c = z * c_prev + (1 - z) * g
    return TorchStep(z, r, back, g, c, h=c)


def slopes(p: TorchGRU, step: TorchStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """The direct path with the factor z, and three more, none of them with a D: the gates read the memory itself."""
    by_z = (c_prev - step.g) * step.z * (1 - step.z)
    by_g = (1 - step.z) * (1 - step.g**2)
    by_r = by_g * step.back * step.r * (1 - step.r)
    paths = {
        "update": Path("c", "c", by_z[:, None] * p.W_2z),
        "candidate": Path("c", "c", (by_g * step.r)[:, None] * p.W_2g),
        "reset": Path("c", "c", by_r[:, None] * p.W_2r),
    }
    return Slopes(step.z, paths)


def shapes(m: int, n: int) -> Shapes:
    """The shapes of a `TorchGRU`."""
    return by_name(TorchGRU, m, n)


TORCH_GRU = Cell(
    name="GRU of PyTorch",
    year=2017,
    source="cho2014",
    factor="$z$",
    paths=("update", "candidate", "reset"),
    exact=False,
    diagonal=True,
    scan=False,
    shapes=shapes,
    init_params=lambda m, n, *, rng: uniform(TorchGRU, shapes(m, n), rng),
    step=step,
    slopes=slopes,
)
