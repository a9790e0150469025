"""The LSTM cell, Equations (12) to (14) of the chapter, as they are printed.

One sequence, no batch. Superscript (t) is time; W_1* multiplies the input x^(t), W_2* the hidden state
h^(t-1); * is one of i, f, o, g. There are m inputs, n units and T steps. Everything is NumPy: arrays in, arrays
out. Results have the widest type among the arguments (float32, float64 or complex).
"""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm import checks, equations
from lstm.equations import Gates, Params, Step, Trace
from lstm.ranges import in_range

__all__ = [
    "Gates",
    "Params",
    "Step",
    "Trace",
    "cell_state",
    "gates",
    "hidden_state",
    "init_params",
    "run",
    "sigmoid",
    "step",
]


@in_range
def init_params(
    m: int, n: int, *, rng: np.random.Generator, forget_bias: float = 1.0, dtype: DTypeLike = np.float64
) -> Params:
    """Draw all twelve parameters from U(-1/sqrt(n), 1/sqrt(n)), then add `forget_bias` to b_f.

    m inputs, n units; `rng` is a np.random.Generator; `dtype` float32 or float64. Biases are drawn like the
    weights, so that no formula can hide behind a zero. A forget bias of 1 is the advice of Jozefowicz,
    Zaremba and Sutskever (2015). Raises TypeError or ValueError that names the argument.
    """
    m, n = checks.size("m", m), checks.size("n", n)
    checks.generator(rng)
    shift = checks.real("forget_bias", forget_bias, ())
    dtype = checks.float_type(dtype)
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    draws = {p: rng.uniform(-1, 1, shapes[p[:-1]]) / np.sqrt(n) for p in Params._fields}
    draws["b_f"] += shift
    return Params(**{p: draw.astype(dtype) for p, draw in draws.items()})


def sigmoid(z: ArrayLike) -> np.ndarray:
    """The sigmoid 1 / (1 + exp(-z)) of (12), elementwise, for real or complex z of any shape, as `equations.sigmoid`.

    That says which digits it keeps. Raises TypeError or ValueError that names the argument.
    """
    return equations.sigmoid(checks.array("z", z, None))


@in_range
def gates(params: Params, x: ArrayLike, h_prev: ArrayLike) -> Gates:
    """Equation (12): `Gates` from x = x^(t) of shape (m,) and h_prev = h^(t-1), (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, m, n = check_params(params)
    return equations.gates(p, checks.array("x", x, (m,)), checks.array("h_prev", h_prev, (n,)))


@in_range
def cell_state(f: ArrayLike, c_prev: ArrayLike, i: ArrayLike, g: ArrayLike) -> np.ndarray:
    """Equation (13): c^(t) from f^(t), c^(t-1), i^(t), g^(t), each of shape (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    f = checks.array("f", f, (None,))
    c_prev, i, g = (checks.array(k, v, f.shape) for k, v in [("c_prev", c_prev), ("i", i), ("g", g)])
    return equations.cell_state(f, c_prev, i, g)


@in_range
def hidden_state(o: ArrayLike, c: ArrayLike) -> np.ndarray:
    """Equation (14): h^(t) from o^(t) and c^(t), each of shape (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    o = checks.array("o", o, (None,))
    return equations.hidden_state(o, checks.array("c", c, o.shape))


@in_range
def step(params: Params, x: ArrayLike, h_prev: ArrayLike, c_prev: ArrayLike) -> Step:
    """One step, (12) to (14): from x^(t) of shape (m,), h^(t-1) and c^(t-1) of shape (n,) to a `Step`.

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, m, n = check_params(params)
    h_prev, c_prev = checks.array("h_prev", h_prev, (n,)), checks.array("c_prev", c_prev, (n,))
    return equations.step(p, checks.array("x", x, (m,)), h_prev, c_prev)


@in_range
def run(params: Params, x: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None) -> Trace:
    """Run (12) to (14) over a sequence x of shape (T, m), T >= 1; return a `Trace`.

    h_0 = h^(0) and c_0 = c^(0) have shape (n,) and are zero where not given.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, m, _ = check_params(params)
    x, h_0, c_0 = check_start(x, m, h_0, c_0, p.b_i)
    return Trace(*equations.follow(partial(equations.step, p), x, h_0, c_0), x.copy(), h_0.copy(), c_0.copy())


def check_start(
    x: ArrayLike, m: int, h_0: ArrayLike | None, c_0: ArrayLike | None, like: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (x, h_0, c_0) of shapes (T, m), (n,), (n,), zero states where None, in the type of `like`, (n,).

    Raises TypeError or ValueError that names the argument.
    """
    zero = np.zeros_like(like)
    h_0 = checks.array("h_0", zero if h_0 is None else h_0, zero.shape)
    c_0 = checks.array("c_0", zero if c_0 is None else c_0, zero.shape)
    return checks.array("x", x, (None, m)), h_0, c_0


def check_params(params: Params) -> tuple[Params, int, int]:
    """Return (params, m, n) if the twelve arrays fit each other, else raise TypeError or ValueError."""
    return checks.params(params, Params)


def check_trace(params: Params, trace: Trace) -> tuple[Params, Trace]:
    """Return (params, trace) if both are sound and have the same m, n and T, else raise TypeError or ValueError."""
    p, m, n = check_params(params)
    checks.tuple_of("trace", trace, Trace)
    units = checks.array("trace.c", trace.c, (None, None)).shape[1]
    if units != n:
        raise ValueError(f"trace: expected {n} units as in params, got {units}")
    return p, check_steps(trace, m)


def check_steps(trace: Trace, m: int | None = None) -> Trace:
    """Return `trace` if its arrays fit each other, and m inputs where given, else raise TypeError or ValueError."""
    T, n = checks.fields("trace", trace, Trace, {"c": (None, None)}).c.shape
    shapes = dict.fromkeys("ifogch", (T, n)) | {"x": (T, m), "h_0": (n,), "c_0": (n,)}
    return checks.fields("trace", trace, Trace, shapes)
