"""Every page as axe-core hears and sees it: at 1280 pixels all its rules, elsewhere those that the look decides.

A display that scrolls in its own box on a phone is not asked for a tab stop: browsers of today let
keys reach such a box, and a formula is to be none.
"""

import pytest
from tests.browser.axe import violations
from tests.browser.test_pages import PAGES, settle

LOOKS = {  # width, dark, forced colours -> the rules that may turn out otherwise than at 1280 pixels in the light
    "dark": (1280, True, False, ["color-contrast", "link-in-text-block"]),
    "forced colours": (1280, False, True, ["color-contrast", "link-in-text-block"]),
    "390": (390, False, False, ["target-size", "region", "bypass"]),
    "320": (320, False, False, ["target-size"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend_on_a_page(name, page, site_url):
    page.goto(f"{site_url}/{name}")
    settle(page)
    page.evaluate("for (const fold of document.querySelectorAll('article details')) fold.open = true")
    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend_in_another_look(name, look, open_page, site_url):
    width, dark, forced, rules = LOOKS[look]
    page = open_page(width=width, dark=dark)
    if forced:
        page.emulate_media(forced_colors="active")
    page.goto(f"{site_url}/{name}")
    settle(page)
    assert violations(page, rules) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width  # 320 pixels are 1280 at a zoom of 400 %


BROKEN = {
    "image-alt": '<img src="../_static/logo.svg">',
    "empty-table-header": "<table><tr><th></th><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "link-name": '<a href="#x"></a>',
    "color-contrast": '<p style="color: #999; background: #fff">pale</p>',
    "label-content-name-mismatch": '<button aria-label="other">words</button>',
}


@pytest.mark.parametrize("rule", BROKEN)
def test_axe_finds_what_is_broken_on_a_page(rule, page, site_url):
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    page.evaluate("html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", BROKEN[rule])
    assert rule in {found for found, *_ in violations(page)}
