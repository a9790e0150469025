"""The ledger of the book: every statement with its evidence, every numbered equation with what stands behind it."""

from companion.pages.ledger.equations import Equation, equations, read_table
from companion.pages.ledger.statements import WITHOUT, Entry, read, statements, titles

__all__ = ["WITHOUT", "Entry", "Equation", "equations", "read", "read_table", "statements", "titles"]
