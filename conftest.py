"""Which notebooks the tests run, those of the contents, and which tests need packages that are not here."""

from importlib.util import find_spec
from pathlib import Path

from tools.refresh import chapters

BOOK = Path(__file__).parent / "book"
STRAYS = sorted(set(BOOK.glob("*.ipynb")) - set(chapters(BOOK)))
FRAMEWORKS = Path(__file__).parent / "tests" / "interop"
MISSING = [name for name in ("torch", "keras", "onnx", "onnxruntime", "safetensors") if find_spec(name) is None]


def pytest_ignore_collect(collection_path):
    """Left out: a notebook in book/ that _toc.yml does not name, a reader's own, and tests of frameworks not here."""
    strange = MISSING and FRAMEWORKS in (collection_path, *collection_path.parents)
    return True if strange or collection_path in STRAYS else None


def pytest_report_header():
    without = [f"tests/interop left out: no {', '.join(MISSING)} here; make interop runs it"] if MISSING else []
    return without + [f"not in _toc.yml, so not checked: book/{path.name}" for path in STRAYS]
