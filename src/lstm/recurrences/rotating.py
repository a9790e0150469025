"""LRU and HGRN: a complex number in each unit, which every step turns by an angle and shrinks. Here it is real pairs.

LRU, Orvieto et al. (2023), arXiv:2303.06349v1, sections 3.3 and 3.4, in the order h^(t) = lambda h^(t-1) + ...:

    lambda = exp(-exp(nu) + i exp(theta))
    c^(t) = lambda (.) c^(t-1) + exp(gamma) (.) ((B_re + i B_im) x)     h^(t) = Re((C_re + i C_im) c^(t)) + D x

HGRN, Qin et al. (2023), arXiv:2311.04823v1, its unit HGRU (Figure 1), with a lower bound gamma of the forget gate:

    lambda = gamma + (1 - gamma) sigma(W_1f x + b_f)     v_* = SiLU(W_1* x + b_*), * = re, im
    c^(t) = lambda (.) exp(i theta) (.) c^(t-1) + (1 - lambda) (.) (v_re + i v_im)
    h^(t) = W (SiLU(W_1g x + b_g) (.) (Re c, Im c)) + b

c holds the n real parts, then the n imaginary ones, so the complex step has the imaginary unit to itself. The direct
factor is a 2 x 2 block for each unit, r (cos, -sin; sin, cos), the matrix of a product with r exp(i angle).

Conventions: D of the LRU is a vector in the paper, for m = n outputs. The authors' code of HGRN
(Doraemonzzz/hgru-pytorch) normalises (Re c, Im c) first, left out here, and takes gamma from all layers, increasing
from layer to layer; here it is the parameter of one layer, given.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Shapes, Slopes, reads, uniform


class LRU(NamedTuple):
    """The parameters: B_* and D (n, m), C_* (n, n), nu, theta, gamma (n,), all logarithms. There are no biases."""

    B_re: np.ndarray
    B_im: np.ndarray
    C_re: np.ndarray
    C_im: np.ndarray
    D: np.ndarray
    nu: np.ndarray
    theta: np.ndarray
    gamma: np.ndarray


class HGRN(NamedTuple):
    """The parameters: W_1f, W_1re, W_1im (n, m), W_1g (2n, m), W (n, 2n), their b_* and b; gamma, theta (n,)."""

    W_1f: np.ndarray
    b_f: np.ndarray
    W_1re: np.ndarray
    b_re: np.ndarray
    W_1im: np.ndarray
    b_im: np.ndarray
    W_1g: np.ndarray
    b_g: np.ndarray
    W: np.ndarray
    b: np.ndarray
    gamma: np.ndarray
    theta: np.ndarray


class TurnStep(NamedTuple):
    """One step: turn (2n, 2n), the factor of c^(t-1); read (n, 2n) and rest (n,): h = read c + rest; c (2n,) and h."""

    turn: np.ndarray
    read: np.ndarray
    rest: np.ndarray
    c: np.ndarray
    h: np.ndarray


def turn(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """The matrix (2n, 2n) of the product with radius exp(i angle), each (n,): real parts first."""
    cos, sin = np.diag(radius * np.cos(angle)), np.diag(radius * np.sin(angle))
    return np.block([[cos, -sin], [sin, cos]])


def silu(z: np.ndarray) -> np.ndarray:
    """z sigma(z)."""
    return z * sigmoid(z)


def lru_step(p: LRU, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> TurnStep:
    """One step of the LRU from x^(t), (m,), and c^(t-1), (2n,): `TurnStep`."""
    A = turn(np.exp(-np.exp(p.nu)), np.exp(p.theta))
    c = A @ c_prev + np.concatenate([np.exp(p.gamma) * (p.B_re @ x), np.exp(p.gamma) * (p.B_im @ x)])
    read = np.hstack([p.C_re, -p.C_im])
    return TurnStep(A, read, p.D @ x, c, h=read @ c + p.D @ x)


def hgrn_step(p: HGRN, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> TurnStep:
    """One step of HGRN from x^(t), (m,), and c^(t-1), (2n,): `TurnStep`."""
    f = p.gamma + (1 - p.gamma) * sigmoid(p.W_1f @ x + p.b_f)
    A = turn(f, p.theta)
    re, im = silu(p.W_1re @ x + p.b_re), silu(p.W_1im @ x + p.b_im)
    c = A @ c_prev + np.concatenate([(1 - f) * re, (1 - f) * im])
    read = p.W * silu(p.W_1g @ x + p.b_g)
    return TurnStep(A, read, p.b, c, h=read @ c + p.b)


def lru_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `LRU`."""
    matrices: Shapes = {"B_re": (n, m), "B_im": (n, m), "C_re": (n, n), "C_im": (n, n), "D": (n, m)}
    return matrices | {"nu": (n,), "theta": (n,), "gamma": (n,)}


def hgrn_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `HGRN`."""
    writes: Shapes = {"W_1re": (n, m), "b_re": (n,), "W_1im": (n, m), "b_im": (n,)}
    return reads("f", m, n) | writes | reads("g", m, 2 * n) | {"W": (n, 2 * n), "b": (n,), "gamma": (n,), "theta": (n,)}


def init_lru(m: int, n: int, *, rng: np.random.Generator) -> LRU:
    """lambda uniform in the ring from 0.9 to 0.999, as section 3.4 draws it, and gamma = log sqrt(1 - |lambda|^2)."""
    p = uniform(LRU, lru_shapes(m, n), rng)
    square = rng.uniform(0.9**2, 0.999**2, n)
    theta = np.log(rng.uniform(0, 2 * np.pi, n))
    return p._replace(nu=np.log(-0.5 * np.log(square)), theta=theta, gamma=0.5 * np.log(1 - square))


def init_hgrn(m: int, n: int, *, rng: np.random.Generator) -> HGRN:
    """U(-1/sqrt(n), 1/sqrt(n)), theta_k = 10000^(-2k/n) as in the authors' code, and gamma = 1/2, of an upper layer."""
    p = uniform(HGRN, hgrn_shapes(m, n), rng)
    return p._replace(gamma=np.full(n, 0.5), theta=10000.0 ** (-2 / n * np.arange(n)))


def slopes(p: object, step: TurnStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """Of c^(t-1) only the direct path is left, a turn."""
    return Slopes(step.turn, {})


LRU_CELL = Cell(
    name="LRU",
    year=2023,
    source="orvieto2023",
    factor=r"$\lambda$, complex",
    paths=(),
    exact=True,
    diagonal=True,
    scan=True,
    shapes=lru_shapes,
    size=lambda n: 2 * n,
    memory=lambda n: 2 * n,
    init_params=init_lru,
    step=lru_step,
    read=lambda p, x, step, c: step.read @ c + step.rest,
    slope=lambda p, x, step: step.read,
    slopes=slopes,
)
HGRN_CELL = LRU_CELL._replace(
    name="HGRN",
    source="qin2023",
    factor=r"$\lambda e^{i \theta}$, complex",
    shapes=hgrn_shapes,
    init_params=init_hgrn,
    step=hgrn_step,
)
