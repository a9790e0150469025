"""How a recurrence is described: one step, its paths, and what a table says of it.

A cell hands on its memory c, N numbers in one vector, and maybe reads its own output h, (n,), again at the next step:

    c^(t) = F(c^(t-1), h^(t-1), x^(t)),     h^(t) = R(c^(t), c^(t-1), h^(t-1), x^(t)).

N may be n, as in the LSTM, or 2n (complex numbers), or n * n (a matrix). A cell brings its step and the slopes of one
step, path by path; lstm.recurrences.flow puts them together.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lstm import checks

Shapes = dict[str, tuple[int, ...]]


class Path(NamedTuple):
    """A path other than the direct one: the slope of `on` at step t by `by` at step t-1, each "c" or "h"."""

    by: str
    on: str
    slope: np.ndarray


class Slopes(NamedTuple):
    """What one step's slopes are: of the direct path, (N,) where it is diagonal, else (N, N), and of each other."""

    direct: np.ndarray
    paths: dict[str, Path]


class Trace(NamedTuple):
    """A run: steps[t-1] has all of step t; c (T, N) and h (T, n) are its states; x, h_0, c_0 what it came from."""

    steps: tuple[Any, ...]
    c: np.ndarray
    h: np.ndarray
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray


def _one_each(n: int) -> int:
    return n


def _shown_whole(p: object, x: np.ndarray, step: object, c: np.ndarray) -> np.ndarray:
    return c


def _identity(p: object, x: np.ndarray, step: Any) -> np.ndarray:
    return np.eye(len(step.h))


class Cell(NamedTuple):
    """A recurrence. Words for a table: name, year, source (a key of references.bib), factor (LaTeX), paths.

    exact       the ordered product of the direct factors is the true chain of the memory
    diagonal    the direct factors of all steps commute: the product is one of numbers, maybe complex, unit by unit
    scan        the step is affine in c, with coefficients made of x alone: runs can be composed, see `scan`
    shapes      (m, n) to the shapes of the parameters, the first of them (n, m)
    init_params (m, n, *, rng) to parameters, as the authors draw what is special to the cell
    step        (p, x, h_prev, c_prev) to one step, a NamedTuple that ends in c and h; nothing is checked
    slopes      (p, step, h_prev, c_prev) to `Slopes`

    The rest is given where it is not that of h = c, a number of memory for each unit:

    size        n to N, how many numbers c has; memory: n to how many of them, from the first, are memory; the rest
                is a common scale that cancels in h
    read        (p, x, step, c) to h where c^(t) is set to c and the gates of the step stay
    slope       (p, x, step) to D^(t), (n, N): how h^(t) follows c^(t)
    """

    name: str
    year: int
    source: str
    factor: str
    paths: tuple[str, ...]
    exact: bool
    diagonal: bool
    scan: bool
    shapes: Callable[[int, int], Shapes]
    init_params: Callable[..., Any]
    step: Callable[[Any, np.ndarray, np.ndarray, np.ndarray], Any]
    slopes: Callable[[Any, Any, np.ndarray, np.ndarray], Slopes]
    size: Callable[[int], int] = _one_each
    memory: Callable[[int], int] = _one_each
    read: Callable[[Any, np.ndarray, Any, np.ndarray], np.ndarray] = _shown_whole
    slope: Callable[[Any, np.ndarray, Any], np.ndarray] = _identity


def reads(letters: str, m: int, n: int) -> Shapes:
    """The shapes of W_1* (n, m) and b_* (n,) for each letter *: what reads x into n numbers."""
    return {name + letter: shape for letter in letters for name, shape in (("W_1", (n, m)), ("b_", (n,)))}


def by_name(kind: Any, m: int, n: int) -> Shapes:
    """The shapes of a NamedTuple of gates that read x and h: W_1* (n, m), W_2* (n, n), b_* (n,)."""
    kinds = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    return {name: kinds[name[:-1]] for name in kind._fields}


def softplus(z: np.ndarray) -> np.ndarray:
    """log(1 + exp z), elementwise, for z up to about 700; complex z too."""
    return np.log1p(np.exp(z))


def step_bias(size: int, rng: np.random.Generator) -> np.ndarray:
    """b with softplus(b) between 0.001 and 0.1, uniform in the logarithm: (size,). So Mamba starts its step sizes."""
    Delta = np.exp(rng.uniform(np.log(0.001), np.log(0.1), size))
    return Delta + np.log(-np.expm1(-Delta))


def uniform(kind: Callable[..., Any], shapes: Shapes, rng: np.random.Generator) -> Any:
    """Parameters of `kind`, each from U(-1/sqrt(n), 1/sqrt(n)), biases too, n rows in the first. Raises TypeError."""
    checks.generator(rng)
    n = next(iter(shapes.values()))[0]
    return kind(**{name: rng.uniform(-1, 1, shape) / np.sqrt(n) for name, shape in shapes.items()})


def fitted(cell: Cell, params: Any) -> tuple[Any, int, int]:
    """(params, m, n), its arrays as arrays, if they fit each other; else TypeError or ValueError that names one."""
    checks.tuple_of("cell", cell, Cell)
    first = next(iter(cell.shapes(1, 1)))
    if not hasattr(params, first):
        raise TypeError(f"params: expected those of {cell.name}, with {first}, got {type(params).__name__}")
    n, m = checks.array(f"params.{first}", getattr(params, first), (None, None)).shape
    shapes: dict[str, checks.Shape] = {**cell.shapes(m, n)}
    return checks.fields("params", params, type(params), shapes), m, n
