"""The gated recurrent unit of Cho et al. (2014): one state h, which is memory and output at once.

    z = sigma(W_1z x^(t) + W_2z h^(t-1) + b_z)              update gate
    r = sigma(W_1r x^(t) + W_2r h^(t-1) + b_r)              reset gate
    g = tanh(W_1g x^(t) + W_2g (r (.) h^(t-1)) + b_g)       candidate, there h with a tilde
    h^(t) = z (.) h^(t-1) + (1 - z) (.) g

Two conventions are about. As in the paper, z keeps (elsewhere z replaces: swap z and 1 - z), and r comes before the
product with W_2g, as in the paper's later versions (PyTorch: after it, on W_2g h^(t-1) and a bias of its own).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.equations import sigmoid
from lstm.gradient import Totals
from lstm.ranges import in_range
from lstm.variants.flow import Variant, rows_at


class GRUParams(NamedTuple):
    """The nine parameters: W_1* of shape (n, m), W_2* of shape (n, n), b_* of shape (n,)."""

    W_1z: np.ndarray
    W_2z: np.ndarray
    b_z: np.ndarray
    W_1r: np.ndarray
    W_2r: np.ndarray
    b_r: np.ndarray
    W_1g: np.ndarray
    W_2g: np.ndarray
    b_g: np.ndarray


class GRUStep(NamedTuple):
    """One step: z, r, g and h, each (n,)."""

    z: np.ndarray
    r: np.ndarray
    g: np.ndarray
    h: np.ndarray


class GRUTrace(NamedTuple):
    """A run: row t-1 of z, r, g, h, each (T, n), is step t; x (T, m) and h_0 (n,) are what it came from."""

    z: np.ndarray
    r: np.ndarray
    g: np.ndarray
    h: np.ndarray
    x: np.ndarray
    h_0: np.ndarray


class GRUTerms(NamedTuple):
    """The five terms of dl/dh^(t-1), each (n,); their sum is the total derivative."""

    direct: np.ndarray
    update: np.ndarray
    candidate: np.ndarray
    reset: np.ndarray
    local: np.ndarray


@in_range
def init_params(m: int, n: int, *, rng: np.random.Generator, update_bias: float = 1.0) -> GRUParams:
    """Draw all nine parameters from U(-1/sqrt(n), 1/sqrt(n)), then add `update_bias` to b_z: z keeps, as f does.

    Raises TypeError or ValueError that names the argument.
    """
    m, n = checks.size("m", m), checks.size("n", n)
    checks.generator(rng)
    shift = checks.real("update_bias", update_bias, ())
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    params = GRUParams(*(rng.uniform(-1, 1, shapes[name[:-1]]) / np.sqrt(n) for name in GRUParams._fields))
    return params._replace(b_z=params.b_z + shift)


@in_range
def step(params: GRUParams, x: ArrayLike, h_prev: ArrayLike) -> GRUStep:
    """One step from x = x^(t) of shape (m,) and h_prev = h^(t-1), (n,): `GRUStep`. Raises TypeError or ValueError."""
    p, m, n = checks.params(params, GRUParams)
    x, h_prev = checks.array("x", x, (m,)), checks.array("h_prev", h_prev, (n,))
    z = sigmoid(p.W_1z @ x + p.W_2z @ h_prev + p.b_z)
    r = sigmoid(p.W_1r @ x + p.W_2r @ h_prev + p.b_r)
    g = np.tanh(p.W_1g @ x + p.W_2g @ (r * h_prev) + p.b_g)
    return GRUStep(z, r, g, h=z * h_prev + (1 - z) * g)


@in_range
def run(params: GRUParams, x: ArrayLike, h_0: ArrayLike | None = None) -> GRUTrace:
    """Run over x of shape (T, m), T >= 1, from h_0 = h^(0), (n,), zero where not given: `GRUTrace`.

    Raises TypeError or ValueError that names the argument.
    """
    p, m, n = checks.params(params, GRUParams)
    x = checks.array("x", x, (None, m))
    h_0 = checks.array("h_0", np.zeros(n, p.b_g.dtype) if h_0 is None else h_0, (n,))
    h, steps = h_0, []
    for x_t in x:
        steps.append(step(p, x_t, h))
        h = steps[-1].h
    z, r, g, h = map(np.array, zip(*steps, strict=True))
    return GRUTrace(z, r, g, h, x.copy(), h_0.copy())


@in_range
def terms(params: GRUParams, trace: GRUTrace, t: int, total: Totals, reads: ArrayLike) -> GRUTerms:
    """The five terms of dl/dh^(t-1), 2 <= t <= T: `GRUTerms`.

    total is what `flow.totals` returns for reads, (T, n). Raises TypeError or ValueError that names the argument.
    """
    p, z, r, g, h_prev = _at(params, trace, t)
    _, dl_dh, reads_before = rows_at(trace, t, total, reads)
    delta_z = dl_dh * (h_prev - g) * z * (1 - z)
    delta_g = dl_dh * (1 - z) * (1 - g**2)
    by_rh = p.W_2g.T @ delta_g  # dl by the product r (.) h^(t-1)
    delta_r = by_rh * h_prev * r * (1 - r)
    return GRUTerms(
        direct=z * dl_dh,
        update=p.W_2z.T @ delta_z,
        candidate=r * by_rh,
        reset=p.W_2r.T @ delta_r,
        local=reads_before,
    )


@in_range
def state_jacobian(params: GRUParams, trace: GRUTrace, t: int) -> np.ndarray:
    """dh^(t)/dh^(t-1), 1 <= t <= T: shape (n, n), rows h^(t). The state is h, so the product of these is the chain.

    Raises TypeError or ValueError that names the argument.
    """
    p, z, r, g, h_prev = _at(params, trace, t)
    through_z = ((h_prev - g) * z * (1 - z))[:, None] * p.W_2z
    by_rh = ((1 - z) * (1 - g**2))[:, None] * p.W_2g
    through_r = by_rh @ ((h_prev * r * (1 - r))[:, None] * p.W_2r)
    return np.diag(z) + through_z + by_rh * r + through_r


def _at(params: GRUParams, trace: GRUTrace, t: int) -> tuple[GRUParams, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(params, z, r, g, h^(t-1)) of step t; refuses a trace of another kind or size."""
    p, _, n = checks.params(params, GRUParams)
    checks.tuple_of("trace", trace, GRUTrace)
    T = len(checks.array("trace.h", trace.h, (None, n)))
    k = checks.whole("t", t, 1, T) - 1
    trace = checks.fields("trace", trace, GRUTrace, dict.fromkeys("zrgh", (T, n)) | {"h_0": (n,)})
    return p, trace.z[k], trace.r[k], trace.g[k], trace.h[k - 1] if k else trace.h_0


GRU = Variant(
    memory="h",
    init_params=init_params,
    run=run,
    restart=lambda params, trace, s, h: (h,),
    direct=lambda params, trace: trace.z,
    seed=lambda params, trace, t: np.eye(trace.h.shape[1]),
    state_jacobian=state_jacobian,
    terms=terms,
)
