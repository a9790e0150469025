"""The place that a page keeps for its explorer is as high as the explorer, so that the text below does not jump."""

import pytest
from tests.browser.test_pages import settle

# How far it is from the top of the cell of an explorer to what follows, alive, and before that: then its static figure,
# where it has one, stands there.
HEIGHTS = """(chosen) => {
  const all = [...document.querySelectorAll(`.cell_output:has(script[type$="widget-view+json"])`)];
  const cells = all.filter((place) => place.querySelector(chosen))
    .map((place) => place.closest(".cell[data-widget=live]"));
  const after = (cell) => (cell.nextElementSibling?.matches(".tag_static-figure") ? after(cell.nextElementSibling)
    : cell.nextElementSibling?.getBoundingClientRect().top ?? cell.parentElement.getBoundingClientRect().bottom);
  const heights = () => cells.map((cell) => after(cell) - cell.getBoundingClientRect().top), live = heights();
  const views = cells.map((cell) => cell.querySelector(".widget-place"));
  cells.forEach((cell) => cell.removeAttribute("data-widget"));
  views.forEach((view) => (view.style.display = "none"));
  const kept = heights();
  cells.forEach((cell) => (cell.dataset.widget = "live"));
  views.forEach((view) => (view.style.display = ""));
  return [live, kept];
}"""


EXPLORERS = {
    "index": 1,
    "gates": 1,
    "states": 2,
    "unit": 2,
    "gradient": 1,
    "chain": 1,
    "bptt": 1,
    "paths": 1,
    "rnn": 1,
    "museum": 1,
    "regimes": 1,
    "recurrences": 1,
}


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_place_that_is_kept_for_an_explorer_is_as_high_as_the_explorer(name, page, site_url):
    page.goto(f"{site_url}/book/{name}.html")
    settle(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)  # for the figures, which are drawn anew
        live, kept = page.evaluate(HEIGHTS, ".lstm")
        assert len(live) == EXPLORERS[name]
        assert kept == pytest.approx(live, rel=0.03)  # another machine's fonts


def test_the_place_that_is_kept_for_a_box_is_as_high_as_the_box_where_there_is_room_for_its_lines(page, site_url):
    heights = set()
    for name in ("gates", "states", "gradient"):
        page.goto(f"{site_url}/book/{name}.html")
        settle(page)
        live, kept = page.evaluate(HEIGHTS, ".answer")
        assert kept == pytest.approx(live, rel=0.15)  # a long label takes two lines
        heights |= {round(height) for height in live}
    assert len(heights) > 1  # numbers and choices


def test_a_place_of_the_wrong_height_is_noticed(page, site_url):
    page.goto(f"{site_url}/book/regimes.html")
    settle(page)
    page.add_style_tag(content="#regime-map { --gg-explorer-height: 73.6rem; }")
    live, kept = page.evaluate(HEIGHTS, ".lstm")
    assert kept != pytest.approx(live, rel=0.03)
