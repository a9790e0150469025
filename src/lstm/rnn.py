"""The plain recurrent network that the LSTM answers to: h^(t) = tanh(W_1 x^(t) + W_2 h^(t-1) + b).

One sequence, no batch; m inputs, n units, T steps; step t stands in row t-1. Its gradient through time has one
path only, the product of the Jacobians diag(1 - h^(t)^2) W_2: what W_2 and the slope of tanh do to it at every step,
the product does over all steps.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm import checks
from lstm.ranges import in_range


class RNNParams(NamedTuple):
    """W_1 of shape (n, m) by the input, W_2 of shape (n, n) by the previous hidden state, b of shape (n,)."""

    W_1: np.ndarray
    W_2: np.ndarray
    b: np.ndarray


class RNNTrace(NamedTuple):
    """A run: h of shape (T, n), and what it came from: x of shape (T, m), h_0 = h^(0) of shape (n,)."""

    h: np.ndarray
    x: np.ndarray
    h_0: np.ndarray


class Rates(NamedTuple):
    """Factors per step of the chain dh^(t)/dh^(s): below 1 it vanishes, above 1 it explodes. All norms spectral.

    measured: ||dh^(t)/dh^(s)||^(1/(t-s)). bound: geometric mean of the norms of the single Jacobians, never
    below `measured`. radius: spectral radius of W_2. slope: mean of 1 - h^2 over steps s+1 to t and units.
    held: spectral radius of diag(mean slope of each unit) W_2, the rate to come if the slopes stayed there.
    """

    measured: float
    bound: float
    radius: float
    slope: float
    held: float


@in_range
def init_params(
    m: int, n: int, *, rng: np.random.Generator, radius: float | None = None, dtype: DTypeLike = np.float64
) -> RNNParams:
    """Draw W_1, W_2 and b from U(-1/sqrt(n), 1/sqrt(n)); scale W_2 to spectral radius `radius` if given.

    m inputs, n units; `rng` is a np.random.Generator; `dtype` float32 or float64. Raises TypeError or ValueError.
    """
    m, n = checks.size("m", m), checks.size("n", n)
    checks.generator(rng)
    dtype = checks.float_type(dtype)
    W_1, W_2, b = (rng.uniform(-1, 1, shape) / np.sqrt(n) for shape in [(n, m), (n, n), (n,)])
    if radius is not None:
        wanted = checks.real("radius", radius, ())
        if not wanted > 0:
            raise ValueError(f"radius: expected a positive number, got {radius}")
        W_2 *= wanted / spectral_radius(W_2)
    return RNNParams(*(a.astype(dtype) for a in (W_1, W_2, b)))


@in_range
def step(params: RNNParams, x: ArrayLike, h_prev: ArrayLike) -> np.ndarray:
    """One step: h^(t) from x = x^(t) of shape (m,) and h_prev = h^(t-1), (n,). Raises TypeError or ValueError."""
    p, m, n = check_params(params)
    x, h_prev = checks.array("x", x, (m,)), checks.array("h_prev", h_prev, (n,))
    return _step(p, x, h_prev)


@in_range
def run(params: RNNParams, x: ArrayLike, h_0: ArrayLike | None = None) -> RNNTrace:
    """Run over x of shape (T, m), T >= 1, from h_0 = h^(0), (n,), zero where not given; return an `RNNTrace`.

    Raises TypeError or ValueError that names the argument.
    """
    p, m, n = check_params(params)
    x = checks.array("x", x, (None, m))
    h_0 = checks.array("h_0", np.zeros(n, p.b.dtype) if h_0 is None else h_0, (n,))
    h = [h_0]
    for x_t in x:
        h.append(_step(p, x_t, h[-1]))
    return RNNTrace(np.array(h[1:]), x.copy(), h_0.copy())


def jacobian(W_2: np.ndarray, h: np.ndarray) -> np.ndarray:
    """diag(1 - h^2) W_2, (n, n), for h = h^(t), (n,): nothing is checked, for this stands inside loops."""
    return (1 - h**2)[:, None] * W_2


@in_range
def state_jacobian(params: RNNParams, trace: RNNTrace, t: int) -> np.ndarray:
    """dh^(t)/dh^(t-1) = diag(1 - h^(t)^2) W_2, 1 <= t <= T. Shape (n, n), rows h^(t).

    Raises TypeError or ValueError that names the argument.
    """
    p, h = _fit(params, trace)
    return jacobian(p.W_2, h[checks.whole("t", t, 1, len(h)) - 1])


@in_range
def chain(params: RNNParams, trace: RNNTrace, s: int, t: int) -> np.ndarray:
    """dh^(t)/dh^(s), the product of the state Jacobians from step t down to s+1: (n, n), 0 <= s <= t <= T.

    Raises TypeError or ValueError that names the argument.
    """
    p, h = _fit(params, trace)
    t = checks.whole("t", t, 0, len(h))
    s = checks.whole("s", s, 0, t)
    product = np.eye(h.shape[1])
    for h_t in h[s:t]:
        product = jacobian(p.W_2, h_t) @ product
    return product


@in_range
def rates(params: RNNParams, trace: RNNTrace, s: int, t: int) -> Rates:
    """What the chain dh^(t)/dh^(s) gains or loses per step, 0 <= s < t <= T: `Rates`.

    Raises TypeError or ValueError that names the argument.
    """
    p, h = _fit(params, trace)
    h = checks.for_lapack(checks.real("trace.h", h, h.shape))
    p = checks.fields("params", p, RNNParams, dict.fromkeys(RNNParams._fields), checks.real)
    t = checks.whole("t", t, 1, len(h))
    s = checks.whole("s", s, 0, t - 1)
    product, log_norms, log_product = np.eye(h.shape[1]), 0.0, 0.0
    for h_t in h[s:t]:
        J = jacobian(p.W_2, h_t)
        norm, size = np.linalg.norm(J, 2), np.linalg.norm(J @ product, 2)
        # The product is kept at norm 1 and its size as a logarithm: long chains leave the range of floats.
        product = J @ product / (size or 1)
        with np.errstate(divide="ignore"):
            log_norms, log_product = log_norms + np.log(norm), log_product + np.log(size)
    slopes = 1 - h[s:t] ** 2
    return Rates(
        measured=float(np.exp(log_product / (t - s))),
        bound=float(np.exp(log_norms / (t - s))),
        radius=spectral_radius(p.W_2),
        slope=float(slopes.mean()),
        held=spectral_radius(slopes.mean(axis=0)[:, None] * p.W_2),
    )


@in_range
def spectral_radius(W: ArrayLike) -> float:
    """The largest absolute eigenvalue of a square matrix W. Raises TypeError or ValueError that names the argument."""
    rows = len(checks.array("W", W, (None, None)))
    W = checks.for_lapack(checks.array("W", W, (rows, rows)))
    return float(np.abs(np.linalg.eigvals(W)).max())


@in_range
def held_slope(w_2: float, slope: float, T: int) -> np.ndarray:
    """One unit whose tanh is held at a slope 1 - h^2 in [0, 1]: dh^(t)/dh^(1) = (slope w_2)^(t-1), shape (T,).

    Raises TypeError or ValueError that names the argument.
    """
    T = checks.size("T", T)
    held = checks.real("slope", slope, ())
    if not 0 <= held <= 1:
        raise ValueError(f"slope: expected a value in [0, 1], got {slope}")
    return (held * checks.real("w_2", w_2, ())) ** np.arange(T)


def check_params(params: RNNParams) -> tuple[RNNParams, int, int]:
    """Return (params, m, n) if the three arrays fit each other, else raise TypeError or ValueError."""
    checks.tuple_of("params", params, RNNParams)
    W_1 = checks.array("W_1", params.W_1, (None, None))
    n, m = W_1.shape
    return RNNParams(W_1, checks.array("W_2", params.W_2, (n, n)), checks.array("b", params.b, (n,))), m, n


def _step(p: RNNParams, x: np.ndarray, h_prev: np.ndarray) -> np.ndarray:
    return np.tanh(p.W_1 @ x + p.W_2 @ h_prev + p.b)


def _fit(params: RNNParams, trace: RNNTrace) -> tuple[RNNParams, np.ndarray]:
    p, _, n = check_params(params)
    checks.tuple_of("trace", trace, RNNTrace)
    return p, checks.array("trace.h", trace.h, (None, n))
