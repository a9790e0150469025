"""The script of all explorers in the built site: shared parts once, a lean state, and each fails alone."""

import json
import re

import pytest
from tests.browser.test_pages import settle
from tools.widgets import WIDGET_STATE

from companion.site import alive


def state_of(site, name):
    html = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
    return json.loads(re.search(rf'<script type="{re.escape(WIDGET_STATE)}">(.*?)</script>', html, re.DOTALL)[1])[
        "state"
    ]


def test_what_the_explorers_share_stands_once_in_their_script(site):
    script = (site / "_static" / alive.SCRIPT).read_text(encoding="utf-8")
    for one in ("const html =", "function slider(", "const explorer =", "const fixed ="):
        assert len(re.findall(rf"^{re.escape(one)}", script, re.MULTILINE)) == 1, one
    styles = (site / "_static" / alive.STYLES).read_text(encoding="utf-8")
    assert styles.count(".lstm sup, .lstm sub {") == 1


@pytest.mark.parametrize("name", ["index", "gradient", "regimes"])
def test_a_page_stores_settings_and_no_code(site, name):
    stored = state_of(site, name)
    assert stored
    for model in stored.values():
        assert model["model_name"] == "AnyModel"
        assert not {"_esm", "_css", "layout"} & model["state"].keys()
        assert None not in model["state"].values()


ABOUT = {"model_module": "anywidget", "model_name": "AnyModel"}


def test_an_explorer_of_somebody_else_or_with_other_code_keeps_what_is_stored():
    other = {"_anywidget_id": "theirs.Knob", "_esm": "export default {}", "_css": "", "x": 1}
    stale = {"_anywidget_id": "companion.explorers.eq15.explorer.Eq15Explorer", "_esm": "old", "_css": "", "f": 0.5}
    lean = alive.lean({"state": {"a": ABOUT | {"state": other}, "b": ABOUT | {"state": stale}}})["state"]
    assert (lean["a"]["state"], lean["b"]["state"]) == (other, stale)


def test_an_explorer_that_fails_takes_no_other_with_it(open_page, site_url):
    page = open_page()

    def broken(route):
        body = route.fetch().text()
        assert body.count("const Eq15Explorer = () => {") == 1
        body = body.replace(
            "const Eq15Explorer = () => {", "const Eq15Explorer = () => { throw new Error('by intent');"
        )
        route.fulfill(body=body, content_type="text/javascript")

    page.route(f"**/{alive.SCRIPT}*", broken)
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    assert "by intent" in page.locator(".widget-note").inner_text()
    assert page.locator(".cell[data-widget=failed] + .tag_static-figure img").is_visible()
    assert page.locator(".cell[data-widget=live] .answer").count() > 3


def test_pointing_at_a_symbol_of_a_formula_lights_it_in_the_explorer_and_the_other_way_about(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    settle(page)
    lit = "document.documentElement.dataset.lit"
    slider = page.locator('.slider[data-hue="f"]').first
    ground = "(node) => getComputedStyle(node).backgroundColor"
    before = slider.evaluate(ground)
    symbol = page.locator('.math [style*="color:#0b5fa5"]').first
    symbol.scroll_into_view_if_needed()
    symbol.hover()
    assert page.evaluate(lit) == "f"
    assert slider.evaluate(ground) != before
    page.mouse.move(2, 2)
    assert page.evaluate(lit) is None
    slider.hover()
    assert page.evaluate(lit) == "f"
    assert symbol.evaluate(ground) != "rgba(0, 0, 0, 0)"


def test_the_script_is_without_casts_and_indentation_and_a_string_of_several_lines_is_refused():
    code = "const f = (x) => {\n  const y = /** @type {any} */ (x);\n  return `a ${y}  b`;\n};\n"
    assert alive.slim(code) == "const f = (x) => {\nconst y = (x);\nreturn `a ${y}  b`;\n};\n"
    with pytest.raises(ValueError, match="expected strings that end in their line, got const a = `one"):
        alive.slim("const a = `one\n  two`;\n")
