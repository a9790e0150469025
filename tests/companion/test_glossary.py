"""The glossary: the first use of a term on a page leads to it, and nothing else does."""

import re

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from companion.site import glossary
from companion.site.glossary import Term

NAMES = {
    "gate": Term("term-gate", "A number between 0 and 1."),
    "forget gate": Term("term-forget-gate", "It keeps."),
    "bptt": Term("term-bptt", "One sweep."),
    "backpropagation through time": Term("term-bptt", "One sweep."),
}
ADDRESS = "glossary.html"


def page(*children):
    document = new_document("page", get_default_settings())
    document += children
    return document


def paragraph(text):
    return nodes.paragraph(text, "", nodes.Text(text))


def linked(document):
    return [(one.astext(), one.get("refuri")) for one in document.findall(nodes.reference)]


def test_the_first_use_of_a_term_is_linked_and_no_later_one():
    document = page(paragraph("A gate is a gate."), paragraph("Each gate."))
    assert glossary.link(document, NAMES, ADDRESS) == ["gate"]
    assert linked(document) == [("gate", "glossary.html#term-gate")]
    assert document.astext() == "A gate is a gate.\n\nEach gate."


def test_the_longest_term_wins_and_the_shorter_is_linked_where_it_stands_alone():
    document = page(paragraph("The forget gate is a gate."))
    assert glossary.link(document, NAMES, ADDRESS) == ["forget gate", "gate"]


def test_a_term_is_found_in_any_case_in_the_plural_and_across_a_line_break():
    document = page(paragraph("Forget\ngates and BPTT."))
    assert [text for text, _ in glossary_links(document)] == ["Forget\ngates", "BPTT"]


def glossary_links(document):
    glossary.link(document, NAMES, ADDRESS)
    return linked(document)


def test_two_names_of_one_thing_are_one_term():
    document = page(paragraph("Backpropagation through time, or BPTT."))
    assert len(glossary_links(document)) == 1


def test_a_part_of_a_word_is_no_use():
    assert glossary_links(page(paragraph("He investigated a gatekeeper, a half-gate and a gate-keeper."))) == []


@pytest.mark.parametrize("kind", [nodes.title, nodes.reference, nodes.literal, nodes.math, nodes.table])
def test_titles_links_code_formulas_and_tables_are_left_alone(kind):
    inner = kind("gate", nodes.Text("gate")) if kind is nodes.table else kind("gate", "gate")
    document = page(nodes.paragraph("", "", inner) if kind is not nodes.table else inner)
    before = len(linked(document))
    glossary.link(document, NAMES, ADDRESS)
    assert len(linked(document)) == before


def test_pointing_at_a_term_shows_the_first_sentence_of_its_definition():
    document = page(paragraph("A gate."))
    glossary.link(document, NAMES, ADDRESS)
    assert next(iter(document.findall(nodes.reference)))["reftitle"] == "A number between 0 and 1."


def test_a_definition_is_cut_after_its_first_sentence_and_its_formulas_are_in_plain_letters():
    text = r"It is f^{(s+1)} \odot \cdots \odot f^{(t)} of Eq. (13). More."
    item = nodes.definition_list_item("", nodes.term("", "Product", ids=["term-product"]))
    item += nodes.definition("", paragraph(text))
    assert glossary.terms(page(nodes.definition_list("", item))) == {
        "product": Term("term-product", "It is f^(s+1) ⊙ … ⊙ f^(t) of Eq. (13).")
    }


def test_each_term_of_the_book_is_linked_once_on_each_page_that_uses_it(site):
    page = (site / "book/glossary.html").read_text(encoding="utf-8")
    terms = re.findall(r'(?:<dl class="[^"]*glossary[^>]*>|</dd>)\s*<dt id="(term-[\w-]+)"', page)
    assert len(terms) >= 40
    used = set()
    for path in sorted((site / "book").glob("*.html")):
        links = re.findall(r'<a class="term[^>]*href="glossary\.html#([\w-]+)"', path.read_text(encoding="utf-8"))
        assert len(links) == len(set(links)), path.name
        assert set(links) <= set(terms), path.name
        used |= set(links)
    assert set(terms) <= used, set(terms) - used  # a term that no page uses needs no definition
