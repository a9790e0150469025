"""The LSTM cell, Equations (12) to (14) of the chapter, as they are printed.

One sequence, no batch. Superscript (t) is time; W_1* multiplies the input x^(t), W_2* the hidden state
h^(t-1); * is one of i, f, o, g. There are m inputs, n units and T steps. Everything is NumPy: arrays in, arrays
out. Results have the widest type among the arguments (float32, float64 or complex).
"""

from typing import NamedTuple

import numpy as np

from lstm import checks


class Params(NamedTuple):
    """The twelve parameters of (12): W_1* of shape (n, m), W_2* of shape (n, n), b_* of shape (n,)."""

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


class Gates(NamedTuple):
    """What (12) gives: gates i, f, o in (0, 1) and candidate g in (-1, 1), each of shape (n,)."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray


class Step(NamedTuple):
    """What (12) to (14) give for one step: i, f, o, g, cell state c, hidden state h, each (n,)."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


class Trace(NamedTuple):
    """A whole run: row t-1 of i, f, o, g, c, h (each (T, n)) is step t, for t = 1, ..., T.

    Beside them stands what they came from: x of shape (T, m), and h_0 = h^(0), c_0 = c^(0) of shape (n,).
    """

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray


def init_params(m, n, *, rng, forget_bias=1.0, dtype=np.float64):
    """Draw all twelve parameters from U(-1/sqrt(n), 1/sqrt(n)), then add `forget_bias` to b_f.

    m inputs, n units; `rng` is a np.random.Generator; `dtype` float32 or float64. Biases are drawn like the
    weights, so that no formula can hide behind a zero. A forget bias of 1 is the advice of Jozefowicz,
    Zaremba and Sutskever (2015). Raises TypeError or ValueError that names the argument.
    """
    m, n = checks.whole("m", m, 1), checks.whole("n", n, 1)
    checks.generator(rng)
    shift = checks.array("forget_bias", forget_bias, ())
    if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise TypeError(f"dtype: expected float32 or float64, got {dtype!r}")
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    draws = {p: rng.uniform(-1, 1, shapes[p[:-1]]) / np.sqrt(n) for p in Params._fields}
    draws["b_f"] += shift
    return Params(**{p: draw.astype(dtype) for p, draw in draws.items()})


def sigmoid(z):
    """The sigmoid 1 / (1 + exp(-z)) of (12), elementwise, for real or complex z of any shape.

    Only exp of a number with real part <= 0 is taken: nothing overflows, and both tails keep their
    relative accuracy.
    """
    z = np.asarray(z)
    right = z.real >= 0
    with np.errstate(under="ignore"):  # exp(-1e4) is 0, and so is the sigmoid there
        e = np.exp(np.where(right, -z, z))
    return np.where(right, 1, e) / (1 + e)


def gates(params, x, h_prev):
    """Equation (12): the gates and the candidate from x = x^(t) of shape (m,) and h_prev = h^(t-1), (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, m, n = check_params(params)
    x, h_prev = checks.array("x", x, (m,)), checks.array("h_prev", h_prev, (n,))
    return Gates(
        i=sigmoid(p.W_1i @ x + p.W_2i @ h_prev + p.b_i),
        f=sigmoid(p.W_1f @ x + p.W_2f @ h_prev + p.b_f),
        o=sigmoid(p.W_1o @ x + p.W_2o @ h_prev + p.b_o),
        g=np.tanh(p.W_1g @ x + p.W_2g @ h_prev + p.b_g),
    )


def cell_state(f, c_prev, i, g):
    """Equation (13): c^(t) from f^(t), c^(t-1), i^(t), g^(t), each of shape (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    f = checks.array("f", f, (None,))
    c_prev, i, g = (checks.array(k, v, f.shape) for k, v in [("c_prev", c_prev), ("i", i), ("g", g)])
    return f * c_prev + i * g


def hidden_state(o, c):
    """Equation (14): h^(t) from o^(t) and c^(t), each of shape (n,).

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    o = checks.array("o", o, (None,))
    c = checks.array("c", c, o.shape)
    return o * np.tanh(c)


def step(params, x, h_prev, c_prev):
    """One step, (12) to (14): from x^(t) of shape (m,), h^(t-1) and c^(t-1) of shape (n,) to a `Step`."""
    i, f, o, g = gates(params, x, h_prev)
    c = cell_state(f, c_prev, i, g)
    return Step(i, f, o, g, c, hidden_state(o, c))


def run(params, x, h_0=None, c_0=None):
    """Run (12) to (14) over a sequence x of shape (T, m), T >= 1; return a `Trace`.

    h_0 = h^(0) and c_0 = c^(0) have shape (n,) and are zero where not given.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    p, m, n = check_params(params)
    x = checks.array("x", x, (None, m))
    h_0 = checks.array("h_0", np.zeros(n, p.b_i.dtype) if h_0 is None else h_0, (n,))
    c_0 = checks.array("c_0", np.zeros(n, p.b_i.dtype) if c_0 is None else c_0, (n,))
    h, c, steps = h_0, c_0, []
    for x_t in x:
        steps.append(step(p, x_t, h, c))
        h, c = steps[-1].h, steps[-1].c
    return Trace(*map(np.array, zip(*steps, strict=True)), x.copy(), h_0.copy(), c_0.copy())


def check_params(params):
    """Return (params, m, n) if the twelve arrays fit each other, else raise TypeError or ValueError."""
    return checks.params(params, Params)
