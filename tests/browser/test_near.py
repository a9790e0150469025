"""Sections of a page are laid out when they come near; links, headings and scrolling find their places all the same."""

import pytest

SKIPPED = """() => [...document.querySelectorAll(".bd-article > section > section")]
  .map((one) => !one.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))"""
HOW = """() => [...document.querySelectorAll(".bd-article > section > section")]
  .map((one) => getComputedStyle(one).contentVisibility)"""
TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


def test_what_is_far_is_not_laid_out_and_comes_when_the_reader_does(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    page.wait_for_selector("html[data-host]", state="attached")
    first, *others = page.evaluate(SKIPPED)
    assert not first
    assert others[-1]
    page.keyboard.press("End")
    page.wait_for_function(f"() => !({SKIPPED})().at(-1)")
    page.emulate_media(media="print")
    assert set(page.evaluate(HOW)) == {"visible"}, "on paper all is laid out"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("where", ["eq-15-exact", "further-reading"])
def test_a_link_to_a_place_far_below_leads_there_and_stays(where, width, page, site_url):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}/book/gradient.html#{where}")
    page.wait_for_selector("html[data-host]", state="attached")
    page.wait_for_timeout(300)
    assert 0 <= page.evaluate(TOP, where) < 500
    page.mouse.move(width / 2, 400)
    page.mouse.wheel(0, -1500)
    page.wait_for_timeout(300)
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(300)
    assert 0 <= page.evaluate(TOP, where) < 500


def test_a_link_of_the_page_to_a_place_far_below_leads_there_too(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    page.wait_for_selector("html[data-host]", state="attached")
    assert "auto" in page.evaluate(HOW)
    page.locator('a[href="#further-reading"]').first.evaluate("link => link.click()")
    page.wait_for_timeout(300)
    assert set(page.evaluate(HOW)) == {"visible"}
    assert 0 <= page.evaluate(TOP, "further-reading") < 500


def test_a_link_that_sets_an_explorer_lays_out_nothing_that_is_far(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    page.wait_for_selector("html[data-host]", state="attached")
    page.locator('a[href*="Explorer?"]').first.evaluate("link => link.click()")
    page.wait_for_url("**Explorer?**")
    assert page.evaluate(SKIPPED)[-1]
    page.goto(page.url)
    page.wait_for_selector("html[data-host]", state="attached")
    assert "auto" in page.evaluate(HOW)


def test_without_scripts_all_is_laid_out(open_page, site_url):
    page = open_page(scripts=False)
    page.goto(f"{site_url}/book/gradient.html")
    assert page.locator("section").last.evaluate("node => getComputedStyle(node).contentVisibility") == "visible"


def test_the_text_of_what_is_far_is_found(page, site_url):
    page.goto(f"{site_url}/book/gradient.html")
    page.wait_for_selector("html[data-host]", state="attached")
    assert page.evaluate("window.find('Further reading')")
    assert page.evaluate("scrollY") > 1000
