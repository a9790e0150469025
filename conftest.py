"""Which notebooks the tests run, those of the contents, and where; which tests need packages that are not here."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import nbval.plugin
from tools.refresh import chapters

BOOK = Path(__file__).parent / "book"
STRAYS = sorted(set(BOOK.glob("*.ipynb")) - set(chapters(BOOK)))
FRAMEWORKS = Path(__file__).parent / "tests" / "interop"
MISSING = [name for name in ("torch", "keras", "onnx", "onnxruntime", "safetensors") if find_spec(name) is None]


class Alone(nbval.plugin.RunningKernel):
    """The kernel of one notebook, in an empty folder and not in book/: a chapter runs wherever a reader has put it."""

    def __init__(self, *arguments, cwd, **options):
        self.empty = TemporaryDirectory(ignore_cleanup_errors=True)
        super().__init__(*arguments, cwd=self.empty.name, **options)

    def stop(self):
        super().stop()
        self.empty.cleanup()


nbval.plugin.RunningKernel = Alone  # nbval has no option for the folder


def pytest_ignore_collect(collection_path):
    """Left out: a notebook in book/ that _toc.yml does not name, a reader's own, and tests of frameworks not here."""
    strange = MISSING and FRAMEWORKS in (collection_path, *collection_path.parents)
    return True if strange or collection_path in STRAYS else None


def pytest_report_header():
    without = [f"tests/interop left out: no {', '.join(MISSING)} here; make interop runs it"] if MISSING else []
    return without + [f"not in _toc.yml, so not checked: book/{path.name}" for path in STRAYS]
