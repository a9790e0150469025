"""The file format safetensors, read with NumPy alone.

Eight bytes, the length of a header, little-endian; the header, JSON: {name: {dtype, shape, data_offsets}}; the numbers.
Thirty lines read it, so its package is not needed and there are no two ways that could differ. Nothing in it is run.
"""

import json
import os
import warnings
from typing import Any

import numpy as np

from lstm.weights.taken import WidenedWarning

TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U8": "u1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "BOOL": "?",
}  # fmt: skip
LONGEST = 100_000_000  # what the format allows for a header


def from_safetensors(path: str | os.PathLike[str], prefix: str = "") -> dict[str, np.ndarray]:
    """The arrays of a file, by name, those whose name begins with `prefix`; hand them to `from_pytorch`.

    BF16, a type that NumPy has not, is widened to float32, which keeps every value, with a `WidenedWarning`; the other
    types stay. Raises OSError where there is no such file, and ValueError where it is not of this format, is cut short,
    or has an array of a type that cannot be read.
    """
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or not 2 <= length <= min(LONGEST, size - 8):
            raise ValueError(
                f"path: expected a file of the format safetensors, got {os.fspath(path)!r}, which has no header"
            )
        try:
            header = json.loads(file.read(length))
            entries = {
                name: entry for name, entry in header.items() if name != "__metadata__" and name.startswith(prefix)
            }
            found = {name: _read(file, name, entry, 8 + length, size) for name, entry in entries.items()}
        except (UnicodeDecodeError, json.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
            raise ValueError(
                f"path: expected a header of the format safetensors in {os.fspath(path)!r}: {error}"
            ) from None
    halves = [name for name, entry in entries.items() if entry["dtype"] == "BF16"]
    if halves:
        warnings.warn(
            f"path: bfloat16 widened to float32, which keeps every value, in {halves[0]!r} and {len(halves) - 1} more",
            WidenedWarning,
            stacklevel=2,
        )
    return found


def _read(file: Any, name: str, entry: dict[str, Any], start: int, size: int) -> np.ndarray:
    """One array, from its entry in the header; the numbers begin at `start`. Raises ValueError."""
    dtype, shape, (first, last) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
    if dtype not in TYPES and dtype != "BF16":
        raise ValueError(
            f"path: expected float arrays, got {name!r} of {dtype}: store it as F32, or leave it out by prefix="
        )
    kind = np.dtype(TYPES.get(dtype, "<u2"))
    count = int(np.prod(shape, dtype=object)) if shape else 1
    if not 0 <= first <= last <= size - start or last - first != count * kind.itemsize:
        raise ValueError(
            f"path: expected {count} numbers of {dtype} for {name!r}, got {last - first} bytes: cut short?"
        )
    file.seek(start + first)
    numbers = np.frombuffer(file.read(last - first), kind)
    if dtype == "BF16":  # the upper half of a float32
        return (numbers.astype(np.uint32) << 16).view(np.float32).reshape(shape)
    return numbers.astype(kind.newbyteorder("=")).reshape(shape)
