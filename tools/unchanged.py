"""Which chapters need not run again: nothing that their outputs come from has changed since they were stored here."""

import hashlib
import json
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "_build" / "ran.json"
SOURCES = ("src/**/*", "tools/*.py", "requirements.txt", "constraints.txt", "_toc.yml")


def around() -> str:
    """A digest of all that chapters may read, and of the Python and the packages that run them."""
    found = hashlib.sha256(sys.version.encode())
    found.update(repr(sorted((one.name, one.version) for one in distributions())).encode())
    files = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file())
    for path in files:
        if not any(part == "__pycache__" or part.endswith(".egg-info") for part in path.parts):
            found.update(f"\n{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def digest(path: Path, about: str) -> str:
    """A digest of a chapter as it is stored, its outputs too, and of what is around it."""
    return hashlib.sha256(about.encode() + path.read_bytes()).hexdigest()


def noted() -> dict[str, str]:
    """{chapter: digest} of what was stored here; nothing where that cannot be read."""
    try:
        return dict(json.loads(PLACE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def changed(paths: Iterable[Path], about: str) -> list[Path]:
    """The chapters that have to run."""
    before = noted()
    return [path for path in paths if before.get(path.name) != digest(path, about)]


def note(paths: Iterable[Path], about: str) -> None:
    """Remember these chapters, which were stored after they ran amid `about`."""
    PLACE.parent.mkdir(exist_ok=True)
    found = noted() | {path.name: digest(path, about) for path in paths}
    PLACE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
