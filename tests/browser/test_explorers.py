"""The explorers in the built page, without a kernel: mouse and keys change the figure and what it says."""

import pytest
from tests.browser.test_pages import settle


@pytest.fixture
def landing(page, site_url):
    """The landing page, its explorer alive."""
    page.goto(f"{site_url}/book/index.html")
    settle(page)
    return page


def picture(explorer):
    """What the explorer shows: the words of its figures, and the shapes drawn."""
    return explorer.evaluate(
        "node => [...node.querySelectorAll('svg')].map(svg => svg.getAttribute('aria-label') + svg.innerHTML).join()"
    )


def readout(explorer):
    return explorer.locator(".say").inner_text()


def test_the_explorer_answers_to_the_mouse(landing):
    explorer = landing.get_by_role("group", name="Explorer of Equation (15)").first
    forget = explorer.get_by_role("slider", name="f, forget gate")
    before, words, value = picture(explorer), readout(explorer), float(forget.input_value())
    forget.scroll_into_view_if_needed()
    box = forget.bounding_box()
    middle = box["y"] + box["height"] / 2
    landing.mouse.move(box["x"] + 9 + value * (box["width"] - 18), middle)
    landing.mouse.down()
    landing.mouse.move(box["x"] + box["width"] * 0.25, middle, steps=5)
    landing.mouse.up()
    assert float(forget.input_value()) == pytest.approx(0.25, abs=0.05)
    landing.wait_for_function(
        "([node, old]) => node.innerText !== old", arg=[explorer.locator(".say").element_handle(), words]
    )
    assert picture(explorer) != before


@pytest.mark.parametrize(("key", "change"), [("ArrowLeft", -0.01), ("ArrowRight", 0.01)])
def test_the_explorer_answers_to_the_arrow_keys(landing, key, change):
    explorer = landing.get_by_role("group", name="Explorer of Equation (15)").first
    forget = explorer.get_by_role("slider", name="f, forget gate")
    before, words, value = picture(explorer), readout(explorer), float(forget.input_value())
    forget.press(key)
    assert float(forget.input_value()) == pytest.approx(value + change)
    landing.wait_for_function(
        "([node, old]) => node.innerText !== old", arg=[explorer.locator(".say").element_handle(), words]
    )
    assert picture(explorer) != before


def test_the_explorer_fits_a_phone_and_its_text_is_not_tiny(open_page, site_url):
    page = open_page(width=390)
    page.goto(f"{site_url}/book/index.html")
    settle(page)
    explorer = page.get_by_role("group", name="Explorer of Equation (15)").first
    box = explorer.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    sizes = explorer.evaluate(
        """node => [...node.querySelectorAll('svg text')]
        .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(sizes) > 0
    assert min(sizes) >= 11
