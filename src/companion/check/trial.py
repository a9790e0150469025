"""A reader's function on fresh random cells: the trial, what it found, and the words for it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lstm import gradient
from lstm.cell import Params, Trace, init_params, run
from lstm.gradient import Totals

CELLS, NEAR = 20, 1e-8


class Cell(NamedTuple):
    """A random cell at work: T = 5 steps, m = 2 inputs, n = 3 units; the loss reads every step; 1 <= s < t <= T."""

    params: Params
    trace: Trace
    reads: np.ndarray
    total: Totals
    s: int
    t: int


class Mistake(NamedTuple):
    """A known mistake in one part of a result: a sentence, and what comes of it."""

    part: str
    words: str
    value: Callable[[Cell], np.ndarray]


class Subject(NamedTuple):
    """What is asked of a function: its arguments, its parts and what is true of them, mistakes in one part or in all.

    whole: pairs of a sentence and what a function that makes this mistake gives for all parts.
    """

    arguments: Callable[[Cell], tuple[Any, ...]]
    truth: Callable[[Cell], Mapping[str, np.ndarray]]
    mistakes: Sequence[Mistake]
    whole: Sequence[tuple[str, Callable[[Cell], Mapping[str, np.ndarray]]]] = ()


class Report:
    """What a trial found: `right`, and `lines` of words."""

    def __init__(self, right: bool, lines: Sequence[str]) -> None:
        self.right, self.lines = right, list(lines)

    def __repr__(self) -> str:
        return "\n".join(self.lines)


def draw(rng: np.random.Generator) -> Cell:
    """A `Cell` in which nothing is zero, symmetric or small."""
    params = init_params(2, 3, rng=rng, forget_bias=0.5)
    trace = run(params, rng.standard_normal((5, 2)), rng.uniform(-0.9, 0.9, 3), rng.standard_normal(3))
    reads = rng.standard_normal((5, 3))
    s, t = sorted(1 + rng.choice(5, 2, replace=False).astype(int))
    return Cell(params, trace, reads, gradient.totals(params, trace, reads), int(s), int(t))


def judge(function: Callable[..., Any], subject: Subject, rng: np.random.Generator | None = None) -> Report:
    """Try `function` on twenty fresh cells and return a `Report`; what it raises or returns amiss is in the report.

    Raises TypeError where `function` cannot be called.
    """
    if not callable(function):
        raise TypeError(f"function: expected a function, got {function!r}")
    rng = np.random.default_rng() if rng is None else rng
    cells = [draw(rng) for _ in range(CELLS)]
    truths = [subject.truth(cell) for cell in cells]
    got = []
    for cell, truth in zip(cells, truths, strict=True):
        try:
            got.append(_parts(function(*_locked(subject.arguments(cell))), truth))
        except Exception as error:  # whatever a reader's function does belongs into the report
            return Report(False, [f"Not yet. {_blame(error)}"])
    wrong = [name for name in truths[0] if not _same([g[name] for g in got], [t[name] for t in truths])]
    if not wrong:
        return Report(True, [f"Right, in {CELLS} of {CELLS} random cells."])
    for words, value in subject.whole:
        others = [value(cell) for cell in cells]
        if all(_same([g[name] for g in got], [other[name] for other in others]) for name in truths[0]):
            return Report(False, [f"Not yet. {words}"])
    return Report(False, [_said(name, cells, got, truths, subject) for name in wrong])


def _said(
    name: str,
    cells: Sequence[Cell],
    got: Sequence[Mapping[str, np.ndarray]],
    truths: Sequence[Mapping[str, np.ndarray]],
    subject: Subject,
) -> str:
    """A line on the part `name`, which is wrong."""
    mine, true = [g[name] for g in got], [t[name] for t in truths]
    for mistake in subject.mistakes:
        if mistake.part == name and _same(mine, [mistake.value(cell) for cell in cells]):
            return f"{name}: {mistake.words}"
    if true[0].ndim == 2 and true[0].shape[0] == true[0].shape[1] and _same(mine, [a.T for a in true]):
        return f"{name}: it is transposed."
    a, b = (np.concatenate([v.ravel() for v in values]) for values in (mine, true))
    if not a.any():
        return f"{name}: it is zero, and should not be."
    factor = (a @ b) / (b @ b)
    if np.abs(a - factor * b).max() <= NEAR * np.abs(a).max():
        return f"{name}: " + ("the sign is wrong." if np.isclose(factor, -1) else f"off by the factor {factor:.3g}.")
    return f"{name}: wrong, by none of the mistakes that are known here."


def _same(mine: Sequence[np.ndarray], other: Sequence[np.ndarray]) -> bool:
    """Whether the arrays agree in all cells, each to a part of its own largest entry."""
    pairs = zip(mine, other, strict=True)
    return all(np.abs(a - b).max() <= NEAR * max(np.abs(b).max(), NEAR) for a, b in pairs if a.shape == b.shape)


def _parts(result: Any, truth: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The result of a function, with the names and shapes of the truth. Raises ValueError where it has others."""
    names = list(truth)
    if hasattr(result, "_asdict"):
        result = result._asdict()
    if isinstance(result, Mapping):
        if missing := [name for name in names if name not in result]:
            raise ValueError(f"it gives no {', '.join(missing)}")
        values = [result[name] for name in names]
    else:
        values = [result] if len(names) == 1 else list(result)
    if len(values) != len(names):
        raise ValueError(f"it gives {len(values)} arrays, not the {len(names)} that are asked: {', '.join(names)}")
    parts = {name: np.asarray(value, dtype=float) for name, value in zip(names, values, strict=True)}
    for name, value in parts.items():
        if value.shape != truth[name].shape:
            raise ValueError(f"its {name} has shape {value.shape}, not {truth[name].shape}")
        if not np.isfinite(value).all():
            raise ValueError(f"its {name} has numbers that are not finite")
    return parts


def _locked(value: Any) -> Any:
    """A copy of nested tuples of arrays that refuses to be written to."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.flags.writeable = False
        return value
    if isinstance(value, tuple):
        inner = [_locked(one) for one in value]
        return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)
    return value


def _blame(error: Exception) -> str:
    if "read-only" in str(error):
        return "Your function writes into its arguments: work on copies."
    return f"Your function does not do what is asked: {type(error).__name__}, {error}."
