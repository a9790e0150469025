"""Networks and records kept in files: what long runs leave, and what chapters show of it.

An .npz file holds the arrays of any number of `Model`s; beside it lies a .json record that says what made them: the
command, versions, processor, seconds. Nothing is pickled; the same networks give the same bytes. A file is replaced as
a whole: what is killed while it writes leaves the old one.
"""

import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from lstm.training import models
from lstm.training.kinds import KINDS, name_of


def save_models(path: str | Path, named: Mapping[str, models.Model]) -> None:
    """Write {name: `Model`} to the file `path`, an .npz archive: names are any strings without a slash.

    Nothing is written where a name or a model is refused, by TypeError or ValueError.
    """
    arrays: dict[str, Any] = {}
    for name, model in named.items():
        models.check_model(model)
        if not isinstance(name, str) or "/" in name or not name:
            raise ValueError(f"named: expected names without a slash, got {name!r}")
        kind = name_of(model.layer)
        fields = model.layer._asdict() | dict(zip(KINDS[kind].readout, (model.W, model.b), strict=True))
        arrays |= {f"{name}/{kind}/{field}": array for field, array in fields.items()}
    save_arrays(path, arrays)


def save_arrays(path: str | Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write {name: array} to the file `path`, an .npz archive that `numpy.load` reads.

    Raises TypeError for an array of Python objects, which would have to be pickled.
    """
    if odd := [name for name, array in arrays.items() if np.asarray(array).dtype.hasobject]:
        raise TypeError(f"arrays: expected numbers, got objects in {odd[0]!r}")
    named: dict[str, Any] = dict(arrays)
    file = io.BytesIO()  # NumPy would add a suffix to a name without one
    np.savez_compressed(file, **named)
    replace(path, file.getvalue())


def load_models(path: str | Path) -> dict[str, models.Model]:
    """{name: `Model`} from a file that `save_models` wrote, in the order written.

    Raises ValueError where the file is of another kind, or an array is missing or does not fit.
    """
    found: dict[tuple[str, str], dict[str, np.ndarray]] = {}
    arrays = np.load(path, allow_pickle=False)
    if not isinstance(arrays, np.lib.npyio.NpzFile):
        raise ValueError(f"path: expected an .npz archive of networks, got one array in {path}")
    with arrays:
        for key in arrays.files:
            if key.count("/") != 2 or key.split("/")[1] not in KINDS:
                raise ValueError(f"path: expected arrays named name/lstm or rnn/field, got {key!r} in {path}")
            name, kind, field = key.split("/")
            found.setdefault((name, kind), {})[field] = arrays[key]
    return {name: _model(path, name, kind, fields) for (name, kind), fields in found.items()}


def load_fields(path: str | Path) -> dict[tuple[str, ...], dict[str, np.ndarray]]:
    """{names: {field: array}} from a file of `save_arrays` whose arrays are called name/.../field.

    Nothing is checked.
    """
    found: dict[tuple[str, ...], dict[str, np.ndarray]] = {}
    with np.load(path, allow_pickle=False) as arrays:
        for key in arrays.files:
            *names, field = key.split("/")
            found.setdefault(tuple(names), {})[field] = arrays[key]
    return found


def save_record(path: str | Path, record: dict[str, Any]) -> None:
    """Write a dict of numbers, strings, lists and dicts as JSON, in the order given, a list of numbers on one line.

    Raises TypeError for anything else, ValueError for a number that is not finite: JSON has none.
    """
    replace(path, (_json(record) + "\n").encode())


def load_record(path: str | Path) -> dict[str, Any]:
    """The dict that `save_record` wrote."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def replace(path: str | Path, content: bytes) -> None:
    """Write a file beside `path` that then takes its place in one step: there is the old content, or all of the new."""
    path = Path(path)
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(content)
    os.replace(beside, path)


def _json(value: object, indent: str = "\n") -> str:
    deeper = indent + " "
    if isinstance(value, dict):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"record: expected strings as keys, as JSON has them, got {odd[0]!r}")
        inner = ",".join(f"{deeper}{json.dumps(key)}: {_json(part, deeper)}" for key, part in value.items())
        return "{" + inner + indent + "}" if value else "{}"
    if isinstance(value, (list, tuple)) and any(isinstance(part, (dict, list, tuple)) for part in value):
        return "[" + ",".join(deeper + _json(part, deeper) for part in value) + indent + "]"
    return json.dumps(value, allow_nan=False)


def _model(path: str | Path, name: str, kind: str, fields: dict[str, np.ndarray]) -> models.Model:
    params, readout = KINDS[kind].params, KINDS[kind].readout
    want = {*params._fields, *readout}
    if set(fields) != want:
        raise ValueError(f"path: expected the arrays {sorted(want)} of {name!r}, got {sorted(fields)} in {path}")
    W, b = map(fields.pop, readout)
    try:
        return models.check_model(models.Model(params(**fields), W, b))
    except (TypeError, ValueError) as error:
        raise ValueError(f"path: {name!r} in {path}: {error}") from None
