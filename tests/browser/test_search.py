"""The search: the page where a term is defined comes first, with an excerpt that can be read; its field, too."""

import json
import re
import shutil
from urllib.parse import quote

import pytest

# What is asked for -> where it is defined, and how the excerpt begins.
FIRST = {
    "vanishing gradient": ("glossary.html#term-vanishing-gradient", "A gradient whose terms of long lag shrink"),
    "output gate": ("glossary.html#term-output-gate", "The gate o^(t) of Eq. (12), which says how much"),
    "cell state": ("glossary.html#term-cell-state", "The memory of the cell, written c^(t)"),
    "half-life": ("glossary.html#term-half-life", "The number of steps after which a quantity"),
    "W_2f": ("notation.html#symbol-w2", "W_2∗, W_2, w_2∗, w_2 · W_2i, W_2f, W_2o, W_2g · (n,n) · recurrent weights"),
    "batch_first": ("notation.html#weights-in-and-out", "… "),
    "Eq. 15": ("gradient.html#eq-15", "On our reading the chapter prints dl/(dc^(t−1))"),
    "equation (15)": ("gradient.html#eq-15", "On our reading the chapter prints"),
    "eq 15b": ("gradient.html#eq-15-exact", "Put together, these are the dots of (15)"),
    "Eq. (12)": ("gates.html#eq-12", ""),
}


def results(page, site_url, query):
    """[(address, title, excerpt)] of what the search finds, in its order, the first five."""
    page.goto(f"{site_url}/search.html?q={quote(query)}")
    page.wait_for_function("document.querySelector('.search-summary')?.textContent.includes('found')")
    items = page.locator("#search-results ul.search > li")
    page.wait_for_function("""[...document.querySelectorAll("#search-results ul.search > li")].slice(0, 5)
      .every((one) => one.querySelector(".context, :scope > span"))""")  # a function has no excerpt, but a span
    links = [item.locator("a").first for item in items.all()[:5]]
    excerpts = [item.locator(".context, :scope > span").first.inner_text() for item in items.all()[:5]]
    return [(a.get_attribute("href"), a.inner_text(), said) for a, said in zip(links, excerpts, strict=True)]


@pytest.mark.parametrize("query", FIRST)
def test_what_defines_it_is_found_first_and_says_so(query, page, site_url):
    place, begins = FIRST[query]
    found = results(page, site_url, query)
    address, _, excerpt = found[0]
    assert address == f"book/{place}"
    assert excerpt.startswith(begins)
    for _, _, said in found:
        assert 30 < len(said) < 300
        assert not re.search(r"\\\w|[_^]{|\$", said), f"raw LaTeX in {said!r}"
    if "batch_first" in query:
        assert query in excerpt


def test_a_term_is_called_by_its_name_and_a_word_of_the_text_is_found_too(page, site_url):
    assert results(page, site_url, "half-life")[0][1] == "Glossary > half-life"
    assert any("gates.html" in address for address, _, _ in results(page, site_url, "sigmoid"))


def test_a_page_with_the_word_in_its_title_comes_before_others_and_before_functions(page, site_url):
    addresses = [address for address, _, _ in results(page, site_url, "gradient")]
    assert addresses[0] == "book/gradient.html"
    assert not any("reference" in address for address in addresses)
    assert results(page, site_url, "cell state")[1][0] == "book/states.html"
    assert results(page, site_url, "product_of_f")[0][0] == "book/reference.html#lstm.gradient.product_of_f"


def test_a_formula_in_an_excerpt_stands_once(page, site_url):
    (_, _, excerpt) = results(page, site_url, "Eq. (13)")[0]
    assert excerpt.count("(13)") == 1
    assert "c^(t)=f^(t)⊙c^(t−1)+i^(t)⊙g^(t)" in excerpt.replace(" ", "")


def test_without_the_entries_something_else_comes_first(page, site, serve, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    index = copy / "searchindex.js"
    head, data = index.read_text(encoding="utf-8").split("(", 1)
    index.write_text(f"{head}({json.dumps(json.loads(data[:-1]) | {'indexentries': {}})})", encoding="utf-8")
    url = serve(copy)
    for query in ("W_2f", "Eq. 15", "batch_first"):
        assert results(page, url, query)[0][0] != f"book/{FIRST[query][0]}"


COVERED = """field => {
  const icon = field.parentElement.querySelector(".fa-magnifying-glass").getBoundingClientRect();
  return icon.right > field.getBoundingClientRect().left + parseFloat(getComputedStyle(field).paddingLeft);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_magnifier_covers_no_letter_of_the_field(width, open_page, site_url):
    page = open_page(width=width)
    page.goto(f"{site_url}/search.html?q=gate")
    field = page.locator("main input[name=q]")
    assert not field.evaluate(COVERED)
    page.keyboard.press("Control+k")
    assert not page.locator("input[name=q]:focus").evaluate(COVERED)
    page.add_style_tag(content=".bd-search input.form-control { padding-left: 0.75rem; }")
    assert field.evaluate(COVERED), "so it is seen where it does"
