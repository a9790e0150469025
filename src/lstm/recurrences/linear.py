"""RG-LRU and S6: a diagonal decay that is an exponential, with an exponent that the input sets.

RG-LRU, De et al. (2024), "Griffin", arXiv:2402.19427v1, section 2.4, c = 8:

    r = sigma(W_1r x + b_r)     i = sigma(W_1i x + b_i)     a = sigma(Lambda)^(c r)
    h^(t) = a (.) h^(t-1) + sqrt(1 - a^2) (.) (i (.) u)

S6, Gu and Dao (2023), "Mamba", arXiv:2312.00752v2, Algorithm 2, S numbers for each of n channels:

    Delta = softplus(W_1d u + b_d)     B = W_1B u     C = W_1C u
    c^(t) = exp(Delta A) (.) c^(t-1) + (Delta u) B'     h^(t) = c^(t) C + d (.) u

Both read u = W_1u x + b_u, (n,): the linear layer before them, so that m and n may differ. In the models a short
convolution over time (and in Mamba a SiLU) stands between; both act on the inputs alone and are left out. Conventions:
the authors' code (google-deepmind/recurrentgemma) has softplus(p) for -log sigma(Lambda), so p = -Lambda. The paper
on Mamba discretises B by zero-order hold; the code (state-spaces/mamba) uses Delta B, as here, A = -exp(A_log), and
makes Delta by a matrix of low rank, which is W_1d here.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Shapes, Slopes, reads, softplus, step_bias, uniform

POWER, STATES = 8, 4  # c of RG-LRU; S of S6 here, 16 in the paper


class RGLRU(NamedTuple):
    """The parameters: W_1u (n, m), W_1r, W_1i (n, n), which read u, b_* and Lambda (n,)."""

    W_1u: np.ndarray
    b_u: np.ndarray
    W_1r: np.ndarray
    b_r: np.ndarray
    W_1i: np.ndarray
    b_i: np.ndarray
    Lambda: np.ndarray


class S6(NamedTuple):
    """The parameters: W_1u (n, m), W_1d (n, n), W_1B, W_1C (S, n), A_log (n, S), b_*, d (n,)."""

    W_1u: np.ndarray
    b_u: np.ndarray
    W_1d: np.ndarray
    b_d: np.ndarray
    W_1B: np.ndarray
    W_1C: np.ndarray
    A_log: np.ndarray
    d: np.ndarray


class DecayStep(NamedTuple):
    """One step: decay (N,), the factor of c^(t-1); read (n, N) or (S,), how h reads c; u, c, h."""

    decay: np.ndarray
    read: np.ndarray
    u: np.ndarray
    c: np.ndarray
    h: np.ndarray


def rg_lru_step(p: RGLRU, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> DecayStep:
    """One step of the RG-LRU from x^(t), (m,), and c^(t-1) = h^(t-1), (n,): `DecayStep`."""
    u = p.W_1u @ x + p.b_u
    r = sigmoid(p.W_1r @ u + p.b_r)
    i = sigmoid(p.W_1i @ u + p.b_i)
    a = sigmoid(p.Lambda) ** (POWER * r)
    c = a * c_prev + np.sqrt(1 - a**2) * (i * u)
    return DecayStep(a, np.ones(1), u, c, h=c)


def s6_step(p: S6, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> DecayStep:
    """One step of S6 from x^(t), (m,), and c^(t-1), (n S,), channel by channel: `DecayStep`."""
    u = p.W_1u @ x + p.b_u
    Delta = softplus(p.W_1d @ u + p.b_d)
    B, C = p.W_1B @ u, p.W_1C @ u
    decay = np.exp(Delta[:, None] * -np.exp(p.A_log))
    c = decay * c_prev.reshape(decay.shape) + np.outer(Delta * u, B)
    return DecayStep(decay.ravel(), C, u, c.ravel(), h=c @ C + p.d * u)


def rg_lru_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `RGLRU`."""
    return reads("u", m, n) | reads("ri", n, n) | {"Lambda": (n,)}


def s6_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `S6`."""
    matrices: Shapes = {"W_1B": (STATES, n), "W_1C": (STATES, n)}
    return reads("u", m, n) | reads("d", n, n) | matrices | {"A_log": (n, STATES), "d": (n,)}


def init_rg_lru(m: int, n: int, *, rng: np.random.Generator) -> RGLRU:
    """U(-1/sqrt(n), 1/sqrt(n)), but sigma(Lambda) as in the authors' code: its square from U(0.9^2, 0.999^2)."""
    p = uniform(RGLRU, rg_lru_shapes(m, n), rng)
    a = np.sqrt(rng.uniform(0.9**2, 0.999**2, n))
    return p._replace(Lambda=np.log(a / (1 - a)))


def init_s6(m: int, n: int, *, rng: np.random.Generator) -> S6:
    """U(-1/sqrt(n), 1/sqrt(n)), but as in the authors' code A = -(1, ..., S), d = 1, softplus(b_d) in [0.001, 0.1]."""
    p = uniform(S6, s6_shapes(m, n), rng)
    A_log = np.log(np.tile(np.arange(1.0, STATES + 1), (n, 1)))
    return p._replace(b_d=step_bias(n, rng), A_log=A_log, d=np.ones(n))


def slopes(p: object, step: DecayStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """Of c^(t-1) only the direct path is left: the exponent reads x alone."""
    return Slopes(step.decay, {})


RG_LRU = Cell(
    name="RG-LRU",
    year=2024,
    source="de2024",
    factor=r"$a^{8 r}$",
    paths=(),
    exact=True,
    diagonal=True,
    scan=True,
    shapes=rg_lru_shapes,
    init_params=init_rg_lru,
    step=rg_lru_step,
    slopes=slopes,
)
MAMBA = RG_LRU._replace(
    name="S6 (Mamba)",
    year=2023,
    source="gu2023",
    factor=r"$\exp(\Delta A)$",
    shapes=s6_shapes,
    size=lambda n: n * STATES,
    memory=lambda n: n * STATES,
    init_params=init_s6,
    step=s6_step,
    read=lambda p, x, step, c: c.reshape(-1, STATES) @ step.read + p.d * step.u,
    slope=lambda p, x, step: np.kron(np.eye(len(step.h)), step.read),
)
