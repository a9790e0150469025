"""What lstm.audit measures, for B sequences at once: run, Eq. (15) and the true chain, equal to cell and gradient.

The reference code takes one sequence: read that first. An audit wants some dozens of sequences, and side by side they
take a fraction of the time. Every run starts from h^(0) = c^(0) = 0. Time comes first, then the sequence, as in
lstm.fast.sequence: x has shape (T, B, m), the rest (T, B, n), step t at index t-1. All arithmetic is float64; float32
parameters are cast, so what is computed belongs to the float64 network that has the same weights.
"""

from typing import NamedTuple

import numpy as np

from lstm import checks, weights
from lstm.cell import Params, sigmoid
from lstm.gradient import Terms, Totals


class Runs(NamedTuple):
    """B runs of (12) to (14): i, f, o, g, c, h, each of shape (T, B, n), float64."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


def run(params, x, change=None):
    """(12) to (14) over x of shape (T, B, m): `Runs`, from `Params` of float32 or float64.

    `change`, if given, is a function change(k, i, f, o) -> (i, f, o): it gets the gates of step t = k + 1 as (12)
    gives them, each (B, n), and returns those that (13) and (14) use; later steps hear of it. Raises TypeError or
    ValueError that names the argument; ValueError also where `change` returns another shape or leaves [0, 1].
    """
    p, m, n = _float64(params)
    x = real("x", x, (None, None, m))
    W_1, W_2, b = np.vstack(p[0::3]), np.vstack(p[1::3]), np.concatenate(p[2::3])  # rows of i, f, o, g
    c = h = np.zeros((x.shape[1], n))
    steps = []
    for k, z_x in enumerate(x @ W_1.T + b):
        z = z_x + h @ W_2.T
        (i, f, o), g = np.split(sigmoid(z[:, : 3 * n]), 3, axis=1), np.tanh(z[:, 3 * n :])
        if change is not None:
            i, f, o = (_gate(*one, c.shape) for one in zip("ifo", change(k, i, f, o), strict=True))
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((i, f, o, g, c, h))
    return Runs(*map(np.array, zip(*steps, strict=True)))


def totals(params, runs, reads):
    """`gradient.Totals` with dl_dc and dl_dh of shape (T, B, n). reads, (T, B, n): what l reads from h^(t) at once."""
    p, runs, reads = _fit(params, runs, reads)
    W_2, D, by = np.vstack(p[1::3]), output_slopes(runs), np.concatenate(_slopes(runs), axis=2)
    dl_dc, dl_dh = np.empty_like(runs.c), np.empty_like(runs.h)
    to_c = to_h = 0.0  # what reaches c^(t) and h^(t) from step t+1
    for k in range(len(reads))[::-1]:
        dl_dh[k] = reads[k] + to_h
        dl_dc[k] = to_c + D[k] * dl_dh[k]
        deltas = by[k] * np.concatenate([dl_dc[k], dl_dc[k], dl_dh[k], dl_dc[k]], axis=1)  # of i, f, o, g
        to_c, to_h = runs.f[k] * dl_dc[k], deltas @ W_2
    return Totals(dl_dc, dl_dh)


def terms(params, runs, total, reads):
    """Equation (15) at all steps: `gradient.Terms`, each (T-1, B, n); index t-2 has the parts of dl/dc^(t-1).

    `total` and reads as in `totals`; T >= 2.
    """
    p, runs, reads = _fit(params, runs, reads)
    checks.whole("T", len(reads), 2)
    checks.tuple_of("total", total, Totals)
    dl_dc, dl_dh = (real(f"total.{k}", v, runs.c.shape) for k, v in total._asdict().items())
    by_i, by_f, by_o, by_g = _slopes(runs)
    D = output_slopes(runs)[:-1]
    return Terms(
        direct=(runs.f * dl_dc)[1:],
        forget=D * ((by_f * dl_dc)[1:] @ p.W_2f),
        input=D * ((by_i * dl_dc)[1:] @ p.W_2i),
        candidate=D * ((by_g * dl_dc)[1:] @ p.W_2g),
        output=D * ((by_o * dl_dh)[1:] @ p.W_2o),
        local=D * reads[:-1],
    )


def by_product_of_f(runs, reads):
    """What dl/dc^(t) would be if the direct way were the only one back: (T, B, n). reads as in `totals`.

    For a loss that reads h^(T) alone it is f^(T) (.) ... (.) f^(t+1) (.) dl/dc^(T).
    """
    checks.tuple_of("runs", runs, Runs)
    way, at_once = 0.0, output_slopes(runs) * real("reads", reads, runs.c.shape)
    found = np.empty_like(at_once)
    for k in range(len(found))[::-1]:
        found[k] = way + at_once[k]
        way = runs.f[k] * found[k]
    return found


def chain(params, runs, s, t):
    """dc^(t)/dc^(s), h^(s) moving with c^(s), for each sequence: (B, n, n), 1 <= s <= t <= T.

    Raises ValueError where it leaves the range of float64.
    """
    p, runs, _ = _fit(params, runs, runs.c)
    T, B, n = runs.c.shape
    t = checks.whole("t", t, 1, T)
    s = checks.whole("s", s, 1, t)
    W_2, D = np.vstack(p[1::3]), _columns(output_slopes(runs))
    by_i, by_f, by_o, by_g = map(_columns, _slopes(runs))
    f = _columns(runs.f)
    dc = np.broadcast_to(np.eye(n)[:, None], (n, B, n))  # rows c^(k), columns c^(s): one product moves all sequences
    dh = D[s - 1] * dc
    with np.errstate(over="ignore", invalid="ignore"):  # looked at below
        for k in range(s, t):
            i, f_, o, g = (W_2 @ dh.reshape(n, -1)).reshape(4, n, B, n)
            dc = f[k] * dc + by_i[k] * i + by_f[k] * f_ + by_g[k] * g
            dh = D[k] * dc + by_o[k] * o
    if not np.isfinite(dc).all():
        raise ValueError(f"s: dc^({t})/dc^({s}) leaves the range of float64, use a later s or fewer steps")
    return dc.swapaxes(0, 1).copy()


def output_slopes(runs):
    """The diagonals of D^(t) = dh^(t)/dc^(t) with o^(t) held, as gradient.output_slope: (T, B, n)."""
    with np.errstate(over="ignore"):  # where cosh overflows the slope is 0
        return runs.o / np.cosh(runs.c) ** 2


def real(name, value, shape):
    """`value` as float64 of this shape, float32 and integers cast; raises TypeError, also for complex numbers."""
    a = checks.array(name, value, shape)
    if a.dtype.kind == "c":
        raise TypeError(f"{name}: expected real numbers, got {a.dtype} values")
    return a.astype(np.float64)


def _slopes(runs):
    """What multiplies dl/dc (i, f, g) or dl/dh (o) in the deltas of i, f, o, g: four arrays (T, B, n)."""
    i, f, o, g, c, _ = runs
    before = np.concatenate([np.zeros_like(c[:1]), c[:-1]])
    return g * i * (1 - i), before * f * (1 - f), np.tanh(c) * o * (1 - o), i * (1 - g**2)


def _columns(a):
    return a.swapaxes(1, 2)[..., None]  # (T, n, B, 1): units first


def _float64(params):
    p, m, n, _ = weights.check_real(params)
    return Params(*(array.astype(np.float64) for array in p)), m, n


def _fit(params, runs, reads):
    """The three, checked against each other."""
    p, _, n = _float64(params)
    checks.tuple_of("runs", runs, Runs)
    shape = checks.array("runs.c", runs.c, (None, None, n)).shape
    return p, runs, real("reads", reads, shape)


def _gate(name, gate, shape):
    """What `change` returned for the gate `name`, if it may be a gate."""
    gate = checks.array(f"change: {name}", gate, shape)
    if gate.min() < 0 or gate.max() > 1:
        raise ValueError(f"change: expected gates in [0, 1], got {name} from {gate.min():.3g} to {gate.max():.3g}")
    return gate
