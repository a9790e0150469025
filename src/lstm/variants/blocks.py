"""The network of 1997: memory cell blocks without forget gates, its full gradient, and the truncated one.

Hochreiter and Schmidhuber (1997), "Long Short-Term Memory", Neural Computation 9(8), Appendix A.1, in this book's
letters. A block is S cells under one input gate and one output gate; n cells in C blocks, S = n/C. What comes back at
the next step is u = (h, i, o), gates included, K = n + 2C numbers. S(v) below repeats a gate S times.

    i = sigma(W_1i x + W_2i u + b_i)     o = sigma(W_1o x + W_2o u + b_o)     g = 2 tanh((W_1g x + W_2g u + b_g)/2)
    c^(t) = c^(t-1) + S(i) g             h^(t) = S(o) tanh(c^(t)/2)           y^(t) = sigma(W h^(t) + b)

with u = u^(t-1), u^(0) = 0, c^(0) = 0. Their g and h are logistic functions stretched to [-2, 2] and [-1, 1]: those
are 2 tanh(z/2) and tanh(c/2). The paper writes net input at t from activations at t-1, for the outputs too; its
backward pass has cell and output at the same step, as here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.equations import sigmoid
from lstm.ranges import in_range


class Blocks(NamedTuple):
    """The parameters: of the gates W_1* (C, m), W_2* (C, K), b_* (C,), of g (n, .), of the readout W (k, n), b (k,)."""

    W_1i: np.ndarray
    W_2i: np.ndarray
    b_i: np.ndarray
    W_1o: np.ndarray
    W_2o: np.ndarray
    b_o: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray
    W: np.ndarray
    b: np.ndarray


class BlockTrace(NamedTuple):
    """A forward pass, step t in row t-1: i, o (T, C), g, c, h (T, n), y (T, k), and what came back, u_prev (T, K)."""

    i: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray
    y: np.ndarray
    u_prev: np.ndarray


class BlockGradient(NamedTuple):
    """dl/dparams, a `Blocks`, and the total derivatives dl/dc^(t), (T, n); both without the cut paths if truncated."""

    params: Blocks
    dl_dc: np.ndarray


def check_blocks(params: Blocks) -> tuple[Blocks, int, int, int]:
    """(params, m, C, S) if all arrays fit each other, else raise TypeError or ValueError that names the array."""
    p = checks.tuple_of("params", params, Blocks)
    (C,), (n,) = (np.shape(checks.array(f"params.{k}", getattr(p, k), (None,))) for k in ("b_i", "b_g"))
    if n == 0 or C == 0 or n % C:
        raise ValueError(f"params.b_g: expected as many cells as a whole number of blocks has, got {n} for {C} blocks")
    m, k = checks.array("params.W_1i", p.W_1i, (C, None)).shape[1], len(checks.array("params.b", p.b, (None,)))
    fit = (checks.array(f"params.{name}", getattr(p, name), shape) for name, shape in shapes(m, C, n, k).items())
    return Blocks(*fit), m, C, n // C


def shapes(m: int, C: int, n: int, k: int) -> dict[str, tuple[int, ...]]:
    """The shapes of a `Blocks`, {name: shape}: m inputs, C blocks, n cells, k outputs."""
    K = n + 2 * C
    found: dict[str, tuple[int, ...]] = {}
    for gate, rows in (("i", C), ("o", C), ("g", n)):
        found |= {f"W_1{gate}": (rows, m), f"W_2{gate}": (rows, K), f"b_{gate}": (rows,)}
    return found | {"W": (k, n), "b": (k,)}


def weights(trained: Blocks) -> int:
    """How many weights learn, biases included, of a `Blocks` of bools that marks them."""
    return sum(int(np.sum(a)) for a in trained)


@in_range
def run(params: Blocks, x: ArrayLike) -> BlockTrace:
    """Run the network over x (T, m): a `BlockTrace`. Raises TypeError or ValueError that names the argument."""
    p, m, C, S = check_blocks(params)
    x = checks.array("x", x, (None, m))
    u = np.zeros(p.W_2i.shape[1], np.result_type(x, p.b_i))
    c, rows = np.zeros(C * S, u.dtype), []
    for x_t in x:
        i, o, g = activations(p, x_t, u)
        c = c + np.repeat(i, S) * g
        h = np.repeat(o, S) * np.tanh(c / 2)
        rows.append((i, o, g, c, h, sigmoid(p.W @ h + p.b), u))
        u = np.concatenate([h, i, o])
    return BlockTrace(*map(np.array, zip(*rows, strict=True)))


def activations(p: Blocks, x: np.ndarray, u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(i, o, g) of one step from x^(t) (m,) and u^(t-1) (K,), nothing checked."""
    i = sigmoid(p.W_1i @ x + p.W_2i @ u + p.b_i)
    o = sigmoid(p.W_1o @ x + p.W_2o @ u + p.b_o)
    return i, o, 2 * np.tanh((p.W_1g @ x + p.W_2g @ u + p.b_g) / 2)


@in_range
def gradient(
    params: Blocks, x: ArrayLike, trace: BlockTrace, dl_dy: ArrayLike, *, truncated: bool = False
) -> BlockGradient:
    """The gradient of a loss with dl/dy^(t), (T, k), all else held: a `BlockGradient`.

    `truncated` is the gradient of 1997: u^(t-1) is taken as a constant, so nothing comes back through W_2*. Of
    Eq. (15) the direct path is left and the local term, and since f = 1,

        dl/dc^(t-1) = dl/dc^(t) + S(o) (1 - tanh^2(c/2))/2 W' (what l reads from y at once), o and c at t-1.

    Raises TypeError or ValueError that names the argument.
    """
    p, m, C, S = check_blocks(params)
    p = checks.fields("params", p, Blocks, dict.fromkeys(Blocks._fields), checks.real)
    x, n, K = checks.real("x", x, (None, m)), C * S, p.W_2i.shape[1]
    shapes = {"i": C, "o": C, "g": n, "c": n, "h": n, "y": len(p.b), "u_prev": K}
    trace = checks.fields("trace", trace, BlockTrace, {k: (len(x), one) for k, one in shapes.items()}, checks.real)
    dl_dy = checks.real("dl_dy", dl_dy, trace.y.shape)
    grown = Blocks(*(np.zeros_like(a) for a in p))
    back, dl_dc, found = np.zeros(p.W_2i.shape[1]), np.zeros(C * S), np.zeros(trace.c.shape)
    for t in reversed(range(len(x))):
        delta_y = dl_dy[t] * trace.y[t] * (1 - trace.y[t])
        delta, dl_dc = deltas(trace, t, p.W.T @ delta_y, back, dl_dc)
        found[t] = dl_dc
        for name, one in zip("iog", delta, strict=True):
            grown = _grow(grown, name, one, x[t], trace.u_prev[t])
        grown = grown._replace(W=grown.W + np.outer(delta_y, trace.h[t]), b=grown.b + delta_y)
        if not truncated:
            back = p.W_2i.T @ delta[0] + p.W_2o.T @ delta[1] + p.W_2g.T @ delta[2]
    return BlockGradient(grown, found)


def deltas(
    trace: BlockTrace, t: int, reads: np.ndarray, back: np.ndarray, dl_dc: np.ndarray
) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    """((delta_i, delta_o, delta_g), dl/dc) in row t: reads (n,) comes by y^(t), back (K,) by u^(t), dl_dc by c."""
    i, o, g, squashed = trace.i[t], trace.o[t], trace.g[t], np.tanh(trace.c[t] / 2)
    n, C = len(g), len(i)
    S = n // C
    dl_dh = reads + back[:n]
    dl_dc = dl_dc + np.repeat(o, S) * (1 - squashed**2) / 2 * dl_dh
    dl_di = (dl_dc * g).reshape(C, S).sum(axis=1) + back[n : n + C]
    dl_do = (dl_dh * squashed).reshape(C, S).sum(axis=1) + back[n + C :]
    return (dl_di * i * (1 - i), dl_do * o * (1 - o), dl_dc * np.repeat(i, S) * (1 - g**2 / 4)), dl_dc


def _grow(grown: Blocks, name: str, delta: np.ndarray, x: np.ndarray, u: np.ndarray) -> Blocks:
    """`grown` with one step's part of dl/dW_1*, dl/dW_2* and dl/db_* added."""
    parts = {f"W_1{name}": np.outer(delta, x), f"W_2{name}": np.outer(delta, u), f"b_{name}": delta}
    return grown._replace(**{key: getattr(grown, key) + part for key, part in parts.items()})
