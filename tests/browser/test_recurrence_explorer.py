"""The explorer of the recurrences: words, edges and norms of every cell against Python; buttons, links, mutants."""

from functools import cache

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser.geometry import numbers
from tests.browser.mutants import survivors
from tests.browser.norms_shown import assert_norms
from tests.browser.readouts import mount, moved, number, told

from companion.explorers import RecurrenceExplorer
from companion.explorers.recurrences.explorer import CELLS, PRESETS, SCALES, WAYS
from companion.pages.recurrences.families import families

HUES = {"direct": "direct", "D": "h", "forget": "f", "input": "i", "candidate": "g", "output": "o"}
HUES |= {"update": "f", "reset": "o", "stabiliser": "x"}
OF_LSTM = {"forget": "hc", "input": "hc", "candidate": "hc", "output": "hh"}
DRAWS, STEPS = 3, 8


@cache
def small():
    return families(draws=DRAWS, steps=STEPS + 1)


def every_setting():
    return [
        dict(cell=cell, scale=scale, way=way)
        for cell in range(CELLS)
        for way in range(len(WAYS))
        for scale in range(len(SCALES))
        if scale in (0, 3, 4)
    ]


def listed(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def said(shown):
    by_ends = {both: [p for p, *e in shown["ends"] if "".join(e) == both and shown["sizes"][p]] for both in OF_ENDS}
    back, cut = by_ends["hc"] + by_ends["hh"], [path for path, *_ in shown["ends"] if not shown["sizes"][path]]
    first = f"{shown['name']}: each step multiplies the memory by {shown['factor']}. "
    first += f"Through h: {listed(back)}. " if back else ""
    first += f"From c to c: {listed(by_ends['cc'])}. " if by_ends["cc"] else ""
    first += f"Out of the memory and not back: {listed(by_ends['ch'])}. " if by_ends["ch"] else ""
    first += f"Cut: {listed(cut)}. " if cut else ""
    first += "" if shown["ends"] else "No other path leads into the memory."
    true, product = (number(shown[f"{which}_norm"][1]) for which in ("true", "direct"))
    second = f"Over {STEPS} steps the norm of the chain is {true}, the median of {DRAWS} random cells; "
    if shown["off"] is None:
        return [first, second + "in all of them the product of the direct factors is the chain, up to rounding."]
    second += f"that of the product of the direct factors is {product}. Entry by entry the two differ by up to "
    return [first, second + f"{number(shown['off'])} times the largest entry of the chain, in the median."]


OF_ENDS = ("hc", "hh", "cc", "ch")


def assert_edges(figure, shown):
    """Each edge that is there twice (D thrice), as thick as it is large, named with its size; dotted what is gone."""
    between = {"direct": "cc", "D": "ch"} | {path: a + b for path, a, b in shown["ends"]}
    sizes = {name: shown["sizes"][name] for name in between}
    there = {name: size for name, size in sizes.items() if size}
    drawn = {one["edge"]: one for one in figure.paths if one["kind"] == "link there"}
    assert set(drawn) == {f"{name} {k}" for name in there for k in range(3 if name == "D" else 2)}
    gone = {one["edge"] for one in figure.paths if one["kind"] == "link gone"}
    lost = [name for name, ends in OF_LSTM.items() if not (name in there and between[name] == ends)]
    assert gone == {f"{name} {k}" for name in lost for k in range(2)}
    places = {t["text"]: t["at"] for t in figure.texts if t["kind"] == "middle place"}
    assert len(places) == 6
    for name, size in there.items():
        for k in range(3 if name == "D" else 2):
            one, steps = drawn[f"{name} {k}"], ("t−2", "t−1", "t", "t+1")
            assert float(one["width"].removesuffix("px")) == pytest.approx(1.5 + 3.5 * min(1, size), rel=1e-5)
            assert one["stroke"] == f"var(--{HUES[name]})"
            start, end = between[name][0], between[name][1]
            ends = places[f"{start}({steps[k]})"], places[f"{end}({steps[k if name == 'D' else k + 1]})"]
            np.testing.assert_allclose(ends_of(one["d"]), ends, rtol=0, atol=27)
    named = {t["text"]: t["fill"] for t in figure.texts if t["kind"] in ("factor", "middle factor")}
    assert named == {f"{name} {number(size)}": f"var(--{HUES[name]})" for name, size in there.items()}
    spoken = "; ".join(f"{k}, from {between[k][0]} to {between[k][1]}, {number(size)}" for k, size in there.items())
    none = [name for name, size in sizes.items() if not size]
    assert figure.label == f"Edges of one step: {spoken}." + (f" Of size 0: {', '.join(none)}." if none else "")


def ends_of(d):
    """Both ends, [[x, y], [x, y]], of a path that is M x y, then H x, V y, L x y or Q x y x y."""
    x, y, *rest = numbers(d)
    if "H" in d:
        return [[x, y], [rest[0], y]]
    return [[x, y], [x, rest[0]] if "V" in d else rest[-2:]]


def assert_all_is_pythons(page, group, settings):
    explorer = RecurrenceExplorer(small())
    for setting in settings:
        for name, value in setting.items():
            setattr(explorer, name, value)
        seen, shown = told(page, group, setting), explorer.shown()
        assert seen.say == said(shown)
        assert_edges(seen.figures[0], shown)
        assert_norms(seen.figures[1], shown, DRAWS, "product")
        chosen = [shown["name"], f"× {SCALES[explorer.scale]:g}", WAYS[explorer.way]]
        assert [name for name in seen.pressed if name not in ("start", *PRESETS)] == chosen


@pytest.mark.parametrize("width", [840, 340])
def test_all_that_the_explorer_of_the_recurrences_shows_is_pythons(width, page):
    assert_all_is_pythons(page, mount(page, RecurrenceExplorer(small()), width=width), every_setting())


MUTANTS = {
    "the other norm": ("strong(true_norm[1]), many", "strong(direct_norm[1]), many"),
    "a path that is cut called open": ("(sizes[path] && between", "(between"),
    "paths to h called others": ('open("cc"), open("ch")]', 'open("ch"), open("cc")]'),
    "exact where it is not": ("off === null", "off !== null"),
    "a factor of another cell": ("const family = families[cell]", "const family = families[13 - cell]"),
    "the other way of drawing": ("[way]: row", "[1 - way]: row"),
    "another scale": ("row[Math.min(scale, row.length - 1)]", "row[Math.min(scale + 1, row.length - 1)]"),
    "all edges alike": ("Math.min(1, size)", "Math.min(1, 0.5)"),
    "an edge that begins in the other row": ("M${a + 12} ${TOP + 12}L", "M${a + 12} ${BELOW - 12}L"),
    "D one step late": ("M${a} ${TOP + 13}V${BELOW - 13}", "M${b} ${TOP + 13}V${BELOW - 13}"),
    "gone edges drawn as there": ("there.some((one) => one.name === name", "!there.some((one) => one.name === name"),
    "a size for the wrong edge": ("size: sizes.direct", "size: sizes.D"),
    "a factor under the wrong button": ("factor}`, { scale }]", "factor}`, { scale: 4 - scale }]"),
}  # fmt: skip


def test_a_wrong_display_of_the_recurrences_is_noticed(page):
    explorer, settings = RecurrenceExplorer(small()), every_setting()[::5]

    def look(source):
        assert_all_is_pythons(page, mount(page, explorer, source), settings)

    assert survivors(str(explorer._esm), MUTANTS, look) == []


def test_each_button_sets_what_it_names_and_each_preset_the_whole(page):
    group = mount(page, RecurrenceExplorer(small()))
    cells = {family.name: ("cell", k) for k, family in reversed(list(enumerate(small())))}  # the LSTM last: it reads h
    named = {f"× {factor:g}": ("scale", k) for k, factor in enumerate(SCALES)}
    named = cells | named | {way: ("way", k) for k, way in enumerate(WAYS)}
    for name, (trait, value) in named.items():
        group.get_by_role("button", name=name, exact=True).press("Enter")
        assert moved(group, [{}])[0].traits[trait] == value
    for name, setting in PRESETS.items():
        group.get_by_role("button", name=name, exact=True).click()
        assert moved(group, [{}])[0].traits.items() >= setting.items()


EXTENTS = """(svg) => [svg, ...svg.querySelectorAll(".factor")].map((one) => one.getBoundingClientRect())
  .map(({ left, right }) => [left, right])"""


def test_numbers_on_the_edges_stand_inside_the_drawing_at_every_width(page):
    for width in (300, 340, 620, 840):
        group = mount(page, RecurrenceExplorer(small()), width=width)
        boxes = group.locator("svg").first.evaluate(EXTENTS)
        (left, right), *texts = boxes
        assert all(left - 1 <= a and b <= right + 1 for a, b in texts), width


def test_the_weights_of_h_cannot_be_pressed_where_nothing_reads_h(page):
    group = mount(page, RecurrenceExplorer(small()))
    factor, other = (group.get_by_role("button", name=name, exact=True) for name in ("× 0.25", "× 2"))
    factor.click()
    expect(factor).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="RWKV-7").click()
    expect(other).to_have_attribute("aria-disabled", "true")
    other.dispatch_event("click")
    page.wait_for_timeout(100)
    expect(factor).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="sLSTM").click()
    expect(other).to_have_attribute("aria-disabled", "false")
    other.click()
    expect(other).to_have_attribute("aria-pressed", "true")
