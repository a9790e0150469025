"""The docstrings of `lstm` as a page, book/reference.md, by Sphinx's autodoc.

They are written to be read in the source: code in `single marks`, formulas in plain letters, tables by spaces. Here
they are made the markup that autodoc expects: marks doubled, signs that mean something to it escaped, tables of two
columns made lists, and others kept.
"""

import re
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

CODE = re.compile(r"(`[^`]+`)")
SIGNS = re.compile(r"([*|_\\])")
ALIGNED = re.compile(r"^ +\S|\S {2,}\S")  # a line that is indented, or has columns
ROW, MORE = re.compile(r"(\S+(?: \S+)*) {2,}(?!.* {3})(\S.*)"), re.compile(r" {2,}(\S.*)")  # of two columns


def inline(text: str) -> str:
    """Words and code as reStructuredText."""
    pieces = CODE.split(text)
    pieces[::2] = [SIGNS.sub(r"\\\1", piece) for piece in pieces[::2]]
    pieces[1::2] = [rf"\ `{' '.join(piece.split())}`\ " for piece in pieces[1::2]]  # a word may go on at once
    return "".join(pieces)


def rows(lines: list[str]) -> dict[str, str]:
    """{first column: second} of a table of two columns, the second of one line or more; {} where it is none."""
    found: dict[str, str] = {}
    for line in lines:
        if row := ROW.fullmatch(line):
            found[row[1]] = row[2]
        elif found and (more := MORE.fullmatch(line)):
            found[next(reversed(found))] += f" {more[1]}"
        else:
            return {}
    return found


def markup(docstring: list[str]) -> Iterator[str]:
    """The lines of a docstring as reStructuredText, paragraph by paragraph."""
    for paragraph in "\n".join(docstring).strip("\n").split("\n\n"):
        lines = paragraph.split("\n")
        if paragraph.startswith("- ") or not any(ALIGNED.search(line) for line in lines):
            yield from inline(paragraph).split("\n")
        elif table := rows(lines):
            for name, meaning in table.items():
                yield from (inline(f"`{name}`"), f"   {inline(meaning)}")
        else:
            yield from ("::", "", *(f"   {line}" for line in lines))
        yield ""


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("config-inited", _configure)
    app.connect("autodoc-process-docstring", _process)
    app.connect("autodoc-skip-member", _skip)


def _configure(_app: Sphinx, config: Any) -> None:
    config.autodoc_typehints = "none"  # the docstrings say what an argument may be
    config.autodoc_member_order = "bysource"
    config.toc_object_entries = False  # the contents beside the page name the modules


def _process(_app: Sphinx, _what: str, _name: str, _thing: object, _options: object, lines: list[str]) -> None:
    lines[:] = markup(lines)


def _skip(_app: Sphinx, _what: str, _name: str, thing: Any, _skip: bool, _options: object) -> bool | None:
    """Leave out the fields of a NamedTuple, of which Python says their number alone."""
    return True if str(getattr(thing, "__doc__", "")).startswith("Alias for field number") else None
