"""Finished jobs of a run that is not finished: a file each in results/.parts/NAME/CODE, until the record is written.

They are pickles, which this machine wrote for itself: nothing else reads them, and they go nowhere. A job is found
again only where the function, its arguments, the commit of the protocol, the versions, and all of the code and data of
the project are the same. Any change of them starts afresh: there is no option that keeps what other code has made.
"""

import ast
import contextlib
import hashlib
import pickle
import platform
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import companion
import lstm
from companion import files
from lstm.training import stored

SOURCES = {
    "lstm": (Path(lstm.__file__).parent, "*.py"),
    "companion": (Path(companion.__file__).parent, "*.py"),
    "experiments": (Path(__file__).parent, "*.py"),
    "data": (files.FOLDER / "data", "*"),
}


class Part(NamedTuple):
    """One finished job: what the function returned, the seconds of a processor it took, and which processor."""

    result: Any
    seconds: float
    processor: str


def _version(package):
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def fingerprint(sources=SOURCES):
    """Of the code and data of the experiments, {name: (folder, pattern)}, and of the versions they run with."""
    found = hashlib.sha256(repr((platform.python_version(), _version("numpy"), _version("numba"))).encode())
    for name, (folder, pattern) in sources.items():
        for path in sorted(folder.rglob(pattern)):
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                found.update(repr((name, path.relative_to(folder).as_posix(), content)).encode())
    return found.hexdigest()


CODE = fingerprint()  # of what this process has imported: what is changed later on is not what it runs


def folder(results, name, code, commit):
    """Where the parts of a run with this code and this protocol lie."""
    return results / ".parts" / name / hashlib.sha256(repr((code, commit)).encode()).hexdigest()[:16]


def key(function, job):
    """The name of a job's part. Raises TypeError where a job is not a tuple of numbers, strings and the like."""
    try:
        plain = isinstance(job, tuple) and ast.literal_eval(repr(job)) == job
    except (ValueError, SyntaxError):
        plain = False
    if not plain:
        raise TypeError(f"jobs: expected tuples of plain arguments, got {job!r}")
    told = (function.__module__, function.__qualname__, repr(job))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def load(place, key):
    """The `Part` of this key in the folder `place`, None where there is none."""
    path = place / f"{key}.pickle"
    return pickle.loads(path.read_bytes()) if path.exists() else None


def save(place, key, part):
    """Write a `Part`, whole or not at all."""
    place.mkdir(parents=True, exist_ok=True)
    stored.replace(place / f"{key}.pickle", pickle.dumps(part))


def remove(results, name):
    """Remove all parts of an experiment, and what is left of the folder where they were the last."""
    shutil.rmtree(results / ".parts" / name, ignore_errors=True)
    with contextlib.suppress(OSError):  # there is none, or others have parts in it
        (results / ".parts").rmdir()
