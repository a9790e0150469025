"""RWKV-4 of Peng et al. (2023), arXiv:2305.13048: a mean of the values v with weights exp(k) that decay, as a fraction.

    r = sigma(W_1r x + b_r)     k = W_1k x + b_k     v = W_1v x + b_v
    a^(t) = exp(-w) (.) a^(t-1) + exp(k) (.) v     b^(t) = exp(-w) (.) b^(t-1) + exp(k)
    h^(t) = r (.) (a^(t-1) + exp(u + k) (.) v) / (b^(t-1) + exp(u + k))

c is (a, b), numerator and denominator. Mind the last line: h^(t) reads the memory of step t-1 and gives v^(t) a weight
of its own, by u. So D^(t), the slope of h^(t) by c^(t), is zero, and the memory reaches h one step later.

Conventions: w = exp(decay), as in the authors' code (BlinkDL/RWKV-LM, RWKV-v4/src/model_run.py). The code keeps a, b
and a common exponent, against overflow; here a and b are themselves. The mixing of x^(t) with x^(t-1) before the three
matrices, which have no biases there, and the matrix after r act on inputs or on h alone and are left out.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Path, Shapes, Slopes, reads, uniform


class RWKV4(NamedTuple):
    """The parameters: W_1* of shape (n, m), b_*, u and decay = log w of shape (n,)."""

    W_1r: np.ndarray
    b_r: np.ndarray
    W_1k: np.ndarray
    b_k: np.ndarray
    W_1v: np.ndarray
    b_v: np.ndarray
    u: np.ndarray
    decay: np.ndarray


class FractionStep(NamedTuple):
    """One step, each (n,): factor exp(-w), r, mean = h / r, below, the denominator of h, and h; c = (a, b), (2n,)."""

    factor: np.ndarray
    r: np.ndarray
    mean: np.ndarray
    below: np.ndarray
    c: np.ndarray
    h: np.ndarray


def step(p: RWKV4, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> FractionStep:
    """One step from x^(t), (m,), and c^(t-1) = (a, b), (2n,): `FractionStep`."""
    r = sigmoid(p.W_1r @ x + p.b_r)
    k = p.W_1k @ x + p.b_k
    v = p.W_1v @ x + p.b_v
    a, b = np.split(c_prev, 2)
    now, below = np.exp(p.u + k), b + np.exp(p.u + k)
    mean = (a + now * v) / below
    factor = np.exp(-np.exp(p.decay))
    c = np.concatenate([factor * a + np.exp(k) * v, factor * b + np.exp(k)])
    return FractionStep(factor, r, mean, below, c, h=r * mean)


def slopes(p: RWKV4, step: FractionStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """Of c^(t) only the direct path is left; h^(t) reads c^(t-1), the path "output"."""
    by_a = np.diag(step.r / step.below)
    read = np.hstack([by_a, -by_a * step.mean])
    return Slopes(np.concatenate([step.factor, step.factor]), {"output": Path("c", "h", read)})


def shapes(m: int, n: int) -> Shapes:
    """The shapes of an `RWKV4`."""
    return reads("rkv", m, n) | {"u": (n,), "decay": (n,)}


def init_params(m: int, n: int, *, rng: np.random.Generator) -> RWKV4:
    """U(-1/sqrt(n), 1/sqrt(n)), and decay spread over [-5, 3], so that exp(-w) covers nearly all of (0, 1)."""
    return uniform(RWKV4, shapes(m, n), rng)._replace(decay=np.linspace(-5, 3, n))


RWKV_4 = Cell(
    name="RWKV-4",
    year=2023,
    source="peng2023",
    factor="$e^{-w}$",
    paths=("output",),
    exact=True,
    diagonal=True,
    scan=True,
    shapes=shapes,
    size=lambda n: 2 * n,
    memory=lambda n: 2 * n,
    init_params=init_params,
    step=step,
    read=lambda p, x, step, c: step.h + 0 * np.split(c, 2)[0],
    slope=lambda p, x, step: np.zeros((len(step.h), len(step.c))),
    slopes=slopes,
)
