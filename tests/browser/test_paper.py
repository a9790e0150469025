"""What Ctrl-P makes of a page: a light paper with whole formulas and static figures, nothing to press."""

import pypdf
import pytest
from tests.browser.test_pages import settle

LIGHT = """() => [...document.querySelectorAll("html, body, main, article, article p, article pre, article table")]
  .filter((one) => one.checkVisibility()).flatMap((one) => {
    const bright = (colour) => {
      const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
      return a === 0 ? undefined : (r + g + b) / 765;
    };
    const { color, backgroundColor } = getComputedStyle(one);
    return bright(color) > 0.6 || bright(backgroundColor) < 0.85 ? [one.outerHTML.slice(0, 80)] : [];
  })"""
# What leads elsewhere or waits for a finger, and is to be seen.
HANDLES = """() => [...document.querySelectorAll(`nav, header, .bd-sidebar, .headerlink, button, .prev-next-footer,
  input[type=range], details:not([open]), details.hide > summary, dialog`)]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"""
# Formulas, tables and pictures that are wider than the paper.
WIDE = """() => [...document.querySelectorAll("article .katex-html, article table, article img, article pre")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0)
  .filter((one) => Math.max(...[...one.getClientRects()].map((box) => box.right)) > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""
PAPER = 658  # pixels between the margins of A4; US Letter has 688
PAGES = ["gradient", "notation", "regimes", "bptt", "beyond", "reference"]


def to_paper(page):
    """Let an open page be as it is on paper."""
    page.emulate_media(media="print")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_printed_from_the_dark_is_light_whole_and_static(name, open_page, site_url):
    page = open_page(dark=True, width=PAPER)
    page.goto(f"{site_url}/book/{name}.html")
    settle(page)
    assert page.evaluate(LIGHT) != [], "on the screen it is dark"
    assert page.evaluate(HANDLES) != []
    page.evaluate("for (const one of document.querySelectorAll('details.solution')) one.open = true")
    to_paper(page)
    assert page.evaluate(LIGHT) == []
    assert page.evaluate(HANDLES) == []
    assert page.evaluate(WIDE) == []
    figures = page.locator(".cell[data-widget=live] + .tag_static-figure img")
    assert figures.count() == page.locator(".cell[data-widget]:has(+ .tag_static-figure)").count()
    assert figures.count() >= (name in ("gradient", "regimes", "bptt"))
    assert all(one.is_visible() for one in figures.all())
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")


def test_the_pdf_of_a_page_has_no_label_of_a_fold_and_no_navigation(open_page, site_url, tmp_path):
    page = open_page(dark=True)
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    words = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "page.pdf").pages)
    assert "Exercises" in words
    for label in ("Click to", "Show code", "Skip to main", "Search", "Back to top", "Solution"):
        assert label not in words, label
    assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the screen is as it was"


def test_the_box_in_the_download_menu_opens_all_solutions_and_paper_has_what_is_open(page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    solutions = page.locator("details.solution")
    page.get_by_label("Download this page").click()
    box = page.get_by_label("with solutions")
    assert not box.is_checked()
    box.check()
    assert page.locator("details.solution[open]").count() == solutions.count() > 3
    page.emulate_media(media="print")
    assert all(one.is_visible() for one in solutions.all())
    page.emulate_media(media="screen")
    box.uncheck()
    assert page.locator("details.solution[open]").count() == 0
    solutions.first.locator("summary").first.click()
    assert not box.is_checked()
    page.emulate_media(media="print")
    assert [one.is_visible() for one in solutions.all()] == [True] + [False] * (solutions.count() - 1)


def test_a_page_without_exercises_has_no_box_for_solutions(page, site_url):
    page.goto(f"{site_url}/book/source.html")
    settle(page)
    page.get_by_label("Download this page").click()
    assert page.get_by_label("with solutions").count() == 0


BREAKS = {
    "dark": (LIGHT, "document.documentElement.dataset.theme = 'dark'"),
    "a button": (
        HANDLES,
        "document.querySelector('article').innerHTML += '<dialog style=\"display: block !important\">'",
    ),
    "a wide formula": (WIDE, "document.querySelector('article .katex-html').style = 'display: block; width: 900px'"),
    "a wide table": (
        WIDE,
        "document.querySelector('article table').style = 'width: 900px; max-width: none !important'",
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_what_is_wrong_on_paper_is_found(kind, open_page, site_url):
    finds, breaks = BREAKS[kind]
    page = open_page(width=PAPER)
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    to_paper(page)
    assert page.evaluate(finds) == []
    page.evaluate(breaks)
    assert page.evaluate(finds) != []
