"""The explorer of a gate in Chromium: its arithmetic, all that it shows, pointer and keys; and mutants of it."""

import re

import numpy as np
import pytest
from tests.browser.mutants import survivors
from tests.browser.readouts import drawn, fixed, mount, number, value_of
from tests.browser.test_pages import DRAWN

from companion.explorers import GateExplorer
from companion.explorers.bundle import bundle
from companion.explorers.gate.explorer import ORDER, PRESETS, PUSH, START
from lstm import sigmoid

ASK = """([code, settings, order, push]) => {
  const respond = new Function(`${code}; return respond;`)();
  return settings.map((now) => Object.fromEntries(order.map((gate) => [gate, respond(now, gate, push)])));
}"""
READ = """async (root) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame(); await frame();
  const text = (node) => node.textContent, all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const at = (node, ...names) => names.map((name) => Number(node.getAttribute(name)));
  return {
    say: all(".say p").map(text), pressed: all("[aria-pressed=true]").map((one) => one.ariaLabel ?? text(one)),
    sliders: all(".slider input").filter((one) => one.checkVisibility())
      .map((one) => [one.ariaLabel, one.valueAsNumber]),
    panels: all(".panel").map((one) => ({
      name: one.querySelector("[role=button]").ariaLabel, gate: one.dataset.gate,
      chosen: one.classList.contains("chosen"),
      levels: all("line:not(.tangent)", one).map((line) => at(line, "y1", "y2")).filter(([a, b]) => a === b),
      words: all("text:not(.level)", one).map(text),
      names: all("text.level", one).map((name) => [text(name), ...at(name, "y")]),
      dot: at(one.querySelector("circle"), "cx", "cy"),
      tangent: at(one.querySelector(".tangent"), "x1", "y1", "x2", "y2"),
      course: one.querySelector(".course").getAttribute("d"), stroke: one.querySelector(".course").style.stroke,
    })),
  };
}"""
NAMES = {"f": "forget gate", "i": "input gate", "o": "output gate", "g": "candidate"}


def test_the_browsers_gates_agree_with_pythons_on_a_thousand_settings(page):
    settings = list(drawn(GateExplorer, 1000, seed=0))
    worst = 0
    answers = page.evaluate(ASK, [bundle("gate/formulas.js"), settings, list(ORDER), PUSH])
    for setting, got in zip(settings, answers, strict=True):
        for gate, one in GateExplorer(**setting).responses().items():
            worst = max(worst, *(abs(got[gate][k] - v) / (1 + abs(one.z)) for k, v in one._asdict().items()))
            assert got[gate]["slope"] == pytest.approx(one.slope, rel=1e-12, abs=0)
    assert worst < 1e-12


def assert_all_is_pythons(seen, explorer):
    chosen, responses = ORDER[explorer.gate], explorer.responses()
    one, now = responses[chosen], lambda name: fixed(getattr(explorer, name), 2)
    sum_ = f"{now(f'w_1{chosen}')} × {now('x')} + {now(f'w_2{chosen}')} × {now('h')} + {now(f'b_{chosen}')}"
    share, by = fixed(100 * one.slope / one.steepest, 1), getattr(explorer, f"w_2{chosen}") * one.slope * PUSH
    moved = f"raising h by {PUSH} moves it by {number(one.pushed - one.value)}"
    moved += f"; slope, weight and {PUSH} multiply to {number(by)}."
    assert seen["say"] == [
        f"z = {sum_} = {number(one.z)}, and {chosen} = {number(one.value)}.",
        f"Its slope {number(one.slope)} is {share} % of the greatest: {moved}",
    ]
    bias = {f"b{chosen}, bias": getattr(explorer, f"b_{chosen}")}
    assert dict(seen["sliders"]) == {"x, input": explorer.x, "h(t−1), hidden state": explorer.h} | bias
    starts = [float(panel["course"].split()[0][1:]) for panel in seen["panels"]]
    assert starts[0] == starts[2] < starts[1] == starts[3]
    assert [panel["gate"] for panel in seen["panels"]] == list(ORDER)
    for panel in seen["panels"]:
        gate, z, value = panel["gate"], responses[panel["gate"]].z, responses[panel["gate"]].value
        slope, numbers = responses[gate].slope, [number(x) for x in (z, value, responses[gate].slope)]
        assert panel["chosen"] == (gate == chosen)
        assert panel["name"] == f"{NAMES[gate]}: z {numbers[0]}, {gate} {numbers[1]}, slope {numbers[2]}"
        beyond = "beyond the curve" if abs(z) > 8 else ""
        assert panel["words"] == [NAMES[gate], f"z {numbers[0]}", f"{gate} {numbers[1]}", f"slope {numbers[2]}", beyond]
        assert panel["stroke"] == f"var(--{gate})"
        points = np.array([point.split() for point in re.split("[ML]", panel["course"])[1:]], float)
        at, low = np.linspace(-8, 8, 65), -1 if gate == "g" else 0
        link = np.tanh if gate == "g" else sigmoid
        (x_0, x_1), shape = points[[0, -1], 0], link(at)
        top = np.polyfit(shape, points[:, 1], 1)
        np.testing.assert_allclose(points[:, 0], x_0 + (at + 8) / 16 * (x_1 - x_0), atol=1e-4)
        np.testing.assert_allclose(points[:, 1], np.polyval(top, shape), atol=1e-4)
        assert np.polyval(top, low) - np.polyval(top, 1) == pytest.approx(96)
        levels = np.polyval(top, [low, (low + 1) / 2, 1])
        np.testing.assert_allclose(panel["levels"], np.transpose([levels, levels]), atol=1e-4)
        assert [value_of(name.replace("½", "0.5")) for name, _ in panel["names"]] == [low, (low + 1) / 2, 1]
        np.testing.assert_allclose([y - 4 for _, y in panel["names"]], levels, atol=1e-4)
        where = np.clip(z, -8, 8)
        x = np.polynomial.Polynomial.fit([-8, 8], [x_0, x_1], 1)
        np.testing.assert_allclose(panel["dot"], [x(where), np.polyval(top, value)], atol=1e-4)
        a, b, c, d = panel["tangent"]
        reach = 0.6 if gate == "g" else 1.5
        ends = np.clip([where - reach, where + reach], -8, 8)
        np.testing.assert_allclose([a, c], x(ends), atol=1e-4)
        np.testing.assert_allclose([b, d], np.polyval(top, value + slope * (ends - where)), atol=1e-4)
    assert value_of(number(one.slope)) <= one.steepest


def shown(page, setting, code=None, width=688):
    return mount(page, GateExplorer(**setting), code, width)


@pytest.mark.parametrize("width", [688, 340])
def test_all_that_is_shown_is_pythons(width, page):
    for setting in [*PRESETS.values(), *drawn(GateExplorer, 20, seed=1)]:
        assert_all_is_pythons(shown(page, setting, width=width).evaluate(READ), GateExplorer(**setting))


MUTANTS = {
    "another gate's value": ("value = link(gate, z)", 'value = link("f", z)'),
    "a slope of the other link": ("z / stretch", "z"),
    "a tangent that leaves its frame": ("inside(at + reach)", "at + reach"),
    "a push the other way": ("at(now.h + push)", "at(now.h - push)"),
    "the weight of x for that of h": ("by = now[`w_2${gate}`]", "by = now[`w_1${gate}`]"),
    "a bound of one for all": ("[0.25, 2]", "[1, 2]"),
    "the sliders of another gate": ("node.hidden = k !== now.gate", "node.hidden = k === now.gate"),
    "a tangent too flat": ("value + slope * (end - at)", "value + 0.5 * slope * (end - at)"),
    "a point off its curve": ("cx: x(at), cy: y(value)", "cx: x(0), cy: y(value)"),
    "a curve of the other link": ("y(link(gate, at))", 'y(link("g", at))'),
    "a level that is missing": ("[low, (low + 1) / 2, 1]", "[low, 1]"),
    "the candidate's axis for a gate's": ('gate === "g" ? ["−1", "0", "1"]', 'gate === "f" ? ["−1", "0", "1"]'),
    "a level named upside down": ("names[n]", "names[2 - n]"),
    "two panels exchanged": ("left = (k % 2) * wide", "left = ((k + 1) % 2) * wide"),
    "the frame of another": ("on = gate === chosen", 'on = gate === "i"'),
    "numbers exchanged": ("`slope ${number(slope)}`, {", "`slope ${number(value)}`, {"),
}


def test_a_wrong_display_is_noticed(page):
    settings = [PRESETS["saturated"], *(one | {"gate": k} for k, one in enumerate(drawn(GateExplorer, 4, seed=3)))]

    def look(source):
        for setting in settings:
            assert_all_is_pythons(shown(page, setting, source).evaluate(READ), GateExplorer(**setting))

    assert survivors(str(GateExplorer._esm), MUTANTS, look) == []


def test_a_panel_is_chosen_by_pointer_and_by_key_and_a_slider_moves_its_own(page):
    group = shown(page, START)
    group.locator(".panel").nth(3).click()
    assert page.evaluate("model.traits.gate") == 3
    group.locator(".panel .frame").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("model.traits.gate") == 1
    group.evaluate(READ)
    assert page.evaluate("document.activeElement.parentNode.dataset.gate") == "i"  # drawn anew, it has the focus still
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("model.traits.gate") == 2
    group.locator(".panel").nth(1).click()
    group.get_by_role("slider", name="bi, bias").press("ArrowRight")
    assert page.evaluate("model.traits.b_i") == pytest.approx(0.01)
    group.get_by_role("button", name="start", exact=True).click()
    assert page.evaluate("[model.traits.gate, model.traits.b_i]") == [0, 0]


def test_the_panels_are_buttons_for_ears_too(page):
    tree = shown(page, START).locator(".drawing").aria_snapshot()
    assert tree.startswith('- group "The four gates, each on its curve":')
    assert tree.count('button "') == len(ORDER)


@pytest.mark.parametrize("width", [688, 358, 288])
def test_no_setting_moves_what_stands_below_the_sentences(width, page):
    heights = set()
    for setting in [START, *PRESETS.values(), *drawn(GateExplorer, 20, seed=5)]:
        group = shown(page, setting, width=width)
        page.evaluate(DRAWN)  # its first frame may be half a pixel lower than the next
        heights.add(group.bounding_box()["height"])
    assert len(heights) == 1
