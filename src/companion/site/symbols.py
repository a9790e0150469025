r"""Links the symbols of every chapter to their rows on the page of notation, and each row to the pages that use it.

The chapters say nothing of it, and no formula is touched. A chapter whose formulas use symbols gets a line of links
after "What you need.", and a row gets a fold with the pages. Which symbols there are, the page of notation alone says:
the formulas in the anchor of a row, "$z_*^{(t)}$", are the forms of its symbol. How a form is found:

* `*` stands for one of i, f, o, g, and `(t)` for any time.
* A letter with a time is found only with one, for letters are scarce; those with a colour of their own mean the same
  everywhere, and are found without it too. A letter without a time is not found with one.
* Subscripts are no symbols. An entry, c_j, is a use of c; z_f is no use of z, for * is a gate.
* Where two rows have one form, the row that is defined on the page has it there, and elsewhere the first row.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from companion.notebook.contents import contents
from companion.site.glossary import first_sentence

PAGE = "book/notation"
NEEDS = "What you need."
WORDS = re.compile(r"\\(?:text|mathrm|operatorname|tag|begin|end)\{[^{}]*\}")
COLOUR = re.compile(r"\\textcolor\{#\w+\}")
SUBSCRIPT = re.compile(r" _ (?=((?:\{ )?[ifog*])?)(?:\{[^{}]*\}|\S+)")  # group 1: that of a gate
TIME = r"\^ \{ \( [^{}]+ \) \}"


class Row(NamedTuple):
    """A row on the page of notation: its anchor, its forms in TeX, what it means, its name as text.

    `pages` are those that define the symbol, each with the label of the place, "" where the row names the page alone.
    """

    anchor: str
    forms: tuple[str, ...]
    pages: Mapping[str, str]
    sentence: str
    name: str = ""


def tokens(tex: str) -> str:
    r"""The formula as tokens with a space between: without colour, words and space; `\frac{a}{b}` as a / b.

    Of the braces those of subscripts and superscripts are left.
    """
    tex = COLOUR.sub("", WORDS.sub(lambda match: " d " if match[0] == r"\mathrm{d}" else " ", tex))
    out: list[str] = []
    closing: list[list[str]] = []  # what each open brace becomes where it ends
    fraction = False
    for token in re.findall(r"\\[A-Za-z]+|\\.|\S", tex):
        if token == "{":
            kept = bool(out) and out[-1] in ("^", "_")
            out += ["{"] if kept else []
            closing.append(["}"] if kept else ["/"] if fraction else [])
            fraction = False
        elif token == "}":
            out += closing.pop() if closing else []
        elif token in (r"\frac", r"\tfrac", r"\dfrac"):
            fraction = True
        elif token != "&" and re.match(r"\\[A-Za-z]|[^\\]", token):
            out.append(token)
    return " ".join(out)


def rows(notation: nodes.document, labelled: Callable[[str], str]) -> list[Row]:
    """The rows of the page of notation, in order; `labelled` takes a label to the page that it stands on."""
    found = []
    for anchor, cells in table_rows(notation):
        places = cells["defined in"].findall(addnodes.pending_xref)
        pages = dict(
            (x["reftarget"], "") if x.get("refdomain") == "doc" else (labelled(x["reftarget"]), x["reftarget"])
            for x in places
        )
        forms = tuple(one.astext() for one in anchor.findall(nodes.math))
        found.append(Row(anchor["ids"][0], forms, pages, first_sentence(cells["meaning"]), anchor.astext()))
    return found


def pattern(form: str) -> re.Pattern[str]:
    """Finds a symbol, given in TeX as in its row, in `tokens` of formulas."""
    each = []
    for one in tokens(form).split(" , "):
        head = re.sub(r"^(\S+) \( .*", r"\1", one)  # sigma(z)
        plain = re.sub(r" \^ \{ \( [ts] \) \}$", "", head)
        found = re.escape(plain).replace(r"\ ", " ").replace("_ \\*", r"_ (?:\{ )?[ifog*]").replace(r"\*", "[ifog*]")
        found = re.sub(r"\\\^ \\\{ \\\( [ts] \\\) \\\}", lambda _: TIME, found)
        if " " not in plain and not COLOUR.search(form):  # a bare letter
            found += f"(?= {TIME})" if plain != head else rf"(?! {TIME})"
        each.append(found)
    return re.compile(rf"(?<!\S)(?:{'|'.join(each)})(?!\S)")


def used(formulas: Iterable[str], symbols: Sequence[Row], page: str) -> dict[str, list[str]]:
    """{anchor: the forms that the formulas of the page use} of the rows that have any, in the order of the rows."""
    whole = "\n".join(map(tokens, formulas))
    bare = SUBSCRIPT.sub(lambda match: " _" if match[1] else "", whole)
    owners: dict[re.Pattern[str], Row] = {}
    for row in symbols:
        for found in map(pattern, row.forms):
            if found not in owners or page in row.pages:
                owners[found] = row
    hits: dict[str, list[str]] = {}
    for row in symbols:
        own = [one for one in row.forms if owners[pattern(one)] is row]
        if forms := [one for one in own if pattern(one).search(whole if "_" in one else bare)]:
            hits[row.anchor] = forms
    return hits


def line(forms: Mapping[str, list[str]], symbols: Sequence[Row], address: str) -> nodes.paragraph:
    """The line of a chapter: a link to the row for each symbol it uses."""
    said = {row.anchor: row.sentence for row in symbols}
    links: list[nodes.Node] = []
    for anchor, ones in forms.items():
        link = nodes.reference("", "", internal=True, refuri=f"{address}#{anchor}", classes=["symbol"])
        link["reftitle"] = said[anchor]
        link += listed([nodes.math(one, one) for one in ones])
        links.append(link)
    return nodes.paragraph("", "", nodes.strong("", "Symbols."), nodes.Text(" "), *listed(links), classes=["symbols"])


def add_pages(notation: nodes.document, pages: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Put under each row of the page of notation a fold with its pages, {anchor: [(title, address)]}."""
    for anchor, cells in list(table_rows(notation)):
        if places := pages.get(anchor["ids"][0]):
            links = [nodes.reference("", title, internal=True, refuri=address) for title, address in places]
            count = f"used on {len(links)} page{'s' * (len(links) > 1)}"
            opening = nodes.raw("", f'<details class="uses"><summary>{count}</summary>', format="html")
            cell = nodes.entry("", opening, nodes.paragraph("", "", *listed(links)), morecols=len(cells) - 1)
            cell += nodes.raw("", "</details>", format="html")
            row = cells["symbol"].parent
            row.parent.insert(row.parent.index(row) + 1, nodes.row("", cell))


def on_resolved(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """What Sphinx calls for each page before it writes it."""
    if PAGE not in app.env.found_docs:
        return
    labels = app.env.domaindata["std"]["anonlabels"]
    symbols = rows(app.env.get_doctree(PAGE), lambda label: labels.get(label, ("",))[0])
    if page != PAGE:
        needs, forms = _needs(doctree), used(_formulas(doctree), symbols, page)
        if needs and forms:
            after = line(forms, symbols, app.builder.get_relative_uri(page, PAGE))
            needs.parent.insert(needs.parent.index(needs) + 1, after)
        return
    pages: dict[str, list[tuple[str, str]]] = {}
    for other in contents(Path(app.srcdir)):
        tree = app.env.get_doctree(other)
        for anchor in used(_formulas(tree), symbols, other) if _needs(tree) else ():
            place = (app.env.titles[other].astext(), app.builder.get_relative_uri(PAGE, other))
            pages.setdefault(anchor, []).append(place)
    add_pages(doctree, pages)


def on_updated(app: Sphinx, _env: object) -> list[str]:
    """The page of notation is written anew where any page was: another may use a symbol now."""
    return [PAGE] if PAGE in app.env.found_docs else []


def table_rows(notation: nodes.document) -> Iterator[tuple[nodes.inline, dict[str, nodes.Element]]]:
    """For each row of a symbol its anchor and {heading of a column: the cell}."""
    for table in notation.findall(nodes.table):
        first, *others = table.findall(nodes.row)
        heads = [cell.astext() for cell in first.children]
        for row in others:
            anchors = [one for one in row.children[0].findall(nodes.inline) if one["ids"]]
            if anchors:
                yield anchors[0], dict(zip(heads, row.children, strict=True))


def _needs(page: nodes.document) -> nodes.paragraph | None:
    """The paragraph that says what a chapter needs; None where the page is no chapter."""
    return next((one for one in page.findall(nodes.paragraph) if one.astext().startswith(NEEDS)), None)


def _formulas(page: nodes.document) -> list[str]:
    return [one.astext() for one in page.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block)))]


def listed(inner: Iterable[nodes.Node]) -> list[nodes.Node]:
    """The nodes with a comma between. A browser would break the line between a formula and its comma, so it is held."""
    pieces: list[nodes.Node] = []
    for one in inner:
        if pieces:
            before = pieces.pop()
            if any(before.findall(nodes.math)):
                pieces += [nodes.inline("", "", before, nodes.Text(","), classes=["tight"]), nodes.Text(" ")]
            else:
                pieces += [before, nodes.Text(", ")]
        pieces.append(one)
    return pieces
