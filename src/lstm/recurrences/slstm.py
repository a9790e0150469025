"""The sLSTM of Beck et al. (2024), arXiv:2405.04517v2, Eqs. (8) to (17): the paths through h are back, on purpose.

Its equations stand in lstm.recurrences.exponential, with those of the mLSTM. Four paths go through h^(t-1), as in the
LSTM: input and forget gate (which here move f', i' and m together), candidate, output gate. A fifth, the stabiliser's,
moves the scale alone.
"""

from typing import NamedTuple

import numpy as np

from lstm.equations import sigmoid
from lstm.recurrences.exponential import by_input, by_kept, stabilised
from lstm.recurrences.kinds import Cell, Path, Shapes, Slopes, by_name, uniform


class SLSTM(NamedTuple):
    """The parameters, named as `lstm.Params`: W_1* (n, m), W_2* (n, n), b_* (n,)."""

    W_1i: np.ndarray
    W_2i: np.ndarray
    b_i: np.ndarray
    W_1f: np.ndarray
    W_2f: np.ndarray
    b_f: np.ndarray
    W_1o: np.ndarray
    W_2o: np.ndarray
    b_o: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray


class SStep(NamedTuple):
    """One step, each (n,): f, i as stabilised, share = sigma(f~), first as `stabilised` gives it, o, g; c (3n,), h."""

    f: np.ndarray
    i: np.ndarray
    share: np.ndarray
    first: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


def step(p: SLSTM, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> SStep:
    """One step from x^(t), (m,), h^(t-1), (n,), and (c, n, m) of step t-1, (3n,): `SStep`."""
    c, normaliser, m = np.split(c_prev, 3)
    f_arg = p.W_1f @ x + p.W_2f @ h_prev + p.b_f
    f, i, m, first = stabilised(f_arg, p.W_1i @ x + p.W_2i @ h_prev + p.b_i, m)
    o = sigmoid(p.W_1o @ x + p.W_2o @ h_prev + p.b_o)
    g = np.tanh(p.W_1g @ x + p.W_2g @ h_prev + p.b_g)
    c, normaliser = f * c + i * g, f * normaliser + i
    return SStep(f, i, sigmoid(f_arg), first, o, g, np.concatenate([c, normaliser, m]), h=o * c / normaliser)


def slopes(p: SLSTM, step: SStep, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """The direct path with the factor f', four paths through h^(t-1), and the stabiliser's."""
    c, normaliser, _ = np.split(c_prev, 3)
    n = len(c)

    def moved(by: tuple[np.ndarray, np.ndarray, np.ndarray], argument: np.ndarray) -> np.ndarray:
        f, i, m = (np.diag(one) @ argument for one in by)
        return np.vstack([c[:, None] * f + step.g[:, None] * i, normaliser[:, None] * f + i, m])

    kept, let_in = by_kept(step.f, step.i, step.first), by_input(step.f, step.i, step.first)
    through_g = (step.i * (1 - step.g**2))[:, None] * p.W_2g
    through_m = moved(kept, np.eye(n))
    through_m[2 * n :] = 0  # m^(t-1) in m^(t) is its direct path
    paths = {
        "forget": Path("h", "c", moved(kept, (1 - step.share)[:, None] * p.W_2f)),
        "input": Path("h", "c", moved(let_in, p.W_2i)),
        "candidate": Path("h", "c", np.vstack([through_g, np.zeros((2 * n, n))])),
        "output": Path("h", "h", (step.h * (1 - step.o))[:, None] * p.W_2o),
        "stabiliser": Path("c", "c", np.hstack([np.zeros((3 * n, 2 * n)), through_m])),
    }
    return Slopes(np.concatenate([step.f, step.f, step.first]), paths)


def read(p: SLSTM, x: np.ndarray, step: SStep, c: np.ndarray) -> np.ndarray:
    """h = o (.) c / n, (n,), from (c, n, m)."""
    memory, normaliser, _ = np.split(c, 3)
    return step.o * memory / normaliser


def slope(p: SLSTM, x: np.ndarray, step: SStep) -> np.ndarray:
    """D^(t), (n, 3n): how h^(t) follows (c, n, m)."""
    normaliser = np.split(step.c, 3)[1]
    return np.hstack([np.diag(step.o / normaliser), np.diag(-step.h / normaliser), np.zeros((len(step.h),) * 2)])


def shapes(m: int, n: int) -> Shapes:
    """The shapes of an `SLSTM`."""
    return by_name(SLSTM, m, n)


def init_params(m: int, n: int, *, rng: np.random.Generator) -> SLSTM:
    """U(-1/sqrt(n), 1/sqrt(n)), and 3 added to b_f, as the mLSTM has it."""
    p = uniform(SLSTM, shapes(m, n), rng)
    return p._replace(b_f=p.b_f + 3)


SLSTM_CELL = Cell(
    name="sLSTM",
    year=2024,
    source="beck2024",
    factor="$f'$",
    paths=("forget", "input", "candidate", "output", "stabiliser"),
    exact=False,
    diagonal=True,
    scan=False,
    shapes=shapes,
    size=lambda n: 3 * n,
    memory=lambda n: 2 * n,
    init_params=init_params,
    step=step,
    read=read,
    slope=slope,
    slopes=slopes,
)
