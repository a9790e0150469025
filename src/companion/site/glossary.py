"""Links the first use of each term of the glossary, in every chapter, to its definition, and shows its first sentence.

The chapters say nothing of it: a term is found in the text of a page, in the singular or with an s, in any case. Left
alone are headings, links, formulas, code, tables and the notes of a bibliography.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

PAGE = "book/glossary"
LEFT_ALONE = (
    nodes.title,
    nodes.reference,
    nodes.pending,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.table,
    nodes.raw,
    nodes.citation,
    nodes.target,
    nodes.rubric,
)
SIGNS = {
    r"\odot": "⊙",
    r"\cdots": "…",
    r"\sigma": "σ",
    r"\tanh": "tanh",
    r"\log": "log",
    r"\tfrac12": "½",
    r"\theta": "θ",
}


class Term(NamedTuple):
    """The anchor of a term on the page of the glossary, and the first sentence of its definition."""

    anchor: str
    sentence: str


def terms(glossary: nodes.document) -> dict[str, Term]:
    """{term in lower case: `Term`} of the page of the glossary."""
    found = {}
    for item in glossary.findall(nodes.definition_list_item):
        sentence = first_sentence(next(item.findall(nodes.definition)))
        names = list(item.findall(nodes.term))
        for term in names:  # other names of one thing lead to the first
            found[term.astext().strip().lower()] = Term(names[0]["ids"][0], sentence)
    return found


def first_sentence(definition: nodes.Node) -> str:
    """The first sentence of a definition, its formulas in plain letters."""
    words = definition.astext()
    for command, sign in SIGNS.items():
        words = words.replace(command, sign)
    words = re.sub(r"\s+", " ", re.sub(r"\\mathrm|\\,|[{}]", "", words)).strip()
    return re.split(r"(?<!\bEq\.)(?<=\.)\s", words, maxsplit=1)[0]


def pattern(names: Mapping[str, Term]) -> re.Pattern[str]:
    """Finds any of the names, the longest first, as whole words, with an s or without."""
    each = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({each})(s?)(?![\w-])", re.IGNORECASE)


def link(page: nodes.document, names: Mapping[str, Term], address: str) -> list[str]:
    """Link the first use of each name on the page to `address`; return the names linked, in their order."""
    found, done = pattern(names), dict[str, str]()
    for text in list(_texts(page)):
        pieces: list[nodes.Node] = []
        end = 0
        for match in found.finditer(text):
            name = re.sub(r"\s+", " ", match[1].lower())
            anchor, sentence = names[name]
            if anchor in done:
                continue
            done[anchor] = name
            reference = nodes.reference(match[0], match[0], internal=True, refuri=f"{address}#{anchor}")
            reference["reftitle"], reference["classes"] = sentence, ["term"]
            pieces += [nodes.Text(text[end : match.start()]), reference]
            end = match.end()
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(text[end:])])
    return list(done.values())


def on_resolved(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """What Sphinx calls for each page before it writes it."""
    if page != PAGE and PAGE in app.env.found_docs:
        address = app.builder.get_relative_uri(page, PAGE)
        link(doctree, terms(app.env.get_doctree(PAGE)), address)


def _texts(page: nodes.document) -> Iterator[nodes.Text]:
    """The texts of the page in which a term may be linked."""
    for text in page.findall(nodes.Text):
        node: Any = text.parent
        while node is not None and not isinstance(node, LEFT_ALONE):
            node = node.parent
        if node is None and any(isinstance(one, (nodes.paragraph, nodes.list_item)) for one in _above(text)):
            yield text


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node
