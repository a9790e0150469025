"""Results that leave the range of floating point are refused in words: one guard for all public functions."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")
LARGEST = float(np.finfo(float).max)
_open = ContextVar("_open", default=False)  # whether the guards let everything pass


class OutOfRange(ValueError, FloatingPointError):
    """A result is not a finite number, or does not fit into memory. It is a ValueError: the arguments are too large."""


def in_range(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, which raises `OutOfRange` where NumPy would warn of an overflow or of a NaN and go on with it.

    The message names the largest of the arguments, for that is mostly the cause. Underflow is fine.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if _open.get():
            return function(*args, **kwargs)
        try:
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                return function(*args, **kwargs)
        except (ArithmeticError, MemoryError, np.linalg.LinAlgError) as error:
            said = error.__cause__ or error  # an inner guard knows the cause, but not the names of these arguments
            name, size = _largest(signature(function).bind(*args, **kwargs).arguments)
            wanted = "arrays that fit into memory" if isinstance(said, MemoryError) else "numbers with finite results"
            raise OutOfRange(f"{name}: expected {wanted}, got numbers up to {size:.3g}: {said}") from said

    return guarded


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, no guard raises and NumPy does not warn: for a caller that looks at the results itself."""
    token = _open.set(True)
    try:
        with np.errstate(all="ignore"):
            yield
    finally:
        _open.reset(token)


def _largest(arguments: Mapping[str, Any]) -> tuple[str, float]:
    """The name of the argument, or of its field, that has the largest number, and that number's absolute value."""
    sizes = {name: _size(value) for name, value in _fields(arguments)}
    name = max(sizes, key=lambda one: sizes[one])
    return name, sizes[name]


def _fields(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in arguments.items():
        inner = value._asdict() if hasattr(value, "_asdict") else value
        if isinstance(inner, Mapping):
            yield from _fields({f"{name}.{field}": one for field, one in inner.items()})
        else:
            yield name, value


def _size(value: Any) -> float:
    """The largest absolute value in a number, an array or lists of them; 0 for all else."""
    if isinstance(value, int | float | complex):
        return float(min(abs(value), LARGEST))
    try:
        numbers = np.asarray(value)
    except ValueError:  # a list of arrays of several shapes
        return max(map(_size, value), default=0.0)
    if numbers.dtype.kind not in "fciu" or not numbers.size:
        return 0.0
    with np.errstate(all="ignore"):
        return float(np.abs(numbers).max())
