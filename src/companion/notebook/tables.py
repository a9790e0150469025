"""Tables of results: numbers under headings, aligned, as a table of the page and as text for the tests."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any


class Table:
    """Rows of words under headings (Markdown, formulas allowed); `right` says which columns are numbers."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
        self.headings, self.rows, self.right = list(headings), [list(row) for row in rows], list(right)

    def __repr__(self) -> str:
        lines = [self.headings, *self.rows]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.headings))]
        return "\n".join("  ".join(self._padded(line, widths)).rstrip() for line in lines)

    def _padded(self, line: list[str], widths: list[int]) -> list[str]:
        return [
            word.rjust(width) if right else word.ljust(width)
            for word, width, right in zip(line, widths, self.right, strict=True)
        ]

    def _repr_markdown_(self) -> str:
        rule = ["--:" if right else ":--" for right in self.right]
        rows = [[word.replace("|", "\\|") for word in row] for row in self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in [self.headings, rule, *rows])


def table(columns: Mapping[str, Sequence[Any]], formats: Mapping[str, str] | None = None) -> Table:
    """Return the `Table` of `columns`, heading -> values, of equal lengths, numbers written as `formats` say.

    `formats` maps a heading to a format of Python, ".3f", ".1%", "+.2e"; without one a value is written as it is.
    A column of numbers stands to the right, one of words to the left. The cells of words are Markdown. A value that is
    None leaves its cell empty. Raises ValueError for columns that differ in length, that are none, or without a
    heading, and for a format of no column.
    """
    formats = dict(formats or {})
    lengths = {heading: len(values) for heading, values in columns.items()}
    if len(set(lengths.values())) != 1 or 0 in lengths.values():
        raise ValueError(f"columns: expected columns of one length, at least 1, got {lengths}")
    if blank := [heading for heading in columns if not heading.strip()]:
        raise ValueError(f"columns: expected a heading for each column, got {blank}")
    if unknown := formats.keys() - columns.keys():
        raise ValueError(f"formats: expected formats of {list(columns)}, got one of {sorted(unknown)}")
    written = [[_written(value, formats.get(heading, "")) for value in values] for heading, values in columns.items()]
    right = [all(value is None or isinstance(value, Real) for value in values) for values in columns.values()]
    return Table(list(columns), list(zip(*written, strict=True)), right)


def _written(value: Any, form: str) -> str:
    """A value as its cell has it; a minus is a minus, not a hyphen."""
    if value is None:
        return ""
    word = format(value, form)
    if isinstance(value, Real) and not word.strip("-0.%"):  # rounded to nothing, whose sign is the processor's
        word = word.removeprefix("-")
    return word.replace("-", "−") if isinstance(value, Real) else word
