"""What was measured of all networks, in one file: arrays by measurement and field, a row a network.

Numbers are kept to about six digits: more would fill the file with noise that the next processor has otherwise.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Clamps, Small
from lstm.training import stored

KINDS: dict[str, Any] = {"gates": Gates, "chain": Chain, "small": Small, "clamps": Clamps}
BITS = 21  # of the mantissa that are kept


def save(path: str | Path, measured: Mapping[str, Mapping[str, Any]]) -> None:
    """Write {kind: {name of a network: measurement}}, kinds of `KINDS`, to an .npz file.

    Raises ValueError for another kind, TypeError for another measurement than belongs to it.
    """
    arrays: dict[str, Any] = {}
    for kind, networks in measured.items():
        if kind not in KINDS:
            raise ValueError(f"measured: expected kinds of {list(KINDS)}, got {kind!r}")
        if odd := [name for name, one in networks.items() if type(one) is not KINDS[kind]]:
            raise TypeError(f"measured: expected {KINDS[kind].__name__} of {odd[0]!r}")
        arrays[f"{kind}/names"] = np.array(list(networks))
        for field in KINDS[kind]._fields:
            arrays[f"{kind}/{field}"] = short(np.array([getattr(one, field) for one in networks.values()]))
    stored.save_arrays(path, arrays)


def load(path: str | Path) -> dict[str, dict[str, Any]]:
    """What `save` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return {kind: _networks(kind, arrays) for kind in KINDS if f"{kind}/names" in arrays.files}


def short(a: np.ndarray) -> np.ndarray:
    """`a` with floats rounded to `BITS` bits of their mantissa; everything else as it is."""
    if a.dtype.kind != "f":
        return a
    mantissa, exponent = np.frexp(a)
    return np.ldexp(np.round(np.ldexp(mantissa, BITS)), exponent - BITS)


def agree(one: Any, other: Any, rtol: float = 1e-4) -> bool:
    """Whether two measurements are of one kind and equal in all that they have, floats to `rtol`, tiny ones to 1e-9."""
    if type(one) is not type(other):
        return False
    return all(np.allclose(a, b, rtol=rtol, atol=1e-9, equal_nan=True) for a, b in zip(one, other, strict=True))


def _networks(kind: str, arrays: Any) -> dict[str, Any]:
    fields = [arrays[f"{kind}/{field}"] for field in KINDS[kind]._fields]
    names = [str(name) for name in arrays[f"{kind}/names"]]
    return {name: KINDS[kind](*(_plain(a[k]) for a in fields)) for k, name in enumerate(names)}


def _plain(a: Any) -> Any:
    """A number or truth value as Python has it; an array as it is."""
    return a.item() if np.ndim(a) == 0 else a
