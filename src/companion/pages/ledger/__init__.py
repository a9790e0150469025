"""The ledger of the book: every statement with its evidence, every numbered equation with what stands behind it."""

from pathlib import Path

from companion.pages.ledger.equations import Equation, equations, read_table, whole
from companion.pages.ledger.statements import WITHOUT, Entry, read, statements, stored, titles

__all__ = [
    "WITHOUT",
    "Entry",
    "Equation",
    "check",
    "equations",
    "read",
    "read_table",
    "statements",
    "stored",
    "titles",
    "whole",
]


def check(root: Path) -> None:
    """Raise ValueError where a chapter of the book in `root` has no statement, or an equation lacks something."""
    chapters = titles(root)
    statements(read([root / "book" / f"{page}.ipynb" for page in chapters]), chapters)
    whole(read_table(), root / "book")
