"""What lstm.audit measures, for B sequences at once: run, Eq. (15) and the true chain, equal to cell and gradient.

The reference code takes one sequence: read that first. An audit wants some dozens of sequences, and side by side they
take a fraction of the time. Time comes first, then the sequence, as in
lstm.fast.sequence: x has shape (T, B, m), the rest (T, B, n), step t at index t-1. All arithmetic is float64; float32
parameters are cast, so what is computed belongs to the float64 network that has the same weights.
"""

from collections.abc import Callable, Iterable
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, equations, weights
from lstm.cell import Params
from lstm.equations import Step, Terms
from lstm.fast import columns
from lstm.gradient import Totals
from lstm.ranges import in_range

Arrays = TypeVar("Arrays", Step, Terms)
Change = Callable[[int, np.ndarray, np.ndarray, np.ndarray], Iterable[ArrayLike]]  # from k, i, f, o to i, f, o


@in_range
def run(
    params: Params,
    x: ArrayLike,
    change: Change | None = None,
    *,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
) -> Step:
    """(12) to (14) over x of shape (T, B, m): a `Step` of arrays (T, B, n), from `Params` of float32 or float64.

    h_0 = h^(0) and c_0 = c^(0), both (B, n), are zero where not given.
    `change`, if given, is a function change(k, i, f, o) -> (i, f, o): it gets the gates of step t = k + 1 as (12)
    gives them, each (B, n), and returns those that (13) and (14) use; later steps hear of it. Raises TypeError or
    ValueError that names the argument; ValueError also where `change` returns another shape or leaves [0, 1].
    """
    p, m, n = _float64(params)
    x = real("x", x, (None, None, m)).swapaxes(1, 2)
    given = (("h_0", h_0), ("c_0", c_0))
    states = [None if state is None else real(name, state, (x.shape[-1], n)).T for name, state in given]
    step = equations.step if change is None else _changed(change)
    return _turned(columns.run(columns.with_column_biases(p), x, step, *states))


@in_range
def totals(params: Params, runs: Step, reads: ArrayLike) -> Totals:
    """`gradient.Totals` with dl_dc and dl_dh of shape (T, B, n). reads, (T, B, n): what l reads from h^(t) at once.

    Raises TypeError or ValueError that names the argument.
    """
    p, runs, reads = _fit(params, runs, reads)
    return Totals(*(a.swapaxes(1, 2) for a in columns.totals(p, _turned(runs), reads.swapaxes(1, 2))))


@in_range
def terms(params: Params, runs: Step, total: Totals, reads: ArrayLike) -> Terms:
    """Equation (15) at all steps: `gradient.Terms`, each (T-1, B, n); index t-2 has the parts of dl/dc^(t-1).

    `total` and reads as in `totals`; T >= 2. Raises TypeError or ValueError that names the argument.
    """
    p, runs, reads = _fit(params, runs, reads)
    checks.whole("T", len(reads), 2)
    checks.tuple_of("total", total, Totals)
    dl_dc, dl_dh = (real(f"total.{k}", v, runs.c.shape).swapaxes(1, 2) for k, v in total._asdict().items())
    now = _turned(runs)
    later, D = Step(*(a[1:] for a in now)), columns.output_slopes(now)
    d = equations.deltas(later, now.c[:-1], dl_dc[1:], dl_dh[1:])
    return _turned(equations.terms(p, later.f, d, dl_dc[1:], D[:-1], reads[:-1].swapaxes(1, 2)))


@in_range
def by_product_of_f(runs: Step, reads: ArrayLike) -> np.ndarray:
    """What dl/dc^(t) would be if the direct path were the only one back: (T, B, n). reads as in `totals`.

    For a loss that reads h^(T) alone it is f^(T) (.) ... (.) f^(t+1) (.) dl/dc^(T).
    Raises TypeError or ValueError that names the argument.
    """
    runs = _steps(runs, None)
    direct, at_once = 0.0, columns.output_slopes(runs) * real("reads", reads, runs.c.shape)
    found = np.empty_like(at_once)
    for k in range(len(found))[::-1]:
        found[k] = direct + at_once[k]
        direct = runs.f[k] * found[k]
    return found


@in_range
def chain(params: Params, runs: Step, s: int, t: int) -> np.ndarray:
    """dc^(t)/dc^(s), h^(s) moving with c^(s), for each sequence: (B, n, n), 1 <= s <= t <= T.

    Raises TypeError or ValueError that names the argument; ValueError also where it leaves the range of float64.
    """
    p, _, n = _float64(params)
    runs = _steps(runs, n)
    t = checks.whole("t", t, 1, len(runs.c))
    s = checks.whole("s", s, 1, t)
    dc = columns.chain(p, Step(*(a[..., None] for a in runs)), s, t)
    if not np.isfinite(dc).all():
        raise ValueError(f"s: dc^({t})/dc^({s}) leaves the range of float64, expected fewer steps, got {t - s}")
    return dc.copy()


def real(name: str, value: ArrayLike, shape: checks.Shape) -> np.ndarray:
    """`value` as float64 of this shape, float32 and integers cast; raises TypeError, also for complex numbers."""
    return checks.real(name, value, shape).astype(np.float64, copy=False)


def _changed(change: Change) -> columns.Kernel:
    """`equations.step` with the gates that `change` returns."""
    steps = count()

    def step(p: Params, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> Step:
        i, f, o, g = equations.gates(p, x, h_prev)
        asked = zip("ifo", change(next(steps), i.T, f.T, o.T), strict=True)
        i, f, o = (_gate(name, gate, g.T.shape).T for name, gate in asked)
        c = equations.cell_state(f, c_prev, i, g)
        return Step(i, f, o, g, c, equations.hidden_state(o, c))

    return step


def _turned(arrays: Arrays) -> Arrays:
    """A NamedTuple of arrays (T, B, n) with sequences as columns, (T, n, B), or back."""
    return type(arrays)(*(a.swapaxes(1, 2) for a in arrays))


def _float64(params: Params) -> tuple[Params, int, int]:
    p, m, n, _ = weights.check_real(params)
    return Params(*(array.astype(np.float64) for array in p)), m, n


def _fit(params: Params, runs: Step, reads: ArrayLike) -> tuple[Params, Step, np.ndarray]:
    """The three, checked against each other."""
    p, _, n = _float64(params)
    runs = _steps(runs, n)
    return p, runs, real("reads", reads, runs.c.shape)


def _steps(runs: Step, n: int | None) -> Step:
    """`runs` if its arrays have one shape (T, B, n), as float64."""
    shape = checks.fields("runs", runs, Step, {"c": (None, None, n)}).c.shape
    return checks.fields("runs", runs, Step, dict.fromkeys(Step._fields, shape), real)


def _gate(name: str, gate: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """What `change` returned for the gate `name`, if it may be a gate."""
    gate = checks.array(f"change: {name}", gate, shape)
    if gate.min() < 0 or gate.max() > 1:
        raise ValueError(f"change: expected gates in [0, 1], got {name} from {gate.min():.10g} to {gate.max():.10g}")
    return gate
