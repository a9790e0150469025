"""Networks and records kept in files: what long runs leave, and what chapters show of it.

An .npz file holds the arrays of any number of `Model`s; beside it lies a .json record that says what made them: the
command, versions, processor, seconds. Nothing is pickled; the same networks give the same bytes.
"""

import json
from pathlib import Path

import numpy as np

from lstm import cell, checks, models, rnn

KINDS = {"lstm": cell.Params, "rnn": rnn.RNNParams}


def save_models(path, named):
    """Write {name: `Model`} to `path`, an .npz file: names are any strings without a slash."""
    arrays = {}
    for name, model in named.items():
        models.check_model(model)
        if "/" in name or not name:
            raise ValueError(f"named: expected names without a slash, got {name!r}")
        kind = next(kind for kind, layer in KINDS.items() if type(model.layer) is layer)
        fields = {**model.layer._asdict(), "W": model.W, "b": model.b}
        arrays |= {f"{name}/{kind}/{field}": array for field, array in fields.items()}
    np.savez_compressed(path, **arrays)


def load_models(path):
    """{name: `Model`} from a file that `save_models` wrote, in the order written.

    Raises ValueError where an array is missing or does not fit.
    """
    found = {}
    with np.load(path, allow_pickle=False) as arrays:
        for key in arrays.files:
            if key.count("/") != 2 or key.split("/")[1] not in KINDS:
                raise ValueError(f"path: expected arrays named name/lstm or rnn/field, got {key!r} in {path}")
            name, kind, field = key.split("/")
            found.setdefault((name, kind), {})[field] = arrays[key]
    return {name: _model(path, name, KINDS[kind], fields) for (name, kind), fields in found.items()}


def save_record(path, record):
    """Write a dict of numbers, strings and lists as JSON, in the order given."""
    Path(path).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8", newline="\n")


def load_record(path):
    """The dict that `save_record` wrote."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _model(path, name, layer, fields):
    want = {*layer._fields, "W", "b"}
    if set(fields) != want:
        raise ValueError(f"path: expected the arrays {sorted(want)} of {name!r}, got {sorted(fields)} in {path}")
    W, b = fields.pop("W"), fields.pop("b")
    model = models.check_model(models.Model(layer(**fields), W, b))
    checks.array("model.layer", fields[layer._fields[-1]], (W.shape[1],))
    return model
