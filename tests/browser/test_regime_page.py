"""The regime explorer in the page: all numbers are Python's, and data that do not fit are refused."""

import json
from functools import cache

import numpy as np
import pytest
from tests.browser.test_pages import settle

from companion.explorers import RegimeExplorer
from companion.explorers.regimes.explorer import CASES
from companion.pages.regimes import places
from companion.shared import cells as shared
from lstm import rates

BIASES, SCALES = np.linspace(-2, 4, 13), np.linspace(0, 6, 13)
ADDRESS = "book/regimes.html"
EXPLORER = "Explorer of the regime map"
CHART = "Norms on a log axis against the steps back, 0 to 29"

# Chooses the places of the map and the built cells with these numbers; returns what the page then shows of each.
READ = """async (explorer, numbers) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const places = () => [...explorer.querySelectorAll("[role=row]")].reverse().flatMap((row) => [...row.children]);
  const [, ...built] = explorer.querySelector(".presets").querySelectorAll("button");
  const seen = [];
  for (const k of numbers) {
    [...places(), ...built][k].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await frame();
    seen.push({
      say: [...explorer.querySelectorAll(".say p")].map((line) => line.textContent),
      table: [...explorer.querySelectorAll(".places td")].map((cell) => cell.textContent),
      chart: explorer.querySelector(".beside svg").getAttribute("aria-label"),
      place: places().findIndex((one) => one.getAttribute("aria-selected") === "true"),
      pressed: built.find((one) => one.ariaPressed === "true")?.textContent ?? null,
    });
  }
  return seen;
}"""


@cache
def of_python():
    """The `Places` of the map and then of the built cells, one by one, as Python computes them today."""
    draws = shared.draw_cells(16, m=2, n=8, T=30, rng=np.random.default_rng(0))
    parts = [places.places(draws, BIASES, SCALES)]
    parts += [places.one(draw) for draw in shared.cases(rng=np.random.default_rng(0)).values()]
    names = places.Places._fields[2:]
    return [{name: getattr(part, name)[k] for name in names} for part in parts for k in range(len(part.true))]


def opened(page, site_url):
    """The explorer of the regime map, alive on its page."""
    page.goto(f"{site_url}/{ADDRESS}")
    settle(page)
    explorer = page.get_by_role("group", name=EXPLORER)
    explorer.scroll_into_view_if_needed()
    return explorer


@pytest.fixture
def explorer(page, site_url):
    return opened(page, site_url)


def as_text(x):
    """Three digits as the page writes them: 0.00415, 12.3, 1.14×10⁻²⁵."""
    digits, power = f"{x:.2e}".split("e")
    if -3 <= int(power) <= 3:
        return f"{float(f'{x:.2e}'):.{max(0, 2 - int(power))}f}"
    return f"{digits}×10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def words(place, k):
    """What the page must say of place k: its sentences, its table and the label of its chart."""
    true, direct, many = as_text(place["true_norm"][1]), as_text(place["direct_norm"][1]), int(place["true"].sum())
    row, column = divmod(k, 13)
    if k >= 169:
        where = f"The built cell of the button {CASES[k - 169]}."
    else:
        bias = f"{BIASES[row]:+g}".replace("-", "−") if BIASES[row] else "0"
        where = f"Forget bias {bias}, factor on W2 {SCALES[column]:g}; medians of 16 networks."
    verdicts = [rates.VERDICTS[place[f"{which}_verdict"]] for which in ("true", "direct")]
    columns = []
    for which in ("true", "direct"):
        quartiles = [as_text(x) for name in ("norm", "rate") for x in place[f"{which}_{name}"]]
        shown = quartiles if k < 169 else ["–", quartiles[1], "–", "–", quartiles[4], "–"]
        columns.append(shown + [f"{count} of {many}" for count in place[which]])
    return {
        "say": [
            where,
            f"Over 29 steps the true norm is {true}; the product of f is {direct}.",
            f"In truth the gradient {verdicts[0]}; by the product of f it {verdicts[1]}.",
        ],
        "table": ["", *(text for pair in zip(*columns, strict=True) for text in pair)],
        "chart": f"{CHART}. At 29: product of f {direct}, true chain {true}.",
        "place": k if k < 169 else -1,
        "pressed": CASES[k - 169] if k >= 169 else None,
    }


def differences(explorer, numbers):
    """The places of which the page says anything else than Python."""
    seen = explorer.evaluate(READ, list(numbers))
    return [k for k, one in zip(numbers, seen, strict=True) if one != words(of_python()[k], k)]


def test_every_place_and_every_built_cell_shows_pythons_numbers(explorer):
    assert len(of_python()) == 169 + 4
    assert explorer.evaluate(READ, [30]) == [words(of_python()[30], 30)]
    assert differences(explorer, range(173)) == []


def changed(page, change):
    """Let the page come with other data: `change` edits the decoded JSON or returns another text."""

    def serve(route):
        body = route.fetch().text()
        start = body.index('"data": "', body.index("widget-state+json")) + len('"data": "')
        end = body.index('"', start)
        while body[end - 1] == "\\":
            end = body.index('"', end + 1)
        data = json.loads(json.loads(f'"{body[start:end]}"'))
        text = change(data)
        text = text if isinstance(text, str) else json.dumps(data)
        route.fulfill(body=body[:start] + json.dumps(text)[1:-1] + body[end:], content_type="text/html; charset=utf-8")

    page.route(f"**/{ADDRESS}", serve)


def test_a_wrong_number_in_the_data_is_noticed(page, site_url):
    def swap(data):
        data["true_norm"][30][1] *= 1.01
        data["direct"][171] = [0, 0, 1]

    changed(page, swap)
    assert differences(opened(page, site_url), [29, 30, 31, 170, 171, 172]) == [30, 171]


def test_without_sound_data_the_static_map_comes_back(page, site_url):
    changed(page, lambda data: "{")
    page.goto(f"{site_url}/{ADDRESS}")
    settle(page)
    assert page.locator(".cell[data-widget=failed]").count() == 1
    assert "JSON" in page.locator(".widget-note").inner_text()
    assert page.get_by_role("group", name=EXPLORER).count() == 0
    assert page.locator(".tag_static-figure img").is_visible()


MISSING = {
    "no scales": lambda data: data.pop("scales"),
    "nothing at all": lambda data: data.clear(),
}
RENDER = """async ([code, texts]) => {
  const { default: widget } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const traits = { bias: 1, scale: 1, case: 0, colour: 0 }, el = document.createElement("div");
  return texts.map((data) => {
    const model = { get: (name) => ({ ...traits, data })[name], set() {}, save_changes() {}, on() {}, off() {} };
    try {
      widget.render({ model, el })();
      return "rendered";
    } catch (error) {
      return String(error);
    }
  });
}"""


def test_data_that_are_not_there_are_an_error(page):
    draws = shared.draw_cells(2, m=2, n=2, T=4, rng=np.random.default_rng(0))
    cells = dict.fromkeys(CASES, places.one(draws[0]))
    sound = RegimeExplorer(places.places(draws, BIASES, SCALES), cells).data
    texts = [sound, "{"]
    for change in MISSING.values():
        change(data := json.loads(sound))
        texts.append(json.dumps(data))
    first, *others = page.evaluate(RENDER, [RegimeExplorer._esm, texts])
    assert first == "rendered"
    assert [one for one in others if "Error" not in one] == []
    assert len(others) == 1 + len(MISSING)
