"""Which notebooks the tests run: those of the contents."""

from pathlib import Path

from tools.refresh import chapters

BOOK = Path(__file__).parent / "book"
STRAYS = sorted(set(BOOK.glob("*.ipynb")) - set(chapters(BOOK)))


def pytest_ignore_collect(collection_path):
    """A notebook in book/ that _toc.yml does not name is a reader's own: it is not checked."""
    return True if collection_path in STRAYS else None


def pytest_report_header():
    return [f"not in _toc.yml, so not checked: book/{path.name}" for path in STRAYS]
