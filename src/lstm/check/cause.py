"""What is wrong, in words: the known error, or two of them, whose numbers are those of the wrong backward pass."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from lstm.check.convention import SECOND
from lstm.check.edits import NAMES
from lstm.check.errors import EXHIBITS, Error
from lstm.check.known import Errors, Known, diff, every
from lstm.check.trial import gap

SAME = 1e-9  # relative: what is called the same number as that of a known error
MOST = 60  # errors of which all pairs are tried
Parts = Mapping[str, np.ndarray]


class Short(NamedTuple):
    """The parts found for one step alone, the true ones, and what is known of that task."""

    found: Parts
    true: Parts
    known: Known


class Cause(NamedTuple):
    """words: what is wrong; parts: where; errors: the names of known errors; lines: what they exchange, as a diff."""

    words: str
    parts: tuple[str, ...]
    errors: tuple[str, ...] = ()
    lines: str = ""


def causes(found: Parts, true: Parts, known: Known, short: Short | None, near: float) -> list[Cause]:
    """The causes that together give every wrong part of `found`; those of some parts where not all are explained.

    short: what came back for one step alone, to choose among pairs.
    """
    same = max(SAME, near / 10)
    wrong = _wrong(found, true, near)
    if not wrong:
        return []
    if alike := [(error,) for error in every() if _gives(found, known, (error,), same)]:
        return [_alike(alike, wrong)]
    simple = _simple(found, true, wrong, same)
    if {name for cause in simple for name in cause.parts} == set(wrong):
        return simple
    if (two := _first(found, known, combinations(EXHIBITS, 2), same)) is not None:
        return [_cause(two, wrong)]
    likely = _likely(found, true, wrong, known, same)
    if short is not None:
        likely |= _likely(short.found, short.true, _wrong(short.found, short.true, same), short.known, same)
    pairs = combinations(list(likely)[:MOST], 2)
    if (two := _first(found, known, pairs, same)) is not None:
        return [_cause(two, wrong)]
    some = _cover(found, true, wrong, known, simple, same)
    if short is None or {name for cause in some for name in cause.parts} == set(wrong):
        return some
    return some + _in_one_step(short, {cause.errors for cause in some}, same)


def _wrong(found: Parts, true: Parts, near: float) -> tuple[str, ...]:
    return tuple(name for name in found if gap(found[name], true[name]) > near)


def _in_one_step(short: Short, told: set[tuple[str, ...]], same: float) -> list[Cause]:
    """Errors that show where there is one step alone, gate by gate: there one does not hide another."""
    found, true, known = short
    seen = [one for one in _cover(found, true, _wrong(found, true, same), known, [], same) if one.errors not in told]
    return [one._replace(words=f"For one step alone: {one.words}", parts=()) for one in seen]


def single(found: Parts, known: Known, same: float) -> Errors | None:
    """The single known error that gives all parts of `found`, or None."""
    return _first(found, known, ((error,) for error in every()), same)


def _cause(errors: Errors, wrong: tuple[str, ...]) -> Cause:
    return Cause(both(errors), wrong, tuple(error.name for error in errors), diff(errors))


def both(errors: Errors) -> str:
    """The titles of errors in one line."""
    first, *rest = (error.title for error in errors)
    return "; and ".join([first, *(one[0].lower() + one[1:] if one[1] in " eho" else one for one in rest)])


def _alike(errors: Sequence[Errors], wrong: tuple[str, ...]) -> Cause:
    """The cause by the first of several errors that give the same numbers here, and the others in words."""
    one, others = _cause(errors[0], wrong), [error[0].title for error in errors[1:3]]
    return one._replace(words=one.words + (f" (or, with the same numbers: {'; '.join(others)})" if others else ""))


def _gives(found: Parts, known: Known, errors: Errors, same: float) -> bool:
    parts = known.parts(errors)
    return parts is not None and all(gap(found[name], parts[name]) <= same for name in found)


def _first(found: Parts, known: Known, candidates: Iterable[Errors], same: float) -> Errors | None:
    return next((errors for errors in candidates if _gives(found, known, errors, same)), None)


def _likely(found: Parts, true: Parts, wrong: tuple[str, ...], known: Known, same: float) -> dict[Error, int]:
    """Known errors that give at least one of the wrong parts, those that give most first."""
    hits = {}
    for error in every():
        parts = known.parts((error,))
        if parts is not None and (n := sum(gap(found[name], parts[name]) <= same for name in wrong)):
            hits[error] = n
    return dict(sorted(hits.items(), key=lambda one: -one[1]))


def _cover(
    found: Parts, true: Parts, wrong: tuple[str, ...], known: Known, simple: list[Cause], same: float
) -> list[Cause]:
    """Simple causes and single errors that change wrong parts only: greedily, those that explain most first."""
    left, chosen = set(wrong), []
    options = [(set(cause.parts), cause) for cause in simple]
    for error in every():
        parts = known.parts((error,))
        if parts is None:
            continue
        moved = {name for name in found if gap(parts[name], true[name]) > same}
        hits = {name for name in moved if gap(found[name], parts[name]) <= same}
        if hits and {name.removesuffix(SECOND) for name in moved} <= {name.removesuffix(SECOND) for name in wrong}:
            options.append((hits, _cause((error,), tuple(name for name in wrong if name in hits))))
    while options:
        gain, best = max(options, key=lambda one: len(one[0] & left))
        if not gain & left:
            break
        chosen.append(best)
        left -= gain
    return chosen


def _simple(found: Parts, true: Parts, wrong: tuple[str, ...], same: float) -> list[Cause]:
    """What was done to a right part: it is zero, transposed, another's, reversed, off by a factor."""
    by_words: dict[str, list[str]] = {}
    for name in wrong:
        if (words := _done_to(name, found[name], true, same)) is not None:
            by_words.setdefault(words, []).append(name)
    return [Cause(f"{_listed(parts)}: {words}", tuple(parts)) for words, parts in by_words.items()]


def _done_to(name: str, mine: np.ndarray, true: Parts, same: float) -> str | None:
    right = true[name]
    if not mine.any():
        return "it is zero, and should not be"
    if mine.ndim == 2 and mine.shape[0] == mine.shape[1] and gap(mine, right.T) <= same:
        return "it is transposed"
    kind, gate = name.removesuffix(SECOND)[:-1], name.removesuffix(SECOND)[-1]
    for other in NAMES if kind in ("W_1", "W_2", "b_") else ():
        if other != gate and gap(mine, true[kind + other]) <= same:
            return f"the {NAMES[gate]} has the gradient of the {NAMES[other]}"
    if name in ("h_0", "c_0") and gap(mine, true[state := "c_0" if name == "h_0" else "h_0"]) <= same:
        return f"it is the gradient of {state}"
    if name == "x" and gap(mine, right[::-1]) <= same:
        return "it comes back in the reversed order of steps"
    if name == "x":
        kept = [k for k in range(len(mine)) if gap(mine[k], right[k]) <= same]
        if kept and all(not mine[k].any() for k in range(len(mine)) if k not in kept):
            steps = ", ".join(str(k + 1) for k in kept)
            return f"it is there for step{'s' if len(kept) > 1 else ''} {steps} alone, and zero for the others"
    factor = float((mine.ravel() @ right.ravel()) / (right.ravel() @ right.ravel()))
    if gap(mine, factor * right) <= same:
        return _factor(factor, true)
    return None


def _factor(factor: float, true: Parts) -> str:
    T, _, B = true["x"].shape
    named = {-1.0: "the sign is wrong", 2.0: "it is counted twice", 0.5: "it is half of what it should be"}
    named |= {
        1 / T: f"a mean over the {T} steps stands where a sum belongs",
        float(T): "it is multiplied by the number of steps",
    }
    if B > 1:
        named |= {1 / (T * B): "a mean over the batch and the steps stands where a sum belongs"}
        named |= {1 / B: f"a mean over the batch of {B} stands where a sum belongs"}
        named |= {float(B): "it is multiplied by the size of the batch"}
    for value, words in named.items():
        if np.isclose(factor, value, rtol=1e-9):
            return words
    return f"it is {factor:.{4 if abs(factor - 1) > 1e-3 else 10}g} times the right one"


def _listed(parts: list[str]) -> str:
    """d W_1i, d W_1f ... in few words: all four gates of a kind as W_1*."""
    left, words = list(parts), []
    for kind, end in [("W_1", ""), ("W_2", ""), ("b_", ""), ("b_", SECOND)]:
        four = [f"{kind}{gate}{end}" for gate in "ifog"]
        if set(four) <= set(left):
            words.append(f"{kind}*{end}")
            left = [name for name in left if name not in four]
    return ", ".join(f"d{name}" for name in [*words, *left])
