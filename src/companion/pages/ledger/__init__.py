"""The ledger of the book: every statement with its evidence, every numbered equation with what stands behind it."""

from companion.pages.ledger.equations import Equation, equations, read_table
from companion.pages.ledger.statements import Entry, read, statements

__all__ = ["Entry", "Equation", "equations", "read", "read_table", "statements"]
