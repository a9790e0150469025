"""The findings of an audit as HTML, in a page without a style: legible in light and dark, no wider than a phone."""

import pytest
from tests.lstm.test_findings_told import FOUND


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_list_is_no_wider_than_its_page_and_each_name_stands_above_what_it_means(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    head = '<!DOCTYPE html><html lang="en"><meta name="color-scheme" content="light dark"><title>t</title>'
    page.set_content(head + FOUND.to_html(""))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    names, lines = page.locator("dt"), page.locator("dd")
    assert names.count() == len(FOUND.findings)
    assert lines.count() == 3 * names.count()
    for k in range(names.count()):
        name, first = names.nth(k).bounding_box(), lines.nth(3 * k).bounding_box()
        assert name["y"] + name["height"] <= first["y"] + 1
        assert name["x"] < first["x"]
    ink = page.evaluate("getComputedStyle(document.querySelector('dd')).color")
    assert ink == {"light": "rgb(0, 0, 0)", "dark": "rgb(255, 255, 255)"}[scheme], "the page's own colour"
