"""Arrays as the frameworks hand them over, made plain: tensors, variables, half precision. No framework is imported.

A tensor is what has `detach`, a variable what has `numpy`; both are asked for their numbers by these methods. NumPy's
arithmetic here is float32 and float64, so float16 and bfloat16 are widened to float32, which keeps every value; a
warning says so, since what is audited then runs in another precision than the module did.
"""

import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from lstm import checks

HALF = ("float16", "bfloat16")


class WidenedWarning(UserWarning):
    """Arrays of half precision came and were widened to float32."""


def plain(value: Any) -> tuple[Any, str]:
    """(value, type as it came): tensors and variables as NumPy arrays, half precision as float32, the rest as it is.

    Raises TypeError for a tensor whose numbers are stored in another way, such as quantised.
    """
    tensor = hasattr(value, "detach")
    if tensor:
        value = value.detach()
    dtype = str(getattr(value, "dtype", type(value).__name__)).removeprefix("torch.")
    if tensor:
        try:
            value = (value.float() if dtype in HALF else value).cpu().numpy()
        except (TypeError, RuntimeError) as error:  # quantised, sparse, on the device "meta": torch says which
            raise TypeError(
                f"weights: expected tensors of float numbers, got {dtype}: {error}; hand over the module before it was "
                "quantised, or its dequantize()d, to_dense()d arrays"
            ) from None
    elif hasattr(value, "numpy") and not isinstance(value, np.ndarray):
        value = value.numpy()
    if dtype in HALF and isinstance(value, np.ndarray):
        value = value.astype(np.float32)
    return value, dtype


def read(arrays: Mapping[str, Any], shapes: Mapping[str, tuple[int | None, ...]], depth: int = 3) -> list[np.ndarray]:
    """The arrays of these names in the order of `shapes`, plain, of these shapes, all float32 or all float64.

    float16 and bfloat16 are widened to float32 with a `WidenedWarning`, which points to the line `depth`
    calls up. Raises TypeError or ValueError that names the array.
    """
    came = {name: plain(arrays[name]) for name in shapes}
    found = [checks.array(name, came[name][0], shape) for name, shape in shapes.items()]
    checks.one_type("weights", found, (_Typed(dtype) for _, dtype in came.values()))
    halves = sorted({dtype for _, dtype in came.values()} & set(HALF))
    if halves:
        warnings.warn(
            f"weights: {' and '.join(halves)} widened to float32, which keeps every value; the module itself ran in "
            "half precision, so its outputs differ by its rounding",
            WidenedWarning,
            stacklevel=depth,
        )
    return found


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an array, a tensor or lists, () for anything else: for a first look; `read` checks."""
    if not isinstance(value, list | tuple):
        return tuple(getattr(value, "shape", ()))
    try:
        return np.shape(value)
    except ValueError:  # ragged
        return ()


def named(weights: Any) -> dict[str, Any]:
    """The arrays by name: of a mapping, of a module (its state_dict), or of pairs such as named_parameters() gives.

    Raises TypeError for anything else, and ValueError for a checkpoint whose arrays stand one level down.
    """
    if callable(getattr(weights, "state_dict", None)):
        weights = weights.state_dict()
    if hasattr(weights, "keys"):
        found = {str(name): weights[name] for name in weights.keys()}  # noqa: SIM118 - np.load gives no whole mapping
    else:
        pairs: list[Any] = list(weights) if isinstance(weights, Iterable) else [None]
        if not all(isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs):
            file = isinstance(weights, str | os.PathLike)
            advice = "load the file first, by torch.load or weights.from_safetensors" if file else "pass a state_dict"
            raise TypeError(f"weights: expected a mapping from names to arrays, got {type(weights).__name__}: {advice}")
        found = dict(pairs)
    for name, value in found.items():
        if hasattr(value, "keys") and any("weight" in str(key) for key in value.keys()):  # noqa: SIM118
            raise ValueError(f"weights: expected arrays, got mappings of them: pass weights[{name!r}]")
    return found


class _Typed:
    """Something whose dtype is what a message should say."""

    def __init__(self, dtype: str) -> None:
        self.dtype = dtype
