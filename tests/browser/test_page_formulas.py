"""The formulas of the built pages: their colours, without scripts, without a tab stop, and what is bad is found."""

import pytest
from tests.browser.test_pages import BAD_FORMULAS, settle


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_coloured_symbol_in_a_formula_has_the_colour_of_its_word(dark, open_page, site_url):
    page = open_page(dark=dark)
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    colour = "node => getComputedStyle(node).color"
    word = page.locator("main .sym-f").first.evaluate(colour)
    symbol = page.locator('main .math [style*="color:#0b5fa5"]').first.evaluate(colour)
    assert word == symbol
    assert (symbol == "rgb(11, 95, 165)") == (not dark)


@pytest.mark.parametrize("name", ["gates", "gradient", "notation"])
def test_without_scripts_every_formula_is_readable(name, open_page, site_url):
    page = open_page(scripts=False)
    page.goto(f"{site_url}/book/{name}.html")
    shown = page.locator("article :not(details *) > .math .katex-html")
    assert shown.count() > 20
    assert all(one.bounding_box()["width"] > 1 for one in shown.all())
    assert page.locator("article .math .katex-mathml math").count() == page.locator("article .math").count()


def test_no_formula_takes_the_focus(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    seen = []
    while page.evaluate("document.activeElement.closest('footer') === null") and len(seen) < 400:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('.math')?.textContent"))
    assert 30 < len(seen) < 400
    assert set(seen) == {None}


BREAKS = {
    "an error": "<span class='math'><span class='katex-error' style='color:#cc0000'>x</span></span>",
    "raw LaTeX": r"<span class='math'>\(x\)</span>",
    "one without MathML": "<span class='math'><span class='katex'><span class='katex-html'>x</span></span></span>",
    "one with a tab stop": "<span class='math'><span class='katex-mathml'><math>x</math></span>"
    "<span class='katex-html' tabindex='0'>xx</span></span>",
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_bad_formula_is_found(kind, page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    page.evaluate(
        "html => document.querySelector('article section').insertAdjacentHTML('beforeend', html)", BREAKS[kind]
    )
    assert page.evaluate(BAD_FORMULAS) != []
