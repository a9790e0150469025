"""The words on the panels of the gates: none covers another, and one that is lit can be read."""

import pytest
from tests.browser.test_gate import shown

from companion.explorers.gate.explorer import PRESETS, START

COLLIDING = """(root) => [...root.querySelectorAll(".panel")].flatMap((panel) => {
  const texts = [...panel.querySelectorAll("text")].filter((one) => one.textContent);
  const box = (one) => one.getBoundingClientRect();
  return texts.flatMap((one, k) => texts.slice(k + 1).filter((other) => {
    const [a, b] = [box(one), box(other)];
    return a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3;
  }).map((other) => `${one.textContent} / ${other.textContent}`));
})"""


@pytest.mark.parametrize("width", [840, 688, 340])
def test_no_two_words_of_a_panel_collide_lit_or_not(width, page):
    for setting in (START, PRESETS["saturated"]):
        group = shown(page, setting, width=width)
        for gate in ("f", "g"):
            group.locator(f".panel[data-gate={gate}]").hover()
            assert group.evaluate(COLLIDING) == []
    page.add_style_tag(content=".lstm .panel .level { transform: translate(10px, -8px); }")
    assert group.evaluate(COLLIDING)


def test_a_lit_word_of_a_picture_is_bold_and_has_no_line_that_its_halo_would_smear(page):
    group = shown(page, START)
    word, plain = (group.locator(f".panel[data-gate={gate}] text", has_text="slope") for gate in "gi")
    group.locator(".panel[data-gate=g]").hover()
    look = (
        "node => { for (let one = node; one; one = one.parentElement) "
        "if (getComputedStyle(one).textDecorationLine !== 'none') return 'a line'; "
        "return getComputedStyle(node).fontWeight; }"
    )
    assert [one.evaluate(look) for one in (word, plain)] == ["700", "400"]
    line, symbol = "node => getComputedStyle(node).textDecorationLine", group.locator(".say [data-hue=h]")
    assert group.locator(".fold, .say [data-hue=h]").first.evaluate(line) == "none"
    group.locator(".slider[data-hue=h], [data-hue=h] input").first.hover()
    assert "underline" in symbol.evaluate(line)
