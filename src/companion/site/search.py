"""What the search finds first: where a term is defined, an equation stands, a piece of code is explained.

Sphinx puts what is in its index before what is in the text, and the glossary enters its terms. Entered here, for the
search alone: every equation with a number, and every piece of code that the page of notation names. The script of the
page, book/assets/search.js, reads `Eq. 15` as `Eq. (15)`, and writes the excerpts.
"""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from companion.site.symbols import PAGE as NOTATION

TAG = re.compile(r"\\tag\{([^{}]+)\}")
NAME = re.compile(r"[_.\d]")  # what is in a name of code, W_2f, and not in a word, gradient


def equations(page: nodes.document) -> Iterator[tuple[str, str]]:
    """(entry, anchor) of each numbered equation that has an anchor."""
    for one in page.findall(nodes.math_block):
        if (tag := TAG.search(one.astext())) and (anchor := _anchor(one)):
            yield f"Eq. ({tag[1]})", anchor


def code(page: nodes.document) -> Iterator[tuple[str, str]]:
    """(entry, anchor) of each piece of code in the tables of the page, where it stands first."""
    seen = set()
    for row in page.findall(nodes.row):
        named = [one["ids"][0] for one in row.findall(nodes.inline) if one["ids"]]
        for one in row.findall(nodes.literal):
            text = one.astext()
            if text not in seen and NAME.search(text):
                seen.add(text)
                yield text, named[0] if named else _section(row)


def on_resolved(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """What Sphinx calls for each page before it writes it and reads it for the search."""
    found = [*equations(doctree), *(code(doctree) if page == NOTATION else ())]
    if found:
        entries = [("single", entry, anchor, "main", None) for entry, anchor in found]
        doctree += addnodes.index(entries=entries)


def on_page(app: Sphinx, page: str, *_: Any) -> None:
    """Only the page of the search needs the script."""
    if page == "search":
        app.add_js_file("search.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-resolved", on_resolved)
    app.connect("html-page-context", on_page)


def _anchor(equation: nodes.math_block) -> str:
    """The anchor of an equation, its own or that of the target before it; "" where it has none."""
    before = equation.previous_sibling()
    ids = equation["ids"] or (before["ids"] or [before.get("refid", "")] if isinstance(before, nodes.target) else [])
    return str(next(iter(ids), ""))


def _section(node: nodes.Node) -> str:
    """The anchor of the section in which a node stands."""
    above: Any = node
    while not isinstance(above, nodes.section):
        above = above.parent
    return str(above["ids"][0])
