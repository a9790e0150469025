"""Every numbered equation of the book: where it is derived, the function that is it, its check, and where to see it."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from IPython.display import Markdown

from companion.notebook.contents import slug

TABLE = Path(__file__).with_name("equations.yml")
LABEL = re.compile(r"^\((eq-[\w-]+)\)=", re.MULTILINE)


class Equation(NamedTuple):
    """`at` is PAGE#LABEL; `derived` and `seen` are PAGE#HEADING, `check` is FILE::TEST, `function` a dotted name."""

    number: str
    at: str
    derived: str
    function: str
    check: str
    seen: str


def read_table(path: Path = TABLE) -> list[Equation]:
    """The table of equations.yml. Raises ValueError where a row lacks an entry, or has one of another name."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    for number, row in rows.items():
        if set(row) != set(Equation._fields[1:]) or not all(row.values()):
            raise ValueError(f"{path.name}: ({number}): expected {', '.join(Equation._fields[1:])}, got {sorted(row)}")
    return [Equation(str(number), **row) for number, row in rows.items()]


def whole(table: list[Equation], book: Path) -> None:
    """Raise ValueError where the table is not that of the notebooks in `book`, and say all that is missing.

    That is an equation without a row, a row without its equation, heading, function or test.
    """
    if missing := list(_missing(table, book)):
        raise ValueError("table: " + "; ".join(missing))


def equations(table: list[Equation]) -> Markdown:
    """The table in Markdown, a row for each numbered equation."""
    rows = ["| equation | derived | function | check | to be seen |", "|---|---|---|---|---|"]
    for one in table:
        number = f'<a href="{one.at.replace("#", ".html#")}">{one.number}</a>'
        derived, seen = (_link(target) for target in (one.derived, one.seen))
        test = one.check.partition("::test_")[2].replace("_", " ")
        function = f"<code>{one.function.replace('.', '.<wbr>')}</code>"  # a narrow column may break at the dots
        rows.append(f"| {number} | {derived} | {function} | {test} | {seen} |")
    return Markdown("\n".join(rows))


def labels(book: Path) -> set[str]:
    """PAGE#LABEL of every labelled equation in the notebooks of `book`."""
    found = set()
    for path in sorted(book.glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                found |= {f"{path.stem}#{label}" for label in LABEL.findall(cell.source)}
    return found


def _missing(table: list[Equation], book: Path) -> Iterator[str]:
    there, known = labels(book), {one.at for one in table}
    yield from (f"no row for {at}" for at in sorted(there - known))
    yield from (f"a row for {at}, which is not there" for at in sorted(known - there))
    for one in table:
        for target in (one.derived, one.seen):
            page, _, heading = target.partition("#")
            if heading not in _headings(book / f"{page}.ipynb"):
                yield f"({one.number}): no heading {heading!r} on page {page}"
        if not _is_function(one.function):
            yield f"({one.number}): no function {one.function}"
        file, _, test = one.check.partition("::")
        path = book.resolve().parent / file
        if not path.exists() or f"def {test}(" not in path.read_text(encoding="utf-8"):
            yield f"({one.number}): no test {one.check}"


def _headings(path: Path) -> set[str]:
    if not path.exists():
        return set()
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    return {slug(text) for source in cells for text in re.findall(r"^#+ (.*)$", source, re.MULTILINE)}


def _link(target: str) -> str:
    page, _, heading = target.partition("#")
    return f'<a href="{page}.html#{heading}">{heading.replace("-", " ")}</a>'


def _is_function(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        return callable(getattr(importlib.import_module(module), attribute, None))
    except ImportError:
        return False
