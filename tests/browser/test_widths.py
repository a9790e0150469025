"""At 1280 pixels a reader sees every output, code block, formula and table whole."""

import pytest
from tests.browser.test_pages import PAGES, settle
from tests.conftest import ROOT

from companion.site import formulas

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


# A display that does not stand in the middle, or on whose signs its number stands.
CROOKED = """() => [...document.querySelectorAll("article div.math")].filter((display) => {
  const parts = [...display.querySelectorAll(".katex-html > .katex-base")].map((one) => one.getBoundingClientRect());
  const left = Math.min(...parts.map((one) => one.left)), right = Math.max(...parts.map((one) => one.right));
  const box = display.getBoundingClientRect(), number = display.querySelector(".katex-tag")?.getBoundingClientRect();
  return Math.abs(left + right - box.left - box.right) > 10 || number?.left < right;
}).map((display) => display.textContent.slice(-40))"""


@pytest.mark.parametrize("name", ["gates", "unit", "gradient", "printed", "beyond"])
def test_a_display_stands_in_the_middle_and_its_number_beside_it(name, page, site_url):
    page.goto(f"{site_url}/book/{name}.html")
    settle(page)
    page.evaluate("() => { for (const fold of document.querySelectorAll('article details')) fold.open = true; }")
    assert page.evaluate(CROOKED) == []
    page.add_style_tag(content="div.math { display: flex !important; flex-direction: row-reverse; }")
    assert page.evaluate(CROOKED) != [], "so it is seen where it stands at an edge"


WIDE = {
    "output": '<div class="cell_output"><div class="highlight-myst-ansi"><pre>' + "m" * 120,
    "folded output": '<details><div class="cell_output"><pre>' + "m" * 120,
    "display": '<div class="math">',
    "table": '<div class="pst-scrollable-table-container"><table><td style="white-space: nowrap">' + "m" * 120,
}


@pytest.mark.parametrize("kind", WIDE)
def test_what_is_too_wide_is_found(kind, page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    html = WIDE[kind]
    if kind == "display":
        (found, _) = formulas.render([formulas.Formula("x + " * 60 + "x", displayed=True)], formulas.folder(ROOT))
        html += "".join(found.values())
    page.evaluate("html => document.querySelector('article section').insertAdjacentHTML('beforeend', html)", html)
    (found,) = page.evaluate(SCROLLS)
    assert found.startswith(tuple("123456789"))


# Of the lines of code that go on below: where each begins and where its second row does, and what a reader would copy.
LINES = """() => {
  const boxes = [...document.querySelectorAll(".cell_input .line")].map((box) => {
    const text = document.createRange(), first = box.textContent.search(/\\S/);
    text.selectNodeContents(box);
    const rows = [...text.getClientRects()].filter((row) => row.width > 0);
    const below = rows.filter((row) => row.top > rows[0].bottom - 1);
    return below.length ? Math.min(...below.map((row) => row.left)) - rows[0].left : NaN;
  });
  return boxes.filter((far) => !Number.isNaN(far));
}"""


def test_code_that_goes_on_below_is_further_in_than_its_line_and_is_copied_as_it_was(open_page, site_url):
    page = open_page(width=390)
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    deeper = page.evaluate(LINES)
    assert len(deeper) > 10
    assert min(deeper) > 10, "pixels"
    code = page.locator(".cell_input pre").nth(1)
    written = code.evaluate("(pre) => pre.textContent")
    copied = code.evaluate("(pre) => { getSelection().selectAllChildren(pre); return getSelection().toString(); }")
    assert written.count("\n") > 3
    assert copied.strip("\n") == written.strip("\n")


# Of what scrolls: the ground that is seen behind it, and that with which its shadow is covered at an edge.
GROUNDS = """() => {
  const seen = (node) => {
    const { backgroundColor } = getComputedStyle(node);
    return backgroundColor === "rgba(0, 0, 0, 0)" && node.parentElement ? seen(node.parentElement) : backgroundColor;
  };
  const boxes = document.querySelectorAll("article :is(.highlight-myst-ansi pre, .pst-scrollable-table-container)");
  return [...boxes].filter((box) => box.scrollWidth > box.clientWidth)
    .map((box) => [seen(box), getComputedStyle(box).backgroundImage.match(/rgb\\(.*?\\)/)[0]]);
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_a_phone_the_cover_of_a_shadow_has_the_colour_of_its_ground(dark, open_page, site_url):
    page = open_page(width=390, dark=dark)
    page.goto(f"{site_url}/book/backward.html")
    settle(page)
    grounds = page.evaluate(GROUNDS)
    assert len(grounds) > 2
    assert [one for one in grounds if one[0] != one[1]] == []
    page.add_style_tag(content="article pre { background-color: teal !important; }")
    assert [one for one in page.evaluate(GROUNDS) if one[0] != one[1]] != []
