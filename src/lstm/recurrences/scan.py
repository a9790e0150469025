"""The same run, one step after the other, and by pairs of pairs: what a recurrence gains that is affine in its memory.

A step c^(t) = A c^(t-1) + b with A and b made of x alone is an element (A, b). Two elements in a row are one again:

    (A_1, b_1) then (A_2, b_2)  =  (A_2 A_1, A_2 b_1 + b_2),

and since this composition is associative, any bracketing of T elements gives the same run. `sequential` brackets from
the left; `parallel` composes neighbours, solves the half as long problem and fills the gaps: the odd-even scheme of
parallel prefix sums (Martin and Cundy 2018, arXiv:1709.04057, for recurrences). Both count their compositions: `work`
is how many, `depth` how many must wait for each other.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range
from lstm.recurrences.kinds import Cell, fitted


class Affine(NamedTuple):
    """Elements, or their compositions: c becomes A c + b. A (T, N) where diagonal, else (T, N, N); b (T, N)."""

    A: np.ndarray
    b: np.ndarray


class Scan(NamedTuple):
    """prefix, an `Affine`: row t-1 composes steps 1, ..., t; work and depth are counts of compositions."""

    prefix: Affine
    work: int
    depth: int


@in_range
def elements(cell: Cell, params: Any, x: ArrayLike) -> Affine:
    """The elements of a run over x, (T, m), each from its own x^(t) alone: `Affine`.

    Of an mLSTM they are those of (C, n) without stabiliser: C exp(m) and n exp(m). Raises ValueError for a cell that
    cannot be scanned, TypeError or ValueError that names the argument.
    """
    if not checks.tuple_of("cell", cell, Cell).scan:
        raise ValueError(f"cell: expected one whose step is affine in its memory, got {cell.name}")
    params, m, n = fitted(cell, params)
    nothing, h = np.zeros(cell.size(n)), np.zeros(n)
    steps = [cell.step(params, x_t, h, nothing) for x_t in checks.array("x", x, (None, m))]
    k = cell.memory(n)
    factors = [cell.slopes(params, one, h, nothing).direct[:k] for one in steps]
    scales = [np.exp(one.c[-1]) if k < cell.size(n) else 1.0 for one in steps]
    A, b = ([scale * row for scale, row in zip(scales, rows, strict=True)] for rows in (factors, [s.c for s in steps]))
    return Affine(np.array(A), np.array(b)[:, :k])


@in_range
def compose(first: Affine, second: Affine) -> Affine:
    """Row by row, `first` and then `second`, as one element: `Affine`."""
    if first.A.ndim == 2:
        return Affine(second.A * first.A, second.A * first.b + second.b)
    return Affine(second.A @ first.A, (second.A @ first.b[..., None])[..., 0] + second.b)


@in_range
def sequential(steps: Affine) -> Scan:
    """All prefixes, one composition after the other: `Scan`, with work and depth T - 1."""
    steps = _fitted("steps", steps)
    rows = [_rows(steps, slice(0, 1))]
    for t in range(1, len(steps.b)):
        rows.append(compose(rows[-1], _rows(steps, slice(t, t + 1))))
    return Scan(Affine(*(np.concatenate(column) for column in zip(*rows, strict=True))), len(rows) - 1, len(rows) - 1)


@in_range
def parallel(steps: Affine) -> Scan:
    """All prefixes by pairs of pairs: `Scan`. Each `compose` here is one row of compositions that do not wait."""
    steps = _fitted("steps", steps)
    T = len(steps.b)
    if T == 1:
        return Scan(steps, 0, 0)
    even, odd = _rows(steps, slice(0, T - 1, 2)), _rows(steps, slice(1, T, 2))
    half = parallel(compose(even, odd))
    gaps = (T - 1) // 2  # of the prefixes half has those of even length
    filled = compose(_rows(half.prefix, slice(0, gaps)), _rows(steps, slice(2, T, 2)))
    prefix = Affine(*(np.empty(one.shape, np.result_type(*steps)) for one in steps))
    for whole, one, known, new in zip(prefix, steps, half.prefix, filled, strict=True):
        whole[0], whole[1::2], whole[2::2] = one[0], known, new
    return Scan(prefix, T // 2 + half.work + gaps, 1 + half.depth + (gaps > 0))


@in_range
def states(scan: Scan, c_0: ArrayLike) -> np.ndarray:
    """c^(1), ..., c^(T), (T, N), from c_0, (N,)."""
    prefix = _fitted("scan.prefix", checks.tuple_of("scan", scan, Scan).prefix)
    c_0 = checks.array("c_0", c_0, prefix.b.shape[1:])
    return compose(Affine(np.ones_like(prefix.A), np.broadcast_to(c_0, prefix.b.shape)), prefix).b


def _fitted(name: str, affine: Affine) -> Affine:
    """`affine` if its two arrays fit each other, else raise TypeError or ValueError."""
    T, N = checks.fields(name, affine, Affine, {"b": (None, None)}).b.shape
    shape = (T, N) if np.ndim(affine.A) == 2 else (T, N, N)
    return checks.fields(name, affine, Affine, {"A": shape, "b": (T, N)})


def _rows(affine: Affine, rows: slice) -> Affine:
    return Affine(affine.A[rows], affine.b[rows])
