"""What the page on the states tries with a cell: a gate held, weights of the candidates, a pulse, (14) without tanh."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations, gradient, run
from lstm.cell import Params


def held(params: Params, gate: str, predictor: float) -> Params:
    """Return `params` with the linear predictor of `gate`, one of i, f and o, held: no weight acts on it.

    Raises ValueError for another gate, and TypeError or ValueError that names the argument.
    """
    if gate not in tuple("ifo"):
        raise ValueError(f"gate: expected one of i, f, o, got {gate!r}")
    zeros = {name: np.zeros_like(getattr(params, name)) for name in (f"W_1{gate}", f"W_2{gate}")}
    bias = np.full_like(params.b_f, checks.real("predictor", predictor, ()))
    return params._replace(**zeros, **{f"b_{gate}": bias})


def weights(f: ArrayLike, i: ArrayLike) -> np.ndarray:
    """The weight of each candidate in the last cell state, (T, n): i^(t) times all later forget gates.

    f and i have shape (T, n). Raises TypeError or ValueError that names the argument and both shapes.
    """
    f = checks.array("f", f, (None, None))
    i = checks.array("i", i, f.shape)
    later = np.ones_like(f)
    later[:-1] = np.cumprod(f[:0:-1], axis=0)[::-1]
    return i * later


def left(params: Params) -> np.ndarray:
    """The size of a pulse in c^(1), in c^(31), and what the product of the forget gates leaves of the first.

    The cell of one input reads 1 and then thirty zeros. Raises TypeError or ValueError that names the argument.
    """
    pulse = np.eye(31)[:, :1]
    once, never = run(params, pulse), run(params, 0 * pulse)
    first, last = once.c[0] - never.c[0], once.c[-1] - never.c[-1]
    return np.linalg.norm([first, last, gradient.product_of_f(once, 1, 31) * first], axis=1)


def step_without_tanh(p: Params, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> equations.Step:
    """One step, (12) and (13), and h = o c in the place of (14); nothing is checked."""
    i, f, o, g = equations.gates(p, x, h_prev)
    c = equations.cell_state(f, c_prev, i, g)
    return equations.Step(i, f, o, g, c, o * c)


def run_without_tanh(params: Params, x: np.ndarray) -> equations.Step:
    """Run `step_without_tanh` over x, (T, m), from zero states: a `Step` with the steps in front of each array."""
    zero = np.zeros_like(params.b_i)
    return equations.follow(partial(step_without_tanh, params), x, zero, zero)
