"""The words on the drawing of the cell: none is struck by a wire or leaves its frame; boxes and arrows have names."""

import pytest
from tests.browser.readouts import mount

from companion.explorers import CellExplorer
from companion.shared.units import passing_through

# The words that a wire runs through, those that leave the frame of their box, and those left of the explorer.
IN_THE_WAY = """(root) => {
  const texts = [...root.querySelectorAll("svg text")], edge = (node) => node.getBoundingClientRect();
  const points = [...root.querySelectorAll("path.wire")].flatMap((path) => {
    const { left, top } = edge(root.querySelector("svg"));
    return Array.from({ length: 200 }, (_, k) => path.getPointAtLength(path.getTotalLength() * k / 199))
      .map(({ x, y }) => [x + left, y + top]);
  });
  const struck = texts.filter((node) => {
    const { left, right, top, bottom } = edge(node);
    return points.some(([x, y]) => left + 1 < x && x < right - 1 && top + 4 < y && y < bottom - 4);
  });
  const out = texts.filter((node) => {
    const frame = node.closest(".piece")?.querySelector("rect");
    if (!frame) return edge(node).left < edge(root).left;
    const [own, box] = [edge(node), edge(frame)];
    return own.left < box.left || own.right > box.right || own.top < box.top - 2 || own.bottom > box.bottom + 2;
  });
  return [struck, out].map((some) => some.map((node) => node.textContent));
}"""
TAP = "Tap a wire for its number."


def small(**values):
    """An explorer of numbers such as the book's."""
    first, second = dict(f=0.5, i=0.5, o=0.5, g=0.0), dict(f=0.8, i=0.5, o=0.5, g=0.6)
    params = passing_through(first, second, dict(f=1, i=-1, g=2, o=0.1), x=(0, 0.5))
    return CellExplorer(params, [[0.0], [0.5], [-0.4], [0.1]], [[0.0], [-0.9], [0.0], [0.3]], c_0=[1.0], **values)


@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("width", [340, 460, 620, 840])
def test_no_word_is_struck_by_a_wire_or_leaves_its_frame_or_the_margin(width, back, page):
    for t in (2, 3, 4):
        group = mount(page, small(t=t, back=back), width=width)
        assert group.evaluate(IN_THE_WAY) == [[], []], t


def test_a_word_in_the_way_is_noticed(page):
    group = mount(page, small(t=2, back=1), width=340)
    page.add_style_tag(content=".lstm svg { font-size: 16px !important; }")
    assert group.evaluate(IN_THE_WAY)[1]
    source, whole = str(CellExplorer._esm), "const d = points"
    assert whole in source
    group = mount(page, small(t=2, back=1), source.replace(whole, "const d = [points[0], [points[0][0], 3.42]]"))
    assert "tanh" in group.evaluate(IN_THE_WAY)[0]


@pytest.mark.parametrize("width", [340, 840])
def test_backward_each_box_has_its_whole_name_and_what_is_not_written_is_said_to_be_told(width, page):
    group = mount(page, small(t=2, back=1), width=width)
    boxes = group.locator(".piece:has(rect)").evaluate_all("all => all.map((one) => one.textContent)")
    for name in ("dl/dh⁽ᵗ⁾", "dl/dc⁽ᵗ⁾", "dl/dh⁽ᵗ⁻¹⁾", "dl/dc⁽ᵗ⁻¹⁾"):
        assert sum(words.startswith(name) for words in boxes) == 1, name
    written_there = group.locator(".piece[aria-label^='what the candidate'] text").count()
    assert (written_there, group.get_by_text(TAP).count()) == ((0, 1) if width == 340 else (1, 0))
    assert mount(page, small(t=2), width=width).get_by_text(TAP).count() == 0


@pytest.mark.parametrize("width", [340, 840])
def test_the_arrow_of_the_input_and_that_of_what_is_read_are_named(width, page):
    group = mount(page, small(t=2), width=width)
    assert group.get_by_text("x⁽ᵗ⁾ = 0.500", exact=True).is_visible()
    group = mount(page, small(t=3, back=1), width=width)
    assert group.get_by_text("r⁽ᵗ⁻¹⁾ = −0.900", exact=True).is_visible()
