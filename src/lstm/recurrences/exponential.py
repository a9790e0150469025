"""mLSTM and sLSTM, the cells of the xLSTM: exponential input gates, a normaliser and a stabiliser in the state.

Beck et al. (2024), arXiv:2405.04517v2. Both gate arguments i~, f~ go through one stabiliser m, Eqs. (15) to (17):

    m^(t) = max(log sigma(f~) + m^(t-1), i~)
    f' = exp(log sigma(f~) + m^(t-1) - m^(t))     i' = exp(i~ - m^(t))

mLSTM, Eqs. (19) to (27), a matrix C (n, n), gates that read x alone, f', i', m numbers:

    q = W_1q x + b_q     k = (W_1k x + b_k) / sqrt(n)     v = W_1v x + b_v     o = sigma(W_1o x + b_o)
    C^(t) = f' C^(t-1) + i' v k'     n^(t) = f' n^(t-1) + i' k     h^(t) = o (.) C q / max(|n' q|, exp(-m))

sLSTM, Eqs. (8) to (14), n cells, f', i', m vectors; every gate reads h^(t-1), see lstm.recurrences.slstm:

    g = tanh(W_1g x + W_2g h^(t-1) + b_g)
    c^(t) = f' (.) c^(t-1) + i' (.) g     n^(t) = f' (.) n^(t-1) + i'     h^(t) = o (.) c / n

The vector c here is (C, n, m), or (c, n, m). What the paper writes without stabiliser is C exp(m) and n exp(m): m is a
common scale and cancels in h, see `scale`. Conventions: the paper allows f = exp(f~) too; the authors' code
(NX-AI/xlstm) uses the sigmoid, as here, and its gates of the mLSTM read q, k and v, which are made of x. g is z in the
paper. One head, so W_2* is a full matrix (paper: one block a head). Left out: the normalisation of h and, in the code,
what is added to denominators against 0.
"""

from typing import Any, NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.kinds import Cell, Path, Shapes, Slopes, reads, uniform


class MLSTM(NamedTuple):
    """The parameters: W_1* (n, m), b_* (n,); of the two gates that are numbers w_* (m,), b_i, b_f (1,)."""

    W_1q: np.ndarray
    b_q: np.ndarray
    W_1k: np.ndarray
    b_k: np.ndarray
    W_1v: np.ndarray
    b_v: np.ndarray
    W_1o: np.ndarray
    b_o: np.ndarray
    w_i: np.ndarray
    b_i: np.ndarray
    w_f: np.ndarray
    b_f: np.ndarray


class MStep(NamedTuple):
    """One step: f, i, m, first as `stabilised` gives them, (1,); q, k, v, o, (n,); c (n * n + n + 1,), h (n,)."""

    f: np.ndarray
    i: np.ndarray
    m: np.ndarray
    first: np.ndarray
    q: np.ndarray
    k: np.ndarray
    v: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray


def stabilised(f_arg: Any, i_arg: Any, m_prev: Any) -> tuple[Any, Any, Any, Any]:
    """(f', i', m^(t), first): first is 1 where log f + m^(t-1) is the larger of the two, else 0."""
    kept = np.log(sigmoid(f_arg)) + m_prev
    first = (np.real(kept) >= np.real(i_arg)) * 1.0
    m = np.where(first == 1, kept, i_arg)
    return np.exp(kept - m), np.exp(i_arg - m), m, first


def by_kept(f: Any, i: Any, first: Any) -> tuple[Any, Any, Any]:
    """Slopes of (f', i', m) by log f + m^(t-1)."""
    return f * (1 - first), -i * first, first


def by_input(f: Any, i: Any, first: Any) -> tuple[Any, Any, Any]:
    """Slopes of (f', i', m) by i~."""
    return -f * (1 - first), i * first, 1 - first


def scale(c: np.ndarray, scales: int) -> np.ndarray:
    """The direction in which c = (C, n, m) moves when m grows and C exp(m), n exp(m) stay; m has `scales` numbers."""
    return np.concatenate([-c[:-scales], np.ones(scales)])


def m_step(p: MLSTM, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> MStep:
    """One step of the mLSTM from x^(t), (m,), and c^(t-1) = (C, n, m), (n * n + n + 1,): `MStep`."""
    n = len(p.b_q)
    q, v, o = p.W_1q @ x + p.b_q, p.W_1v @ x + p.b_v, sigmoid(p.W_1o @ x + p.b_o)
    k = (p.W_1k @ x + p.b_k) / np.sqrt(n)
    f, i, m, first = stabilised(p.w_f @ x + p.b_f, p.w_i @ x + p.b_i, c_prev[-1:])
    C = f * c_prev[: n * n].reshape(n, n) + i * np.outer(v, k)
    normaliser = f * c_prev[n * n : -1] + i * k
    c = np.concatenate([C.ravel(), normaliser, m])
    return MStep(f, i, m, first, q, k, v, o, c, h=o * (C @ q) / _floored(q, c)[0])


def m_read(p: MLSTM, x: np.ndarray, step: MStep, c: np.ndarray) -> np.ndarray:
    """h = o (.) C q / max(|n' q|, exp(-m)), (n,), from c = (C, n, m)."""
    n = len(step.q)
    return step.o * (c[: n * n].reshape(n, n) @ step.q) / _floored(step.q, c)[0]


def _floored(q: np.ndarray, c: np.ndarray) -> tuple[Any, float]:
    """max(|n' q|, exp(-m)) and the sign of n' q, 0 where exp(-m) is the larger."""
    along, least = c[-1 - len(q) : -1] @ q, np.exp(-c[-1])
    if abs(along.real) > least.real:
        return along * np.sign(along.real), float(np.sign(along.real))
    return least, 0.0


def m_slope(p: MLSTM, x: np.ndarray, step: MStep) -> np.ndarray:
    """D^(t), (n, n * n + n + 1): how h^(t) follows (C, n, m)."""
    n = len(step.q)
    below, sign = _floored(step.q, step.c)
    by_C = np.kron(np.diag(step.o), step.q) / below
    by_n = -np.outer(step.h, step.q) * sign / below
    return np.hstack([by_C, by_n, np.reshape(step.h * (sign == 0), (n, 1))])


def m_slopes(p: MLSTM, step: MStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """The direct path has the factor f', and moving m^(t-1) moves f' and i' as well."""
    writes = np.concatenate([np.outer(step.v, step.k).ravel(), step.k])
    direct = np.concatenate([np.repeat(step.f, len(writes)), step.first])
    f, i, _ = by_kept(step.f, step.i, step.first)
    moved = np.zeros((len(c_prev), len(c_prev)))
    moved[:-1, -1] = f * c_prev[:-1] + i * writes
    return Slopes(direct, {"stabiliser": Path("c", "c", moved)})


def m_shapes(m: int, n: int) -> Shapes:
    """The shapes of an `MLSTM`."""
    return reads("qkvo", m, n) | {"w_i": (m,), "b_i": (1,), "w_f": (m,), "b_f": (1,)}


def init_mlstm(m: int, n: int, *, rng: np.random.Generator) -> MLSTM:
    """U(-1/sqrt(n), 1/sqrt(n)), but as in the authors' code, one head, w_f = w_i = 0, b_f = 3, b_i from N(0, 0.01)."""
    p = uniform(MLSTM, m_shapes(m, n), rng)
    return p._replace(w_f=np.zeros(m), w_i=np.zeros(m), b_f=np.full(1, 3.0), b_i=rng.normal(0, 0.1, 1))


MLSTM_CELL = Cell(
    name="mLSTM",
    year=2024,
    source="beck2024",
    factor="$f'$",
    paths=("stabiliser",),
    exact=True,
    diagonal=True,
    scan=True,
    shapes=m_shapes,
    size=lambda n: n * n + n + 1,
    memory=lambda n: n * n + n,
    init_params=init_mlstm,
    step=m_step,
    read=m_read,
    slope=m_slope,
    slopes=m_slopes,
)
