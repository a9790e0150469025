"""DeltaNet, Gated DeltaNet and RWKV-7: a matrix S that each step multiplies from the right by one that is made of x.

    S^(t) = S^(t-1) A^(t) + v k'     h^(t) = S^(t) q     S is (n, n); its rows, one after the other, are c, (n * n,)

DeltaNet, Yang et al. (2024), arXiv:2406.06484v5, section 2.2 (the rule: Schlag et al. 2021, arXiv:2102.11174):

    beta = sigma(w_b x + b_b)     A = I - beta k k'     S^(t) = S^(t-1) A + beta v k'

SIGNED_DELTA has beta = 2 sigma(...) in (0, 2), so that the eigenvalue 1 - beta of A along k can be negative: Grazzi et
al. (2025), arXiv:2411.12537; in the code of DeltaNet's authors it is the option allow_neg_eigval.

Gated DeltaNet, Yang, Kautz and Hatamizadeh (2025), arXiv:2412.06464v3: A = alpha (I - beta k k'), with
alpha = exp(-exp(a) softplus(w_a x + b_a)) as in Mamba-2. In both k and q are SiLU(W x + b), then made of length 1.

RWKV-7, Peng et al. (2025), arXiv:2503.14456, Eq. (17), rows and columns exchanged:

    w = exp(-exp(-1/2) sigma(W_1w x + b_w))     a = sigma(W_1a x + b_a)     kappa = k (.) xi, made of length 1
    A = diag(w) - kappa (a (.) kappa)'          write v k~', k~ = k (.) (1 + (a - 1) (.) rho)

Conventions: one head. The authors' code (fla-org/flash-linear-attention; BlinkDL/RWKV-LM, rwkv_v7_numpy.py) has S
transposed, divides q by sqrt(n), reads x after a short convolution (RWKV: mixed with x^(t-1)), makes w and a by two
matrices of low rank, and normalises and gates h; all of that acts on inputs or on h alone and is left out.
"""

from typing import Any, NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Shapes, Slopes, reads, softplus, step_bias, uniform
from lstm.recurrences.rotating import silu


class Delta(NamedTuple):
    """The parameters: W_1* (n, m), b_* (n,), w_* (m,); b_b and, of the gated one alone, w_a, b_a, a: numbers, (1,)."""

    W_1q: np.ndarray
    b_q: np.ndarray
    W_1k: np.ndarray
    b_k: np.ndarray
    W_1v: np.ndarray
    b_v: np.ndarray
    w_b: np.ndarray
    b_b: np.ndarray
    w_a: np.ndarray
    b_a: np.ndarray
    a: np.ndarray


class RWKV7(NamedTuple):
    """The parameters: W_1* (n, m), b_*, xi, rho (n,)."""

    W_1q: np.ndarray
    b_q: np.ndarray
    W_1k: np.ndarray
    b_k: np.ndarray
    W_1v: np.ndarray
    b_v: np.ndarray
    W_1w: np.ndarray
    b_w: np.ndarray
    W_1a: np.ndarray
    b_a: np.ndarray
    xi: np.ndarray
    rho: np.ndarray


class MatrixStep(NamedTuple):
    """One step: A (n, n), which multiplies S^(t-1) from the right; q (n,), which reads S^(t); c (n * n,), h (n,)."""

    A: np.ndarray
    q: np.ndarray
    c: np.ndarray
    h: np.ndarray


def unit(z: np.ndarray) -> np.ndarray:
    """z made of length 1."""
    return z / np.sqrt(z @ z)


def delta_step(p: Delta, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MatrixStep:
    """One step of DeltaNet from x^(t), (m,), and c^(t-1), (n * n,): `MatrixStep`."""
    return delta_rule(p, x, c_prev, alpha=1)


def signed_step(p: Delta, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MatrixStep:
    """One step of DeltaNet with beta in (0, 2): `MatrixStep`."""
    return delta_rule(p, x, c_prev, alpha=1, strongest=2)


def gated_step(p: Delta, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MatrixStep:
    """One step of Gated DeltaNet from x^(t), (m,), and c^(t-1), (n * n,): `MatrixStep`."""
    return delta_rule(p, x, c_prev, alpha=np.exp(-np.exp(p.a) * softplus(p.w_a @ x + p.b_a)))


def delta_rule(p: Delta, x: np.ndarray, c_prev: np.ndarray, alpha: Any, strongest: int = 1) -> MatrixStep:
    """One step of the delta rule after a decay by alpha, 1 for none, with beta in (0, strongest): `MatrixStep`."""
    q, k = unit(silu(p.W_1q @ x + p.b_q)), unit(silu(p.W_1k @ x + p.b_k))
    v = silu(p.W_1v @ x + p.b_v)
    beta = strongest * sigmoid(p.w_b @ x + p.b_b)
    A = alpha * (np.eye(len(k)) - beta * np.outer(k, k))
    return written(A, q, beta * np.outer(v, k), c_prev)


def rwkv7_step(p: RWKV7, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MatrixStep:
    """One step of RWKV-7 from x^(t), (m,), and c^(t-1), (n * n,): `MatrixStep`."""
    q, k, v = p.W_1q @ x + p.b_q, p.W_1k @ x + p.b_k, p.W_1v @ x + p.b_v
    w = np.exp(-np.exp(-0.5) * sigmoid(p.W_1w @ x + p.b_w))
    a = sigmoid(p.W_1a @ x + p.b_a)
    kappa = unit(k * p.xi)
    A = np.diag(w) - np.outer(kappa, a * kappa)
    return written(A, q, np.outer(v, k * (1 + (a - 1) * p.rho)), c_prev)


def written(A: np.ndarray, q: np.ndarray, write: np.ndarray, c_prev: np.ndarray) -> MatrixStep:
    """S^(t) = S^(t-1) A + write, read by q: `MatrixStep`."""
    S = c_prev.reshape(A.shape) @ A + write
    return MatrixStep(A, q, S.ravel(), h=S @ q)


def delta_shapes(m: int, n: int) -> Shapes:
    """The shapes of a `Delta`."""
    return reads("qkv", m, n) | {"w_b": (m,), "b_b": (1,), "w_a": (m,), "b_a": (1,), "a": (1,)}


def init_gated(m: int, n: int, *, rng: np.random.Generator) -> Delta:
    """U(-1/sqrt(n), 1/sqrt(n)), but as in the authors' code exp(a) from U(0, 16), and b_a as in Mamba."""
    p = uniform(Delta, delta_shapes(m, n), rng)
    return p._replace(a=np.log(rng.uniform(0, 16, 1)), b_a=step_bias(1, rng))


def rwkv7_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `RWKV7`."""
    return reads("qkvwa", m, n) | {"xi": (n,), "rho": (n,)}


def slopes(p: object, step: MatrixStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """Of c^(t-1) only the direct path is left, and it is no diagonal: each row of S is multiplied by A."""
    return Slopes(np.kron(np.eye(len(step.q)), step.A.T), {})


DELTA = Cell(
    name="DeltaNet",
    year=2024,
    source="yang2024",
    factor=r"$I - \beta k k^\top$",
    paths=(),
    exact=True,
    diagonal=False,
    scan=True,
    shapes=delta_shapes,
    size=lambda n: n * n,
    memory=lambda n: n * n,
    init_params=lambda m, n, *, rng: uniform(Delta, delta_shapes(m, n), rng),
    step=delta_step,
    read=lambda p, x, step, c: c.reshape(step.A.shape) @ step.q,
    slope=lambda p, x, step: np.kron(np.eye(len(step.q)), step.q),
    slopes=slopes,
)
SIGNED_DELTA = DELTA._replace(name="DeltaNet, signed", step=signed_step)
GATED_DELTA = DELTA._replace(
    name="Gated DeltaNet",
    year=2025,
    source="yang2025",
    factor=r"$\alpha (I - \beta k k^\top)$",
    init_params=init_gated,
    step=gated_step,
)
RWKV_7 = DELTA._replace(
    name="RWKV-7",
    year=2025,
    source="peng2025",
    factor=r"$\mathrm{diag}(w) - \hat\kappa (a \odot \hat\kappa)^\top$",
    shapes=rwkv7_shapes,
    init_params=lambda m, n, *, rng: uniform(RWKV7, rwkv7_shapes(m, n), rng),
    step=rwkv7_step,
)
