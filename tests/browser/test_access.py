"""Every page as axe-core hears and sees it: at 1280 pixels all its rules, elsewhere those that the look decides.

A display that scrolls in its own box on a phone is not asked for a tab stop: browsers of today let
keys reach such a box, and a formula is to be none.
"""

import pytest
from tests.browser.axe import LIGHTEN, TAGS, violations
from tests.browser.test_pages import PAGES, settle

LIGHT = {"color_scheme": "light", "forced_colors": "none"}
# A colour on its way is no colour of the page; what a fold holds comes in gradually.
STILL = "* { transition: none !important; animation: none !important; }"
LOOKS = {  # width, media -> the rules that may turn out otherwise than at 1280 pixels in the light
    "1280": (1280, LIGHT, TAGS),
    "dark": (1280, LIGHT | {"color_scheme": "dark"}, ["color-contrast", "link-in-text-block"]),
    "forced colours": (1280, LIGHT | {"forced_colors": "active"}, ["color-contrast", "link-in-text-block"]),
    "390": (390, LIGHT, ["target-size", "region", "bypass"]),
    "320": (320, LIGHT, ["target-size"]),
}
OPEN = "for (const fold of document.querySelectorAll('article details')) fold.open = true"


def look(page, width, media):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(**media)
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=media["color_scheme"])


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend_on_a_page_in_any_look(name, page, site_url):
    page.goto(f"{site_url}/{name}")
    settle(page)
    page.add_style_tag(content=STILL)
    page.evaluate(OPEN)
    page.evaluate(LIGHTEN)
    found = {}
    for name, (width, media, rules) in LOOKS.items():
        look(page, width, media)
        found[name] = violations(page, rules)
    assert found == {name: [] for name in LOOKS}


BROKEN = {
    "image-alt": '<img src="../_static/logo.svg">',
    "empty-table-header": "<table><tr><th></th><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "link-name": '<a href="#x"></a>',
    "color-contrast": '<p style="color: #999; background: #fff">pale</p>',
    "label-content-name-mismatch": '<button aria-label="other">words</button>',
}


PALE = """[...document.querySelectorAll("article pre span[class]:not(:has(*))")]
  .find((word) => word.checkVisibility() && word.textContent.trim().length > 1).style.color = "#bbb";"""


@pytest.mark.parametrize("light", [False, True], ids=["as it is", "without its letters"])
def test_axe_finds_what_is_broken_on_a_page(light, page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    page.evaluate(
        "html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", "".join(BROKEN.values())
    )
    page.evaluate(PALE)
    if light:
        page.evaluate(LIGHTEN)
    found = violations(page, within="article")
    assert {rule for rule, *_ in found} == set(BROKEN)
    assert [html for rule, html, _ in found if rule == "color-contrast" and html.startswith("<span")]
