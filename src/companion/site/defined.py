"""Leads from the place where a chapter defines a symbol back to its row on the page of notation.

The row says where: at a label, or on a page. The place is the section that has the label, or, of a page, the first one
whose formulas use the symbol. Under its heading a small line leads to the rows, and the row leads to this line where it
names no label. The chapters say nothing of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from docutils import nodes
from sphinx.application import Sphinx

from companion.site import symbols
from companion.site.symbols import PAGE, Row

SAID = "Defined in this section:"
Ids = Mapping[str, str]


def places(page: nodes.document, symbols_: Sequence[Row], name: str, ids: Ids) -> dict[str, nodes.section]:
    """{anchor: the section that defines the symbol} of the rows defined on the page; `ids` takes labels to their ids.

    Raises ValueError for a row that names the page, of which no section uses the symbol or has the label.
    """
    found: dict[str, nodes.section] = {}
    sections = list(_sections(page))
    for row in symbols_:
        if name not in row.pages:
            continue
        if label := row.pages[name]:
            some = [one for one in sections if ids[label] in _ids(one)]
        else:
            some = [one for one in sections if row.anchor in symbols.used(_formulas(one), symbols_, name)]
        if not some:
            raise ValueError(f"{PAGE}: {row.anchor} is said to be defined in {name} {label}, and no section has it")
        found[row.anchor] = some[0]
    return found


def line(rows: Sequence[Row], address: str) -> nodes.paragraph:
    """The line under the heading of a section: a link to the row of each symbol that the section defines."""
    links: list[nodes.Node] = []
    for row in rows:
        link = nodes.reference("", "", internal=True, refuri=f"{address}#{row.anchor}", classes=["symbol"])
        link["reftitle"], link["ids"] = row.sentence, [target(row.anchor)]
        link += symbols.listed([nodes.math(one, one) for one in row.forms]) or [nodes.Text(row.name)]
        links.append(link)
    return nodes.paragraph("", "", nodes.Text(f"{SAID} "), *symbols.listed(links), classes=["defined"])


def target(anchor: str) -> str:
    """The id of the link that leads back to a row."""
    return f"defined-{anchor}"


def add_lines(page: nodes.document, symbols_: Sequence[Row], name: str, ids: Ids, address: str) -> None:
    """Put the line under the heading of each section of the page that defines a symbol."""
    there: dict[nodes.section, list[Row]] = {}
    for anchor, section in places(page, symbols_, name, ids).items():
        there.setdefault(section, []).extend(row for row in symbols_ if row.anchor == anchor)
    for section, rows in there.items():
        section.insert(section.index(next(section.findall(nodes.title))) + 1, line(rows, address))


def lead_there(notation: nodes.document) -> None:
    """On the page of notation, let the links of "defined in" that name a page and no label lead to the line there."""
    for anchor, cells in symbols.table_rows(notation):
        for link in cells["defined in"].findall(nodes.reference):
            if "#" not in link.get("refuri", "#"):
                link["refuri"] += f"#{target(anchor['ids'][0])}"


def on_resolved(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """What Sphinx calls for each page before it writes it."""
    if PAGE not in app.env.found_docs:
        return
    if page == PAGE:
        lead_there(doctree)
        return
    labels = app.env.domaindata["std"]["anonlabels"]
    rows = symbols.rows(app.env.get_doctree(PAGE), lambda label: labels.get(label, ("",))[0])
    ids = {label: found[1] for label, found in labels.items()}
    add_lines(doctree, rows, page, ids, app.builder.get_relative_uri(page, PAGE))


def _sections(page: nodes.document) -> Iterator[nodes.section]:
    """The sections below the chapter's own, whose head has no place for a line."""
    return (one for one in page.findall(nodes.section) if isinstance(one.parent, nodes.section))


def _own(section: nodes.section, wanted: Callable[[nodes.Node], bool]) -> Iterator[nodes.Element]:
    """The nodes of a section that stand in none of its subsections."""
    for child in section.children:
        if not isinstance(child, nodes.section):
            yield from child.findall(wanted)


def _formulas(section: nodes.section) -> list[str]:
    return [one.astext() for one in _own(section, lambda node: isinstance(node, (nodes.math, nodes.math_block)))]


def _ids(section: nodes.section) -> set[str]:
    inside = _own(section, lambda node: isinstance(node, nodes.Element))
    return {*section["ids"], *(one for node in inside for one in node["ids"])}
