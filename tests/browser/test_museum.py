"""The museum's explorer in Chromium: every number it shows, for every exhibit and check; wrong displays; its keys."""

import json

import pytest
from tests.browser.museum_shown import HALL, PAIRS, assert_shown, read
from tests.browser.readouts import mount

from companion.explorers import MuseumExplorer


def test_every_number_shown_is_pythons_for_every_exhibit_and_every_check(page):
    for seen, pair in zip(read(page), PAIRS, strict=True):
        assert_shown(seen, *pair)


IN_SIGHT = """() => [...document.querySelectorAll(".in-sight")].map((box) => {
  const row = box.querySelector("tr:has(:checked)").getBoundingClientRect(), edge = box.getBoundingClientRect();
  const below = box.querySelector("caption").getBoundingClientRect().bottom;
  return row.top >= below - 1 && row.bottom <= edge.bottom + 1;
})"""

MUTANTS = {
    "the verdicts of another check": ("hall.caught[k][check])", "hall.caught[k][0])"),
    "the numbers of another check": ("hall.differences[k][check])", "hall.differences[k][0])"),
    "the numbers of another exhibit": (
        "hall.caught[exhibit], hall.differences[exhibit],",
        "hall.caught[exhibit], hall.differences[0],",
    ),
    "marks exchanged": ('caught[k] ? "✓ caught" : "– missed"', 'caught[k] ? "– caught" : "✓ missed"'),
    "a sign exchanged": ('caught[k] ? ">" : "≤"', '"≤"'),
    "the wrong one chosen": ("= k === chosen", "= k === 0"),
    "a verdict unspoken": ("verdict.slice(2)", '""'),
    "infinite as zero": ('x === null ? "∞"', 'x === null ? "0"'),
    "the dearest check": ("costs[k] < costs[best]", "costs[k] > costs[best]"),
    "a cause where none is shown": ("alone[check] && caught[exhibit][0]", "caught[exhibit][0]"),
    "a count of what is missed": ("filter((row) => row[check])", "filter((row) => !row[check])"),
    "another step where they part": ("step === T - k", "step === k"),
    "another message": ("hall.messages[first[1]]", "hall.messages[0]"),
    "steps forward": ("(_, k) => T - k)", "(_, k) => k + 1)"),
    "no gap shown as zero": ("gap > agrees ? number(gap)", "gap >= 0 ? number(gap)"),
    "ends exchanged": (
        "stroke(x(value), y + top, x(wrong[exhibit][k][j])",
        "stroke(x(wrong[exhibit][k][j]), y + top, x(value)",
    ),
    "one scale too many": ("[...right[k], ...wrong[exhibit][k]]", "[...right[k]]"),
    "the gradient of the first": ("slopes(width, hall, chosen)", "slopes(width, hall, 0)"),
    "a colour of another": ("name[name.length - 1]", '"i"'),
    "a list left as it was": ("trail.show(exhibit);", ""),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_display_is_noticed(name, page):
    right, wrong = MUTANTS[name]
    code = str(MuseumExplorer._esm)
    assert right in code
    pairs = [(14, 7), (6, 4), (3, 1), (9, 4), (7, 2), (4, 6)]
    found = read(page, pairs, code.replace(right, wrong))
    with pytest.raises(AssertionError):
        [assert_shown(seen, *pair) for seen, pair in zip(found, pairs, strict=True)]


def test_the_arrow_keys_walk_through_the_list_and_stay_inside(page):
    group = mount(page, MuseumExplorer(HALL, exhibit=0, check=0))
    page.evaluate("document.addEventListener('keydown', () => (globalThis.left = true))")
    group.get_by_role("radio", name="dh_overwritten").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[model.get('exhibit'), model.get('check')]") == [1, 0]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[model.get('exhibit'), model.get('check'), globalThis.left]") == [1, 1, None]


def test_a_click_on_a_name_chooses_it_and_a_claim_sets_both(page):
    group = mount(page, MuseumExplorer(HALL))
    group.locator("label", has_text="index_wraps").click()
    assert page.evaluate("model.get('exhibit')") == HALL.exhibits.index("index_wraps")
    for claim, setting in HALL.presets:
        group.get_by_role("button", name=claim).click()
        assert page.evaluate("({ exhibit: model.get('exhibit'), check: model.get('check') })") == setting


@pytest.mark.parametrize("width", [288, 358, 688])
def test_nothing_is_wider_than_its_place_and_every_target_is_24_pixels_high(width, page):
    page.set_content('<!DOCTYPE html><html lang="en"><title>t</title>')
    group = mount(page, MuseumExplorer(HALL), width=width)
    for exhibit, check in PAIRS[::7]:
        page.evaluate("(pair) => { model.set('exhibit', pair[0]); model.set('check', pair[1]); }", [exhibit, check])
        page.wait_for_timeout(40)
        assert group.evaluate("(node) => node.scrollWidth <= node.clientWidth"), (exhibit, check)
    assert min(group.locator("label, button").evaluate_all("all => all.map((one) => one.offsetHeight)")) >= 24


# The numbers of the steps' table that take two lines, and the words that the frame of the chosen cell covers.
BROKEN = """(root) => {
  const lines = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  };
  const cells = [...root.querySelectorAll(".trail tbody td")], frame = root.querySelector(".trail .first");
  const tops = (node) => new Set(lines(node).map(({ top }) => Math.round(top))).size;
  const { left, right, top, bottom } = frame.getBoundingClientRect(), style = getComputedStyle(frame);
  const out = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
  const cut = cells.filter((cell) => cell !== frame).filter((cell) => lines(cell).some((one) =>
    one.right > left - out && one.left < right + out && one.bottom > top + 2 && one.top < bottom - 2));
  return [cells.filter((cell) => !cell.textContent.includes("×") && tops(cell) > 1), cut]
    .map((some) => some.map((cell) => cell.textContent));
}"""


def strict(page):
    """The museum as in a page whose theme lets any word be broken."""
    page.set_content('<!DOCTYPE html><html lang="en"><title>t</title><style>td { overflow-wrap: anywhere }</style>')
    page.evaluate("document.body.style.overflowWrap = 'anywhere'")


@pytest.mark.parametrize("width", [340, 620, 688, 840])
def test_no_number_of_the_steps_is_broken_and_the_frame_covers_no_other(width, page):
    strict(page)
    group = mount(page, MuseumExplorer(HALL), width=width)
    for exhibit in [k for k, first in enumerate(HALL.first) if first]:
        page.evaluate("(k) => model.set('exhibit', k)", exhibit)
        page.wait_for_timeout(40)
        assert group.evaluate(BROKEN) == [[], []], exhibit
        assert group.evaluate("(node) => node.scrollWidth <= node.clientWidth"), exhibit


@pytest.mark.parametrize("width", [288, 358])
def test_on_a_phone_both_lists_scroll_and_what_is_chosen_is_in_sight_wherever_it_was_chosen(width, page):
    page.set_content('<!DOCTYPE html><html lang="en"><title>t</title>')
    group = mount(page, MuseumExplorer(HALL), width=width)
    assert group.bounding_box()["height"] < 1500
    assert page.evaluate(IN_SIGHT) == [True, True]
    for exhibit, check in [(0, 0), (14, 11), (7, 5), (0, 11)]:
        page.evaluate("(pair) => { model.set('exhibit', pair[0]); model.set('check', pair[1]); }", [exhibit, check])
        page.wait_for_timeout(60)
        assert page.evaluate(IN_SIGHT) == [True, True], (exhibit, check)
    assert page.evaluate("scrollY") == 0
    lists = group.locator(".in-sight")
    assert all(lists.evaluate_all("all => all.map((one) => one.scrollHeight > one.clientHeight + 60)"))
    group.get_by_role("radio", name="dh_overwritten").focus()
    for _ in range(14):
        page.keyboard.press("ArrowDown")
        assert page.evaluate(IN_SIGHT)[0]
    assert page.evaluate("model.get('exhibit')") == 14


def test_a_list_that_does_not_follow_what_is_chosen_is_noticed(page):
    page.set_content('<!DOCTYPE html><html lang="en"><title>t</title>')
    code, scrolls = str(MuseumExplorer._esm), "if (off) node.scrollTop +="
    assert scrolls in code
    mount(page, MuseumExplorer(HALL), code.replace(scrolls, "if (false) node.scrollTop +="), width=358)
    page.wait_for_timeout(60)
    assert page.evaluate(IN_SIGHT) == [False, False]


def test_where_there_is_room_no_list_scrolls(page):
    group = mount(page, MuseumExplorer(HALL), width=688)
    lists = group.locator(".in-sight")
    assert all(lists.evaluate_all("all => all.map((one) => one.scrollHeight === one.clientHeight)"))


def test_the_claims_stand_in_the_order_of_the_page_though_a_notebook_sorts_its_keys(page):
    stored = json.loads(json.dumps(HALL._asdict(), sort_keys=True))
    group = mount(page, MuseumExplorer(HALL._replace(**stored)))
    shown = group.locator(".presets button").all_inner_texts()
    assert [name.split(" hides")[0] for name in shown] == [
        "start",
        "A batch of one",
        "One unit",
        "Its own forward pass",
        "One step",
    ]
