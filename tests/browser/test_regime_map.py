"""The regime map in the page: mouse and keys reach every place, letters say what colours say, and it fits a phone."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from tests.browser.test_regime_page import as_text, of_python, opened, words

from companion.explorers.regimes.explorer import CASES, COLOURS
from lstm import rates


@pytest.fixture
def explorer(page, site_url):
    return opened(page, site_url)


def place_at(explorer, row, column):
    return explorer.get_by_role("row").nth(12 - row).get_by_role("gridcell").nth(column)


def says(explorer, text):
    explorer.locator(".say p").first.filter(has_text=text).wait_for()


def test_a_click_of_the_mouse_chooses_a_place(explorer):
    place_at(explorer, 12, 12).click()
    says(explorer, "Forget bias +4, factor on W2 6;")
    place_at(explorer, 0, 0).click(position={"x": 3, "y": 3})
    says(explorer, "Forget bias −2, factor on W2 0;")
    assert place_at(explorer, 0, 0).get_attribute("aria-selected") == "true"
    assert explorer.locator("[role=gridcell][aria-selected=true]").count() == 1


KEYS = [("ArrowUp", "+1.5", "3.5"), ("ArrowRight", "+1.5", "4"), ("ArrowDown", "+1", "4"), ("ArrowLeft", "+1", "3.5")]
KEYS += [("End", "+1", "6"), ("ArrowRight", "+1", "6"), ("Home", "+1", "0"), ("ArrowLeft", "+1", "0")]


def test_the_arrow_keys_walk_from_place_to_place_and_stop_at_the_edge(explorer, page):
    start = explorer.locator("[role=gridcell][tabindex='0']")
    assert start.count() == 1
    start.focus()
    for key, bias, factor in KEYS:
        page.keyboard.press(key)
        says(explorer, f"Forget bias {bias}, factor on W2 {factor};")
        name = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert name.startswith(f"bias {bias}, factor {factor}: ")
        assert explorer.locator("[role=gridcell][tabindex='0']").get_attribute("aria-label") == name
        assert explorer.locator("[role=gridcell][tabindex='0']").count() == 1


def test_the_tab_key_enters_the_map_once_and_leaves_it_again(explorer, page):
    explorer.get_by_role("button", name="true rate").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") != "gridcell"


def test_a_key_takes_the_map_back_from_a_built_cell(explorer):
    for key in ("Enter", " "):
        explorer.get_by_role("button", name="explodes", exact=True).press("Enter")
        says(explorer, "The built cell of the button explodes.")
        assert explorer.locator("[role=gridcell][aria-selected=true]").count() == 0
        explorer.locator("[role=gridcell][tabindex='0']").press(key)
        says(explorer, "Forget bias +1, factor on W2 3.5;")


def letters(colour, place):
    """What stands in a cell of the map."""
    ratio, rate = round(float(place["log10_ratio"][1]), 2), float(f"{place['true_rate'][1]:.3g}")
    shown = [
        fixed(abs(ratio), 1 if ratio < 9.95 else 0),
        rates.VERDICTS[place["true_verdict"]][0],
        fixed(100 * rate, 0),
    ]
    return shown[colour]


def fixed(x, digits):
    """JavaScript's toFixed: halves go up, where Python's format rounds them to even."""
    return str(Decimal(x).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def colour_by(explorer, name):
    explorer.get_by_role("button", name=name).click()
    explorer.locator(f".presets [aria-pressed=true]:text-is('{name}')").wait_for()


def test_the_cells_say_in_letters_what_their_colour_says(explorer):
    differ = sum(place["true_verdict"] != place["direct_verdict"] for place in of_python()[:169])
    assert differ > 20
    for colour, name in enumerate(COLOURS):
        colour_by(explorer, name)
        texts = explorer.locator(".letters text").all_text_contents()
        seen = [text for row in reversed(range(13)) for text in texts[13 * row : 13 * row + 13]]
        assert seen == [letters(colour, place) for place in of_python()[:169]]
        corners = explorer.locator("[role=gridcell] path[visibility=visible]").count()
        assert corners == (differ if colour == 1 else 0)


def test_a_cell_is_named_by_its_numbers(explorer):
    for row, column in [(0, 12), (6, 2), (12, 12)]:
        place = of_python()[13 * row + column]
        name = place_at(explorer, row, column).get_attribute("aria-label")
        numbers = f"log10 ratio {place['log10_ratio'][1]:.2f}, true rate {as_text(place['true_rate'][1])}"
        assert name.endswith(f": {numbers}, {rates.VERDICTS[place['true_verdict']]}")


# The heights of both curves' points in the chart, and those of the ticks of its log axis with their words.
POINTS = """(explorer) => {
  const heights = (path) => path.getAttribute("d").slice(1).split("L").map((point) => Number(point.split(" ")[1]));
  const chart = explorer.querySelector(".beside svg"), lines = [...chart.querySelectorAll("path")];
  const ticks = [...chart.querySelectorAll("text.tick:not(.middle, .end)")];
  const curves = lines.filter((path) => path.style.fill === "none").map(heights);
  return [...curves, ticks.map((tick) => [tick.textContent, Number(tick.getAttribute("y")) - 4.5])];
}"""
PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def log10_of(tick):
    """-8 for 10⁻⁸ and -1 for 0.1."""
    power = tick.removeprefix("10").translate(PLAIN)
    return int(power) if power != tick and tick.translate(PLAIN) != tick else np.log10(float(tick))


def test_the_chart_has_the_curves_on_its_axis(explorer):
    for k in (0, 6 * 13 + 2, 168, 171, 172):
        if k < 169:
            place_at(explorer, *divmod(k, 13)).click()
        else:
            explorer.get_by_role("button", name=CASES[k - 169], exact=True).click()
        place = of_python()[k]
        explorer.get_by_label(words(place, k)["chart"]).wait_for()
        direct, true, ticks = explorer.evaluate(POINTS)
        powers, heights = zip(*((log10_of(tick), y) for tick, y in ticks), strict=True)
        axis = np.polyfit(powers, heights, 1)
        log10 = np.concatenate([place["direct_curve"][1], place["true_curve"][1]])
        stored = 0.006 * abs(axis[0])  # in hundredths
        np.testing.assert_allclose(direct + true, np.polyval(axis, log10), rtol=0, atol=stored + 1e-6)
        assert axis[0] < 0
        assert len(ticks) >= 3


CONTRASTS = """(explorer) => [...explorer.querySelectorAll("[role=gridcell] rect")].map((box, k) => {
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number), of = colour.startsWith("rgb") ? 255 : 1;
    return parts.map((v) => linear(v / of)).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0.05);
  };
  const words = explorer.querySelectorAll(".letters text")[k];
  const fills = [box, words].map((node) => light(getComputedStyle(node).fill));
  return Math.max(...fills) / Math.min(...fills);
})"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_letters_of_the_map_stand_out_from_their_colour(dark, open_page, site_url):
    explorer = opened(open_page(dark=dark), site_url)
    worst = []
    for name in COLOURS:
        colour_by(explorer, name)
        worst.append(min(explorer.evaluate(CONTRASTS)))
    assert min(worst) >= 4.5, worst
    assert max(worst) < 21


def test_it_fits_a_phone_and_a_finger(open_page, site_url):
    explorer = opened(open_page(width=390), site_url)
    box = explorer.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    sizes = explorer.evaluate(
        "node => [...node.querySelectorAll('svg text')].map(text => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) >= 11
    colour_by(explorer, "true rate")
    squares, texts = explorer.locator("[role=gridcell] rect").all(), explorer.locator(".letters text").all()
    for square, text in [(a.bounding_box(), b.bounding_box()) for a, b in zip(squares, texts, strict=True)][::17]:
        assert min(square["width"], square["height"]) >= 24
        assert text["width"] <= square["width"] - 1
