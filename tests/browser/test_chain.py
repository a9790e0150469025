"""The explorer of the chain: words, marks, curves and bars against Python; mouse, keys, buttons; mutants."""

import pytest
from tests.browser.chain_shown import assert_all_is_pythons, shown_settings
from tests.browser.geometry import axis
from tests.browser.mutants import survivors
from tests.browser.readouts import mount, moved, touched

from companion.explorers import ChainExplorer
from companion.explorers.chain.explorer import PRESETS, T


@pytest.mark.parametrize("width", [688, 320])
def test_all_that_it_shows_is_pythons(width, page):
    assert_all_is_pythons(page, mount(page, ChainExplorer(), width=width), shown_settings(20))


MUTANTS = {
    "the truth for the product": ("strong(by_f), wrong", "strong(truth), wrong"),
    "a wrong sign never said": ("value * truth < 0", "value * truth < -1e300"),
    "the part of another gate": ("value: parts.forget", "value: parts.input"),
    "steps exchanged": ("...where(of_f)", "...where(of_J)"),
    "the smallest called most": ("Math.abs(b) - Math.abs(a)", "Math.abs(a) - Math.abs(b)"),
    "a lack of the other sign": ("strong(truth - direct)", "strong(direct - truth)"),
    "the split of a neighbour": ("split(cell, far, now.t)", "split(cell, far, Math.max(1, now.t - 1))"),
    "a twentieth": ("partsAt(one, far.chain, TENTH)", "partsAt(one, far.chain, TENTH / 2)"),
    "the last step for the first": ("lastIndexOf(true)", "indexOf(true)"),
    "a mark beside its step": ("at = x(step)", "at = x(step + 1)"),
    "the mark of another": ('step: of_J, words: "J is off"', 'step: of_f, words: "J is off"'),
    "a curve of another": ('values: far.product_of_jacobians, hue', 'values: far.chain, hue'),
    "hollow exchanged": ('value: far.chain[t - 1], hue: "c", strong', 'value: far.chain[t - 1], hue: "c", hollow'),
    "a switch never marked": ("now.switch < T ? now.switch : 0", "0"),
}  # fmt: skip


def test_a_wrong_display_is_noticed(page):
    many = shown_settings(4)

    def look(source):
        assert_all_is_pythons(page, mount(page, ChainExplorer(), source), many)

    assert survivors(str(ChainExplorer._esm), MUTANTS, look) == []


def test_every_control_moves_one_trait_of_its_own(page):
    moves, _ = touched(mount(page, ChainExplorer()), ChainExplorer(), lambda label: 0.37 if label[0] not in "tk" else 5)
    assert sorted(moves.values()) == sorted([name] for name in ChainExplorer.ranges())


def test_keys_on_the_slider_and_the_mouse_on_the_chart_move_the_step(page):
    group = mount(page, ChainExplorer())
    slider = group.get_by_role("slider", name="t, step that is moved")
    slider.press("ArrowRight")
    assert moved(group, [{}])[0].traits["t"] == 9
    page.keyboard.press("End")
    assert moved(group, [{}])[0].traits["t"] == T - 1
    picture = moved(group, [{}])[0].figures[0]
    x = axis([(int(one["text"]), one["at"][0]) for one in picture.texts if one["kind"] == "middle tick"])
    box = group.locator("svg").first.bounding_box()
    page.mouse.move(box["x"] + float(x(12)), box["y"] + 100)
    assert moved(group, [{}])[0].traits["t"] == T - 1  # a mouse that is not pressed moves nothing
    page.mouse.down()
    assert moved(group, [{}])[0].traits["t"] == 12
    page.mouse.move(box["x"] + float(x(20)) + 2, box["y"] + 90, steps=3)
    page.mouse.up()
    assert moved(group, [{}])[0].traits["t"] == 20


def test_a_button_sets_every_trait_and_is_pressed(page):
    group = mount(page, ChainExplorer())
    for name, setting in PRESETS.items():
        group.get_by_role("button", name=name, exact=True).click()
        (seen,) = moved(group, [{}])
        start = ["start"] * all(getattr(ChainExplorer(), k) == x for k, x in setting.items())
        assert (seen.traits, seen.pressed) == (setting, [*start, name])
