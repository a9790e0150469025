"""At 1280 pixels a reader sees every output, code block, formula and table whole."""

import pytest
from tests.browser.test_pages import PAGES, settle

# What scrolls sideways in a box of its own, everything that folds being open: outputs, code, formulas, tables.
SCROLLS = """() => {
  for (const fold of document.querySelectorAll("article details")) fold.open = true;
  for (const fold of document.querySelectorAll("article .toggle-hidden")) fold.classList.remove("toggle-hidden");
  return [...document.querySelectorAll("article *")]
    .filter((node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX))
    .filter((node) => node.scrollWidth > node.clientWidth)
    .map((node) => `${node.scrollWidth} in ${node.clientWidth}: ${node.innerText.slice(0, 80)}`);
}"""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_wide_page(name, page, site_url):
    page.goto(f"{site_url}/{name}")
    settle(page)
    assert page.evaluate(SCROLLS) == []


WIDE = {
    "output": '<div class="cell_output"><div class="highlight-myst-ansi"><pre>' + "m" * 120,
    "folded output": '<details><div class="cell_output"><pre>' + "m" * 120,
    "display": r'<div class="math">',
    "table": '<div class="pst-scrollable-table-container"><table><td style="white-space: nowrap">' + "m" * 120,
}


@pytest.mark.parametrize("kind", WIDE)
def test_what_is_too_wide_is_found(kind, page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    page.evaluate("html => document.querySelector('article section').insertAdjacentHTML('beforeend', html)", WIDE[kind])
    if kind == "display":
        formula = r"\[" + "x + " * 60 + r"x\]"
        page.evaluate(
            "f => { const box = [...document.querySelectorAll('article div.math')].at(-1);"
            "box.textContent = f; return MathJax.typesetPromise([box]); }",
            formula,
        )
    (found,) = page.evaluate(SCROLLS)
    assert found.startswith(tuple("123456789"))
