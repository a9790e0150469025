"""Arguments spoiled in one place, and what a call may then do.

A call may answer, with finite numbers and no warning, where the spoiled value can still be meant; it may refuse, with
TypeError or ValueError, naming an argument, what came and what was expected. It may do nothing else, and it must refuse
what cannot be meant. Nothing of the caller's may change.
"""

import copy
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from tests.fuzz.doors import Door


class Spoiled(NamedTuple):
    """A value in place of another.

    `wrong`: it cannot be meant. `same`: it means what it stands for. `huge`: it may overflow.
    """

    how: str
    value: Any
    wrong: bool = False
    same: bool = False
    huge: bool = False


def _with(a: np.ndarray, bad: complex) -> np.ndarray:
    a = a.copy()
    a.flat[a.size // 2] = bad
    return a


class Thing:
    """No number."""


JUNK = [None, "text", b"1", Thing(), {"a": 1.0}, {1.0}, np.datetime64("2020-01-01"), ..., lambda: 0]
NUMBERS = [
    0,
    -1,
    10**30,
    2**63,
    True,
    1.5,
    1j,
    float("nan"),
    float("inf"),
    -0.0,
    np.int8(3),
    np.uint64(2),
    np.float16(2),
]


def spoil(value: Any, rng: np.random.Generator) -> Spoiled:
    """One of the ways to spoil a value of this kind, drawn."""
    if rng.random() < 0.15:
        bad = JUNK[rng.integers(len(JUNK) - callable(value))]  # where a function is wanted, another may be
        return Spoiled(f"{type(bad).__name__}", bad, wrong=bad is not None)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        ways = list(_arrays(value, rng))
        return ways[rng.integers(len(ways))]
    if hasattr(value, "_fields"):
        name = value._fields[rng.integers(len(value._fields))]
        if rng.random() < 0.1 or any(map(callable, value)):  # what describes a cell is not the caller's
            return Spoiled("a plain tuple", tuple(value))
        inner = spoil(getattr(value, name), rng)
        return inner._replace(how=f"{name}: {inner.how}", value=value._replace(**{name: inner.value}))
    if isinstance(value, dict):
        name = list(value)[rng.integers(len(value))]
        if rng.random() < 0.2:
            return Spoiled(f"without {name}", {key: one for key, one in value.items() if key != name})
        inner = spoil(value[name], rng)
        return inner._replace(how=f"{name}: {inner.how}", value=value | {name: inner.value})
    if isinstance(value, list):
        k = int(rng.integers(len(value)))
        inner = spoil(value[k], rng)
        return inner._replace(how=f"[{k}]: {inner.how}", value=[*value[:k], inner.value, *value[k + 1 :]])
    bad = NUMBERS[rng.integers(len(NUMBERS))]
    return Spoiled(f"{bad!r}", bad)


def _arrays(a: np.ndarray, rng: np.random.Generator) -> Iterator[Spoiled]:
    still = a.copy()
    still.flags.writeable = False
    wide = np.zeros((*a.shape[:-1], 2 * a.shape[-1]))
    wide[..., ::2] = a
    yield Spoiled("a list", a.tolist(), same=True)
    yield Spoiled("read-only", still, same=True)
    yield Spoiled("not contiguous", wide[..., ::2], same=True)
    yield Spoiled("in Fortran's order", np.asfortranarray(a), same=True)
    yield Spoiled("of the other byte order", a.astype(">f8"))
    for kind in ("f2", "f4", "g", "c8", "c16", "i1", "u1", "i8", "u8", "?"):
        yield Spoiled(f"as {np.dtype(kind).name}", np.abs(a).astype(kind))
    yield Spoiled("as objects", a.astype(object), wrong=True)
    yield Spoiled("masked", np.ma.array(a), wrong=True)
    for bad in (np.nan, np.inf, -np.inf):
        yield Spoiled(f"with {bad}", _with(a, bad), wrong=True)
    for bad in (1e308, -1e200, 1e39, 1e-320):
        yield Spoiled(f"with {bad}", _with(a, bad), huge=abs(bad) > 1)
    yield Spoiled("times 1e300", a * 1e300, huge=True)
    yield Spoiled("one axis more", a[None], wrong=True)
    yield Spoiled("one axis less", a[0])
    yield Spoiled("empty", a[:0])
    axis = int(rng.integers(a.ndim))
    yield Spoiled(f"axis {axis} shorter", a.take(range(a.shape[axis] - 1), axis))
    yield Spoiled(f"axis {axis} longer", a.take([*range(a.shape[axis]), 0], axis))
    yield Spoiled("transposed", a.T)


def leaves(value: Any) -> Iterator[Any]:
    """The arrays and numbers in what was returned."""
    if isinstance(value, (tuple, list)):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, Mapping):
        yield from leaves(list(value.values()))
    elif isinstance(value, (np.ndarray, np.generic, int, float, complex)):
        yield value


def finite(result: Any) -> bool:
    """Whether all numbers that were returned are."""
    numbers = (np.asarray(one) for one in leaves(result))
    return all(np.isfinite(one).all() for one in numbers if one.dtype.kind in "fc")


def same(a: Any, b: Any, near: float = 0.0) -> bool:
    """Whether two values hold the same numbers, bit for bit where `near` is 0."""
    first, second = list(leaves(a)), list(leaves(b))
    return len(first) == len(second) and all(
        _near(np.asarray(one), np.asarray(two), near) for one, two in zip(first, second, strict=True)
    )


def _near(one: np.ndarray, two: np.ndarray, near: float) -> bool:
    if near == 0 or {one.dtype.kind, two.dtype.kind} - {"f", "c"}:
        return np.array_equal(one, two, equal_nan=one.dtype.kind in "fc")
    return one.shape == two.shape and np.allclose(one, two, rtol=near, atol=near, equal_nan=True)


def called(door: Door, given: Mapping[str, Any]) -> Any:
    """What the door answers, the first thing where it answers for ever; a generator is used up in a copy."""
    drawn = {name: copy.deepcopy(one) if isinstance(one, np.random.Generator) else one for name, one in given.items()}
    result = door.function(**drawn)
    return next(result) if isinstance(result, Iterator) else result


def names(given: Mapping[str, Any]) -> Iterator[str]:
    """The names of the arguments, and of the fields and keys in them."""
    for name, value in given.items():
        yield name
        if isinstance(value, list | tuple) and value and hasattr(value[0], "_fields"):
            yield from names(value[0]._asdict())
        inner = value._asdict() if hasattr(value, "_asdict") else value
        if isinstance(inner, dict):
            yield from names(inner)


def fault(door: Door, argument: str, spoiled: Spoiled) -> str | None:
    """What is wrong with how a door takes the spoiled argument; None where nothing is."""
    given = door.given | {argument: spoiled.value}
    before = copy.deepcopy(given)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = called(door, given)
    except (TypeError, ValueError) as error:
        words = str(error)
        called_so = "|".join(map(re.escape, [*names(door.given), *door.also]))
        named = re.search(rf"\b({called_so})\b", words)
        if not same(given, before):
            return "the caller's argument has changed"
        if spoiled.same:
            return f"refused what is meant: {words}"
        return None if named and "expected" in words and "got" in words else f"{type(error).__name__}: {words}"
    except Exception as error:  # the finding
        return f"{type(error).__name__}: {error}"
    if not same(given, before):
        return "the caller's argument has changed"
    right = called(door, door.given) if spoiled.wrong or spoiled.same else None
    wrong = spoiled.wrong and not (door.any_shape and spoiled.how.endswith("one axis more"))
    if wrong and not same(result, right):  # a field that a function does not use may be anything
        return "taken"
    if spoiled.same and not same(result, right, near=1e-12):
        return "another result"
    return None if door.limits or finite(result) else "a result that is not finite"
