"""What makes a page light takes nothing from it: no rule, icon or letter that it shows, and no figure its look."""

import base64
import re
import shutil
from importlib.resources import files
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sphinx.errors import ExtensionError
from tests.browser.test_pages import DRAWN, settle
from tests.conftest import ROOT

from companion.site import weight

# What every element looks like, in words; with the theme's whole style sheet it must be the same.
# Animations that still run are taken to their end. Custom properties have no look; there are hundreds, the same on all.
LOOKS = """() => {
  for (const moving of document.getAnimations()) moving.finish();
  const keys = [...getComputedStyle(document.body)].filter((key) => !key.startsWith("--"));
  return [...document.querySelectorAll('body *')].flatMap((node) => ["", "::before", "::after"].map((part) => {
    const style = getComputedStyle(node, part || null);
    return part && style.content === "none" ? "" : node.tagName + part + keys.map((key) => style[key]).join(";");
  }));
}"""
WHOLE = """async (css) => {
  for (const sheet of document.querySelectorAll('link[href*="pydata-sphinx-theme.css"]')) sheet.remove();
  const style = document.createElement("style");
  style.textContent = css;
  document.head.querySelector('link[href*="theme.css"]').after(style);
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next))); // the sheet asks for its font
  await document.fonts.ready;
}"""


def whole_sheet():
    """The theme's style sheet as its package has it, its addresses made to fit a page of the book."""
    css = files("pydata_sphinx_theme") / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
    return css.read_text(encoding="utf-8").replace("url(../", "url(../_static/")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["book/index", "book/museum"])
def test_no_rule_that_a_page_needs_is_gone(name, width, open_page, site, site_url):
    page = open_page(width=width)
    page.goto(f"{site_url}/{name}.html")
    settle(page)
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    page.evaluate(DRAWN)
    lean = page.evaluate(LOOKS)
    page.evaluate(WHOLE, whole_sheet())
    whole = page.evaluate(LOOKS)
    assert len(lean) == len(whole) > 3000
    assert [pair for pair in zip(lean, whole, strict=True) if pair[0] != pair[1]][:3] == []


def test_a_rule_that_is_missing_is_seen(page, site, site_url):
    page.goto(f"{site_url}/book/notation.html")
    settle(page)
    lean = page.evaluate(LOOKS)
    page.evaluate(WHOLE, re.sub(r"\.bd-main\b", ".no-such", whole_sheet()))
    assert page.evaluate(LOOKS) != lean


def letters(fonts):
    """The code points of which one of the fonts has a sign."""
    found = set()
    for path in fonts:
        with weight.subset.load_font(str(path), weight.subset.Options()) as font:
            found |= set(font.getBestCmap() or {})
    return found


def test_each_icon_that_a_page_shows_is_in_the_font(page, site, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    shown = page.evaluate(
        "[...document.querySelectorAll('.fa-solid')].map((icon) => getComputedStyle(icon, '::before').content)"
    )
    assert len(set(shown)) > 5
    assert {ord(sign.strip('"')) for sign in shown} <= letters((site / "_static").glob(weight.ICONS))


def test_an_icon_that_the_font_lacks_ends_the_build(site, tmp_path):
    fonts = [Path(shutil.copy(font, tmp_path)) for font in (site / "_static").glob(weight.ICONS)]
    with pytest.raises(ExtensionError, match=r"no font of icons has U\+F8FF"):
        weight.fewer(fonts, {0xF8FF})


LETTERS = """async () => {
  const shown = [...document.querySelectorAll(".katex-html")].map((one) => one.textContent).join("");
  await document.fonts.ready;
  return [[...document.fonts].filter((font) => font.status === "error").length, shown];
}"""


def test_every_letter_of_a_formula_is_in_one_of_the_fonts(page, site, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    failed, shown = page.evaluate(LETTERS)
    has, whole = (
        letters(folder.glob("*.woff2"))
        for folder in (site / "_static/katex/fonts", ROOT / "node_modules/katex/dist/fonts")
    )
    assert failed == 0
    assert set(map(ord, shown)) & whole <= has < whole


def test_a_figure_has_few_colours_its_place_and_comes_late(page, site, site_url):
    page.goto(f"{site_url}/book/states.html")
    settle(page)
    figures = page.query_selector_all("article img")
    assert len(figures) > 3
    for figure in figures:
        kept = {key: figure.get_attribute(key) for key in ("loading", "src", "width", "height")}
        assert kept["loading"] == "lazy"
        assert kept["src"].endswith(".webp")
        with weight.Image.open(site / "book" / kept["src"]) as picture:
            assert (kept["width"], kept["height"]) == tuple(map(str, picture.size))
    for path in (site / "_images").glob("*.webp"):
        with weight.Image.open(path) as picture:
            assert len(picture.convert("RGB").getcolors(weight.COLOURS)) <= weight.COLOURS


def test_a_figure_looks_as_the_stored_one(tmp_path):
    """The mean difference is below half of one of 255 levels."""
    nb = nbformat.read(ROOT / "book/states.ipynb", as_version=4)
    stored = [o.data["image/png"] for c in nb.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    for k, text in enumerate(stored):
        (tmp_path / f"{k}.png").write_bytes(base64.b64decode(text))
        with weight.Image.open(tmp_path / f"{k}.png") as opened:
            before = np.asarray(opened.convert("RGB"), dtype=float)
        weight.few_colours(tmp_path / f"{k}.png")
        with weight.Image.open(tmp_path / f"{k}.webp") as opened:
            after = np.asarray(opened.convert("RGB"), dtype=float)
        assert np.abs(after - before).mean() < 0.5
    assert stored
