"""The place where a chapter defines a symbol leads back to its row on the page of notation, and the row leads there."""

import re

import pytest
from docutils import nodes
from tests.companion.test_symbols import READOUT, TOTAL, F, T, notation

from companion.site import defined
from companion.site.symbols import Row

TERMS = Row("symbol-terms", (), {"book/gates": "eq-15"}, "the summands", "the six terms")
LABELLED = Row("symbol-x", ("x^{(t)}",), {"book/gates": "eq-12"}, "input")
IDS = {"eq-12": "eq-12", "eq-15": "eq-15"}


def chapter():
    """A chapter: its opening uses y, its first section T and a labelled equation, its second T, y and below them f."""
    opening = nodes.paragraph("", "", nodes.math("", "y^{(t)}, f^{(t)}"))
    equation = nodes.math_block("", "x^{(t)}", ids=["eq-12"])
    first = nodes.section(
        "", nodes.title("", "One"), nodes.paragraph("", "", nodes.math("", "T")), equation, ids=["one"]
    )
    inner = nodes.section("", nodes.title("", "Deep"), nodes.paragraph("", "", nodes.math("", "f^{(t)}")), ids=["deep"])
    last = nodes.paragraph("", "", nodes.math("", "T + y^{(t)}"), ids=["eq-15"])
    second = nodes.section("", nodes.title("", "Two"), last, inner, ids=["two"])
    page = nodes.document(None, None)
    page += nodes.section("", nodes.title("", "Chapter"), opening, first, second, ids=["chapter"])
    return page


def lines(page):
    return {one.parent["ids"][0]: one.astext() for one in page.findall(nodes.paragraph) if "defined" in one["classes"]}


def test_the_place_is_the_section_of_the_label_or_the_first_that_uses_the_symbol():
    found = defined.places(chapter(), [F, T, READOUT, LABELLED, TERMS], "book/gates", IDS)
    assert {anchor: section["ids"][0] for anchor, section in found.items()} == {
        "symbol-f": "deep",
        "symbol-steps": "one",
        "symbol-y": "two",  # the opening has no place for a line
        "symbol-x": "one",
        "symbol-terms": "two",
    }


def test_a_symbol_that_is_defined_elsewhere_has_no_place():
    assert defined.places(chapter(), [F, T], "book/states", IDS) == {}


@pytest.mark.parametrize("row", [TOTAL, Row("symbol-x", ("x^{(t)}",), {"book/gates": "eq-99"}, "input")])
def test_a_row_that_names_a_page_without_its_symbol_ends_the_build(row):
    with pytest.raises(ValueError, match=rf"^book/notation: {row.anchor} is said to be defined in book/gates"):
        defined.places(chapter(), [row], "book/gates", IDS | {"eq-99": "eq-99"})


def test_each_section_gets_one_line_under_its_heading_with_a_link_to_each_row():
    page = chapter()
    defined.add_lines(page, [F, T, LABELLED, TERMS], "book/gates", IDS, "notation.html")
    said = {"one": "T, x^{(t)}", "two": "the six terms", "deep": F.forms[0]}
    assert lines(page) == {section: f"{defined.SAID} {names}" for section, names in said.items()}
    sections = [one for one in page.findall(nodes.section) if one["ids"][0] in said]
    assert all("defined" in section[1]["classes"] for section in sections)
    links = {one["refuri"]: (one["reftitle"], one["ids"]) for one in page.findall(nodes.reference)}
    assert links["notation.html#symbol-steps"] == (T.sentence, ["defined-symbol-steps"])


def test_the_row_leads_to_the_line_where_it_names_the_page_and_keeps_the_label_where_it_names_one():
    document = notation()
    cell = next(one for one in document.findall(nodes.entry) if "(12)" in one.astext())
    addresses = ("states.html", "gates.html#eq-12")
    cell.children = [nodes.paragraph("", "", *(nodes.reference("", "x", refuri=one) for one in addresses))]
    defined.lead_there(document)
    led = [one["refuri"] for one in document.findall(nodes.reference)]
    assert led == ["states.html#defined-symbol-steps", "gates.html#eq-12"]


def test_in_the_book_each_row_leads_to_a_place_on_a_page_that_leads_back_to_it(site):
    text = (site / "book/notation.html").read_text(encoding="utf-8")
    rows = re.split(r'(?=<td[^>]*>(?:<p>)?<span id="(symbol-[\w-]+)")', text)
    there = {
        (page, anchor, label)
        for anchor, row in zip(rows[1::2], rows[2::2], strict=True)
        for page, label in re.findall(r'href="(\w+)\.html#([\w-]+)"', row.split("</tr>")[0])
    }
    assert {anchor for _, anchor, _ in there} == set(rows[1::2])
    assert len(there) > 40
    back = set()
    for page in {page for page, _, _ in there}:
        html = (site / f"book/{page}.html").read_text(encoding="utf-8")
        for said in re.findall(r'<p class="defined">(.*?)</p>', html, re.DOTALL):
            back |= {(page, anchor) for anchor in re.findall(r'href="notation\.html#([\w-]+)"', said)}
        assert all(f'id="{label}"' in html for name, _, label in there if name == page)
    assert back == {(page, anchor) for page, anchor, _ in there}
