"""Checks at the public door: bad input is refused with a message that names the argument."""

from collections.abc import Callable, Collection, Iterable, Mapping
from numbers import Integral
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

Kind = TypeVar("Kind", bound=NamedTuple)
Value = TypeVar("Value")

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))  # what a network that is trained or stored may be made of
NUMBERS = frozenset({int, float, complex})
EXACT = 2**53  # integers up to here are exact in float64
MOST = 10**6  # inputs, units, sequences, steps: a larger number is a slip, and its arrays would not fit into memory

Shape = tuple[int | None, ...] | None
Take = Callable[[str, Any, Shape], np.ndarray]


def array(name: str, value: ArrayLike, shape: Shape) -> np.ndarray:
    """Return `value` as a float or complex array of exactly `shape`, never broadcast.

    An entry None in `shape` admits any length of at least 1, None in its place any shape. Integers become float64;
    floating and complex types stay as they are. The array is the caller's own: it is read, never written.

    Plain arrays, numbers and lists of them come in. What carries more than its numbers does not, for NumPy would drop
    it without a word: a mask, units, labels, the product of a matrix, bools among numbers, digits beyond 2^53. More
    digits than float64 has do not come in either: half of NumPy's functions has no such numbers.

    Raises TypeError for anything that is not numeric or not plain, ValueError for another shape or for values
    that are not finite.
    """
    if (odd := _odd(value)) is not None:
        kind = "masked array" if isinstance(odd, np.ma.MaskedArray) else type(odd).__name__
        raise TypeError(f"{name}: expected real or complex numbers in plain arrays or lists, got a {kind}")
    try:
        a = np.asarray(value)
    except ValueError as ragged:
        raise ValueError(f"{name}: expected an array of {_words(shape)}, got ragged lists: {ragged}") from None
    if a.dtype.kind not in "fc":
        if a.dtype.kind not in "iu":
            among = f", the first a {type(a.flat[0]).__name__}" if a.dtype == object and a.size else ""
            raise TypeError(f"{name}: expected real or complex numbers, got {a.dtype} values{among}")
        if a.size and (int(a.max()) > EXACT or int(a.min()) < -EXACT):
            raise ValueError(f"{name}: expected {a.dtype} values that float64 holds, up to 2^53, got larger ones")
        a = a.astype(float)
    if a.dtype.itemsize > (16 if a.dtype.kind == "c" else 8):
        raise TypeError(f"{name}: expected numbers of at most float64 or complex128, got {a.dtype} values")
    if a.shape != shape and not _fits(a.shape, shape):
        raise ValueError(f"{name}: expected {_words(shape)}, got shape {a.shape}")
    if not np.isfinite(a).all():
        bad = int((~np.isfinite(a)).sum())
        raise ValueError(f"{name}: expected finite numbers, got {bad} of {a.size} not finite")
    return a


def real(name: str, value: ArrayLike, shape: Shape) -> np.ndarray:
    """Return `value` as `array` does if it is real; raise TypeError for complex numbers too, of any imaginary part."""
    a = array(name, value, shape)
    if a.dtype.kind == "c":
        raise TypeError(f"{name}: expected real numbers, got {a.dtype} values")
    return a


def array_like_params(name: str, value: ArrayLike, shape: Shape, dtype: np.dtype) -> np.ndarray:
    """Return `value` as `array` does if it has `dtype`, that of the parameters; else raise TypeError or ValueError."""
    a = array(name, value, shape)
    if a.dtype != dtype:
        raise TypeError(f"{name}: expected {dtype} as in params, got {np.asarray(value).dtype}")
    return a


def params(value: Kind, kind: type[Kind]) -> tuple[Kind, int, int]:
    """Return (params, m, n) if `value` is a `kind` and its arrays fit each other, else raise TypeError or ValueError.

    `kind` is a NamedTuple of W_1* (n, m), W_2* (n, n), b_* (n,) and maybe p_* (n,), * one letter, a W_1* first.
    """
    tuple_of("params", value, kind)
    n, m = array(kind._fields[0], value[0], (None, None)).shape
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,), "p_": (n,)}
    return kind._make(array(name, a, shapes[name[:-1]]) for name, a in value._asdict().items()), m, n


def one_type(name: str, arrays: Iterable[np.ndarray], came: Iterable[object] | None = None) -> np.dtype:
    """Return the dtype of `arrays` if all are float32 or all are float64, else raise TypeError.

    The message names the types of `came`, what `arrays` were before a check made float64 of integers, where given.
    """
    arrays = list(arrays)
    types = _types(arrays)
    if len(types) > 1 or not types < {*map(str, FLOATS)}:
        got = " and ".join(sorted(_types(arrays if came is None else came)))
        raise TypeError(f"{name}: expected arrays all of float32 or all of float64, got {got}")
    return np.dtype(types.pop())


def for_lapack(a: np.ndarray) -> np.ndarray:
    """The numbers of `a` in a type that np.linalg takes: float16 as float32, every other as it is."""
    return a.astype(np.result_type(a, np.float32), copy=False)


def float_type(dtype: DTypeLike) -> np.dtype:
    """Return `dtype` as a np.dtype if it is float32 or float64, else raise TypeError."""
    if dtype is None or dtype not in FLOATS:  # to NumPy, None is float64
        raise TypeError(f"dtype: expected float32 or float64, got {dtype!r}")
    return np.dtype(dtype)


def whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """Return `value` as an int with low <= value <= high, else raise TypeError or ValueError."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name}: expected a whole number, got {value!r}")
    number = int(value)
    if number < low or (high is not None and number > high):
        upper = "" if high is None else f" and at most {high}"
        raise ValueError(f"{name}: expected at least {low}{upper}, got {number}")
    return number


def size(name: str, value: object, low: int = 1) -> int:
    """Return `value` as an int with low <= value <= MOST, else raise TypeError or ValueError: lengths of axes."""
    return whole(name, value, low, MOST)


def one_of(name: str, value: Value, options: Collection[Value]) -> Value:
    """Return `value` if it is among `options`, which the message lists as they come, else raise ValueError."""
    if value not in options:
        raise ValueError(f"{name}: expected one of {options}, got {value!r}")
    return value


def generator(rng: np.random.Generator) -> np.random.Generator:
    """Return `rng` if it is a numpy Generator, else raise TypeError."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng: expected np.random.default_rng(seed), got {rng!r}")
    return rng


def tuple_of(name: str, value: object, kind: type[Kind]) -> Kind:
    """Return `value` if it is an instance of the NamedTuple `kind`, else raise TypeError."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected lstm.{kind.__name__}, got {type(value).__name__}")
    return value


def fields(name: str, value: object, kind: type[Kind], shapes: Mapping[str, Shape], take: Take = array) -> Kind:
    """Return `value` if it is a `kind`, its fields of these names as `take` (`array`, `real`) returns them."""
    checked = {k: take(f"{name}.{k}", getattr(tuple_of(name, value, kind), k), shape) for k, shape in shapes.items()}
    return value._replace(**checked)  # type: ignore[attr-defined]


def tuples_of(name: str, values: Iterable[object], kind: type[Kind]) -> list[Kind]:
    """Return `values` as a list if there are some and each is a `kind`, else raise TypeError or ValueError."""
    if not isinstance(values, Iterable):
        raise TypeError(f"{name}: expected a list of lstm.{kind.__name__}, got {type(values).__name__}")
    found = [tuple_of(name, value, kind) for value in values]
    if not found:
        raise ValueError(f"{name}: expected at least one lstm.{kind.__name__}, got none")
    return found


def _odd(value: object) -> object | None:
    """What in `value`, a number, an array or lists of them, carries more than numbers; None if nothing does."""
    if isinstance(value, list | tuple):
        if NUMBERS.issuperset(map(type, value)):
            return None  # the quick way through long lists
        return next((odd for v in value if (odd := _odd(v)) is not None), None)
    if type(value) in (np.ndarray, np.memmap) or (isinstance(value, np.generic) and not isinstance(value, np.bool)):
        return None
    return value if hasattr(value, "__array__") or isinstance(value, bool) else None


def _types(arrays: Iterable[object]) -> set[str]:
    return {str(getattr(a, "dtype", type(a).__name__)) for a in arrays}


def _fits(got: tuple[int, ...], want: Shape) -> bool:
    if want is None:
        return True
    lengths = zip(got, want, strict=False)
    return len(got) == len(want) and all(g == w if w is not None else g >= 1 for g, w in lengths)


def _words(shape: Shape) -> str:
    if shape is None:
        return "any shape"
    lengths = ["any length" if n is None else str(n) for n in shape]
    return "shape (" + ", ".join(lengths) + ("," if len(shape) == 1 else "") + ")"
