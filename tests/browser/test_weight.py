"""A page is light and jumps nowhere."""

import pytest
from tests.browser.test_pages import PAGES
from tools import pages

MOST = 300  # kB, compressed, with all figures
SHIFT = 0.02


@pytest.fixture(scope="module")
def address(site):
    with pages.served(site) as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_does_not_jump(name, browser, site, address):
    for width in (1280, 390):
        found = pages.weight(browser, address, site, name, width)
        assert found.elsewhere == []
        assert found.total <= MOST, found.kinds
        tries = [found.shift]
        while min(tries) > SHIFT and len(tries) < 3:  # on a busy machine a font that was asked for first can be late
            tries.append(pages.weight(browser, address, site, name, width).shift)
        assert min(tries) <= SHIFT, width


def test_a_heavy_page_and_one_that_jumps_are_found(browser, tmp_path):
    (tmp_path / "noise.js").write_text("".join(f"{k * k % 9973:x}" for k in range(200_000)))
    tall = "Object.assign(document.createElement('p'), { style: 'height: 300px' })"
    jump = f"setTimeout(() => document.body.prepend({tall}), 100)"
    text = f"<p>{'text ' * 900}</p><script src='noise.js'></script><script>{jump}</script>"
    (tmp_path / "bad.html").write_text(f"<!DOCTYPE html><title>bad</title>{text}")
    with pages.served(tmp_path) as address:
        found = pages.weight(browser, address, tmp_path, "bad.html")
    assert found.total > MOST
    assert found.shift > SHIFT


def test_the_search_is_loaded_where_one_searches(site):
    asks = {page.name for page in site.glob("**/*.html") if 'searchindex.js">' in page.read_text(encoding="utf-8")}
    assert asks == {"search.html"}
