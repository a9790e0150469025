"""The symbols of each chapter lead to their rows on the page of notation, and each row to the chapters that use it."""

import re

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from companion.site import symbols
from companion.site.symbols import Row

GATES = {"book/gates": ""}
F = Row("symbol-f", (r"\textcolor{#0b5fa5}{f^{(t)}}",), GATES, "forget gate")
T = Row("symbol-steps", ("T",), GATES, "number of steps")
X = Row("symbol-x", ("x^{(t)}",), GATES, "input")
Z = Row("symbol-z", ("z_*^{(t)}",), GATES, "linear predictor")
W = Row("symbol-w1", ("W_{1*}", "W_1"), GATES, "input weights")
R = Row("symbol-r", ("r^{(t)}",), GATES, "partial derivative")
RESET = Row("symbol-gru", ("z^{(t)}", "r^{(t)}"), {"book/beyond": ""}, "update gate and reset gate")
TOTAL = Row("symbol-dl-dc", (r"\frac{\mathrm{d}l}{\mathrm{d}c^{(t)}}",), GATES, "total")
START = Row("symbol-start", ("c^{(0)}, h^{(0)}",), GATES, "states before the first step")
READOUT = Row("symbol-y", ("y^{(t)}",), GATES, "readout")
ALL = [F, T, X, Z, W, R, TOTAL, START, READOUT, RESET]


def anchors(tex, page="book/states"):
    return list(symbols.used([tex], ALL, page))


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        (r"\textcolor{#0b5fa5}{f^{(t-1)}} \odot 2", ["symbol-f"]),
        (r"\log f_k", ["symbol-f"]),
        (r"\frac{1}{1 - f}", ["symbol-f"]),
        (r"\operatorname{diag}(2), \text{for f}, \tfrac12", []),
        (r"W_{1f}\, x^{(T)}", ["symbol-steps", "symbol-x", "symbol-w1"]),
        ("W_1 x", ["symbol-w1"]),
        ("W_{2f} x_3", []),
        ("z_{f,j} = 2", ["symbol-z"]),
        ("z_f^{(t)} = 2", ["symbol-z"]),
        ("T^{(t)}", []),
        (r"\mathrm{d}l / \mathrm{d}c^{(2)}", ["symbol-dl-dc"]),
        (r"\frac{\mathrm{d} l}{\mathrm{d} \textcolor{#1f2328}{c^{(t)}}}", ["symbol-dl-dc"]),
        (r"\frac{\mathrm{d} l}{\mathrm{d} h^{(t)}}", []),
        ("h^{(0)} = 0", ["symbol-start"]),
        ("h^{(1)} = y_k^{(3)}", ["symbol-y"]),
        ("y = 3", []),
    ],
)
def test_a_symbol_is_found_in_each_form_of_a_formula_and_nowhere_else(tex, found):
    assert anchors(tex) == found


def test_where_two_rows_have_one_letter_the_row_defined_on_the_page_has_it_there():
    assert anchors("r^{(t)}") == ["symbol-r"]
    assert anchors("r^{(t)}", page="book/beyond") == ["symbol-gru"]


def test_only_the_forms_that_a_page_uses_are_named():
    assert symbols.used(["W_1"], ALL, "book/rnn") == {"symbol-w1": ["W_1"]}


def cell(*children, cells=1):
    return nodes.entry("", nodes.paragraph("", "", *children), morecols=cells - 1)


def notation():
    document = publish_doctree("")
    heads = nodes.row("", *(cell(nodes.Text(head)) for head in ("symbol", "meaning", "defined in")))
    name = nodes.inline("", "", nodes.math("", "T"), ids=["symbol-steps"])
    place = symbols.addnodes.pending_xref("", nodes.Text("States"), refdomain="doc", reftarget="book/states")
    label = symbols.addnodes.pending_xref("", nodes.Text("(12)"), refdomain=None, reftarget="eq-12")
    row = nodes.row("", cell(name), cell(nodes.Text("number of steps. More.")), cell(place, label))
    body = nodes.tgroup("", nodes.thead("", heads), nodes.tbody("", row), cols=3)
    document += nodes.table("", body)
    return document


def test_the_rows_are_read_from_the_page_of_notation():
    found = symbols.rows(notation(), {"eq-12": "book/gates"}.__getitem__)
    assert found == [Row("symbol-steps", ("T",), {"book/states": "", "book/gates": "eq-12"}, "number of steps.", "T")]


def test_a_row_gets_a_fold_with_its_pages_and_a_row_without_pages_none():
    document = notation()
    symbols.add_pages(document, {})
    assert list(document.findall(nodes.reference)) == []
    symbols.add_pages(document, {"symbol-steps": [("Gates", "gates.html"), ("States", "states.html")]})
    assert [one["refuri"] for one in document.findall(nodes.reference)] == ["gates.html", "states.html"]
    assert "used on 2 pages" in document.astext()


def test_the_line_of_a_chapter_links_each_symbol_and_says_what_it_means():
    made = symbols.line({"symbol-steps": ["T"]}, [T], "notation.html")
    link = next(iter(made.findall(nodes.reference)))
    assert (link["refuri"], link["reftitle"], link.astext()) == ("notation.html#symbol-steps", T.sentence, "T")
    assert made.astext() == "Symbols. T"


def test_in_the_book_each_chapter_and_each_row_name_the_other_and_no_row_is_used_nowhere(site):
    text = (site / "book/notation.html").read_text(encoding="utf-8")
    rows = re.split(r'(?=id="(symbol-[\w-]+)")', text)
    there = {
        (page, anchor)
        for anchor, row in zip(rows[1::2], rows[2::2], strict=True)
        for fold in re.findall(r'<details class="uses">(.*?)</details>', row, re.DOTALL)
        for page in re.findall(r'href="(\w+)\.html"', fold)
    }
    back = set()
    for path in sorted((site / "book").glob("*.html")):
        line = re.search(r'<p class="symbols">(.*?)</p>', path.read_text(encoding="utf-8"), re.DOTALL)
        links = re.findall(r'href="notation\.html#([\w-]+)"', line[1]) if line else []
        assert len(links) == len(set(links)), path.name
        back |= {(path.stem, anchor) for anchor in links}
    assert there == back
    assert len({page for page, _ in there}) > 20
    assert {anchor for _, anchor in there} == set(rows[1::2]) - {"symbol-terms"}  # that has no formula for its name
    assert {"gates", "unit", "beyond"} <= {page for page, anchor in there if anchor == "symbol-f"}
