"""The explorer of the sweep: words, table, arrows and bars against Python; mouse, keys, buttons, boxes; mutants."""

import pytest
from tests.browser.geometry import axis
from tests.browser.mutants import survivors
from tests.browser.readouts import mount, moved, told, touched
from tests.browser.sweep_shown import READ, assert_all_is_pythons, assert_picture, said, shown_settings, table
from tests.browser.test_pages import settle

from companion.explorers import SweepExplorer
from companion.explorers.sweep.explorer import PRESETS, T


@pytest.mark.parametrize("width", [688, 320])
def test_all_that_it_shows_is_pythons(width, page):
    assert_all_is_pythons(page, mount(page, SweepExplorer(), width=width), shown_settings(20))


MUTANTS = {
    "the message of the step itself": ("the message, \", strong(to_h[t])", "the message, \", strong(to_h[k])"),
    "what is read never said": ("k = t - 1, reads = now[`r_${t}`]", "k = t - 1, reads = 0"),
    "the slope of a neighbour": ("number(D[k])", "number(D[Math.max(0, k - 1)])"),
    "the share of another parameter": ("strong(shares.w_2f[k])", "strong(shares.b_f[k])"),
    "what is sent to the wrong state": ("strong(to_c[k]), \" to \"", "strong(to_h[k]), \" to \""),
    "a sum of sizes for the sum": ("strong(both.sum)", "strong(both.size)"),
    "a step too many": ("number(added(own, Math.max(now.at, 1)))", "number(added(own, Math.max(now.at - 1, 1)))"),
    "the share of the step before": ("number(own[now.at - 1])", "number(own[Math.max(0, now.at - 2)])"),
    "columns exchanged": ("[...cells(seen.shares[`b_${gate}`]), ...cells(seen.shares[`w_2${gate}`])]",
        "[...cells(seen.shares[`w_2${gate}`]), ...cells(seen.shares[`b_${gate}`])]"),
    "an arrow as thick whatever its size": ("w = thickness(value) / 2", "w = 2"),
    "a natural logarithm": ("Math.log10(Math.abs(value)) + 3", "Math.log(Math.abs(value)) + 3"),
    "hollow where positive": ("value < 0 ? \"ground\" : hue", "value > 0 ? \"ground\" : hue"),
    "an arrow for nothing": ("if (!value) return [];", ""),
    "an arrow forward": ("arrow([from, y], [to, y]", "arrow([to, y], [from, y]"),
    "lanes exchanged": ("C - 12), of: all.to_c", "C - 12), of: all.to_h"),
    "a message sent too early": ("if (t < reached) return line", "if (t < reached - 1) return line"),
    "D without the derivative": ("all.D[t - 1] * all.dl_dh[t - 1]", "all.D[t - 1]"),
    "a step that is never pale": ("on ? \"sweep-step\" :", "true ? \"sweep-step\" :"),
    "bars on one scale": ("Math.max(...shares.map(Math.abs)) || 1", "1"),
    "bars upside down": ("zero - Math.max(0, high)", "zero - Math.min(0, high)"),
    "a bar below another step": ("x: x(k + 1) - wide / 2, y,", "x: x(k) - wide / 2, y,"),
    "a bar of a step not reached": ("(step + 1 < reached ? 0 : (TALL * share) / most)", "((TALL * share) / most)"),
    "less than most called most": ("from > 1 ? `at least", "from > 0 ? `at least"),
    "another step marked": ("x(now.at) - apart / 2", "x(now.at)"),
}  # fmt: skip


def test_a_wrong_display_is_noticed(page):
    many = shown_settings(3)

    def look(source):
        assert_all_is_pythons(page, mount(page, SweepExplorer(), source), many)

    assert survivors(str(SweepExplorer._esm), MUTANTS, look) == []


def test_every_control_moves_one_trait_of_its_own(page):
    moves, after = touched(
        mount(page, SweepExplorer()),
        SweepExplorer(),
        lambda label: {"t": 3, "h": 0 if label == "h(6)" else 1}.get(label[0], 0.37),
    )
    assert sorted(moves.values()) == sorted([name] for name in SweepExplorer.ranges())
    wholes = {name: one for name, one in after.items() if name[0] in "ar"}
    assert wholes == {"at": 3, "r_6": 0} | {f"r_{t}": 1 for t in range(1, 6)}


def test_at_first_four_controls_are_in_sight_and_a_box_is_named_by_what_it_says(page):
    group = mount(page, SweepExplorer())
    assert group.get_by_role("slider").count() == 3
    boxes = group.get_by_role("group", name="The loss reads").get_by_role("checkbox")
    assert boxes.count() == T
    assert group.get_by_role("checkbox", name="h(3)", exact=True).count() == 1
    for box in group.locator(".tick-box, button").all():
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 24


def test_buttons_go_one_step_back_to_the_end_and_start_again(page):
    group, at = mount(page, SweepExplorer()), lambda: moved(group, [{}])[0].traits["at"]
    back = group.get_by_role("button", name="one step back", exact=True)
    back.click()
    back.press("Enter")
    assert at() == T - 2
    group.get_by_role("button", name="to the end", exact=True).press("Space")
    assert at() == 0
    back.click(force=True)  # marked as disabled by now
    assert at() == 0
    group.get_by_role("button", name="again", exact=True).click()
    assert at() == T
    assert moved(group, [{}])[0].traits == {name: getattr(SweepExplorer(), name) for name in SweepExplorer.ranges()}


def test_a_button_that_leads_nowhere_says_so_and_keeps_the_focus_of_who_presses_it_again(page):
    group = mount(page, SweepExplorer(at=1))
    state = "(group) => [...group.querySelectorAll('[aria-label=\"The sweep\"] button')].map((one) => one.ariaDisabled)"
    assert group.evaluate(state) == ["false", "false", "false"]
    group.get_by_role("button", name="one step back", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        page.wait_for_timeout(40)
    assert page.evaluate("[model.traits.at, document.activeElement.textContent]") == [0, "one step back"]
    assert group.evaluate(state) == ["true", "true", "false"]
    again = group.get_by_role("button", name="again", exact=True)
    again.focus()
    for _ in range(2):
        page.keyboard.press("Space")
        page.wait_for_timeout(40)
    assert page.evaluate("[model.traits.at, document.activeElement.textContent]") == [T, "again"]
    assert group.evaluate(state) == ["false", "false", "true"]


def test_beside_each_other_controls_and_picture_take_less_than_950_pixels(page):
    group = mount(page, SweepExplorer(), width=688)
    assert group.bounding_box()["height"] < 950
    controls, picture = group.locator(".sweep-controls").first.bounding_box(), group.locator("svg").bounding_box()
    assert controls["x"] + controls["width"] < picture["x"]


def test_keys_on_the_slider_and_the_mouse_on_the_picture_move_the_sweep(page):
    group, at = mount(page, SweepExplorer()), lambda: moved(group, [{}])[0].traits["at"]
    slider = group.get_by_role("slider", name="t, step of the sweep")
    slider.press("ArrowLeft")
    assert at() == T - 1
    page.keyboard.press("Home")
    assert at() == 0
    x = axis([tick[:2] for tick in group.evaluate(READ)["ticks"]])
    box = group.locator(".sweep-figure svg").bounding_box()
    page.mouse.move(box["x"] + float(x(5)), box["y"] + 100)
    assert at() == 0  # a mouse that is not pressed moves nothing
    page.mouse.down()
    assert at() == 5
    page.mouse.move(box["x"] + float(x(2)) + 9, box["y"] + 90, steps=3)
    page.mouse.move(box["x"] + float(x(1)), box["y"] - 40)
    assert at() == 1  # beyond the picture the drag goes on
    page.mouse.move(box["x"] + float(x(2)), box["y"] + 90)
    page.mouse.up()
    page.mouse.move(box["x"] + float(x(4)), box["y"] + 90)
    assert at() == 2


def test_slider_boxes_and_picture_have_the_same_columns(page):
    group = mount(page, SweepExplorer())
    x = axis([tick[:2] for tick in group.evaluate(READ)["ticks"]])
    left = group.locator(".sweep-figure svg").bounding_box()["x"]
    for t, box in enumerate(group.locator(".tick-box").all(), 1):
        size = box.bounding_box()
        assert size["x"] + size["width"] / 2 == pytest.approx(left + float(x(t)), abs=1)
    track = group.get_by_role("slider", name="t, step of the sweep").bounding_box()
    ends = [track["x"] + 9, track["x"] + track["width"] - 9]  # half a thumb from either end
    assert ends == pytest.approx([left + float(x(t)) for t in (0, T)], abs=1)


def test_a_preset_sets_every_trait_and_is_pressed(page):
    group = mount(page, SweepExplorer())
    for name, setting in PRESETS.items():
        group.get_by_role("button", name=name, exact=True).click()
        (seen,) = moved(group, [{}])
        assert (seen.traits, seen.pressed) == (setting, [name])
    group.get_by_role("button", name="start", exact=True).click()
    assert moved(group, [{}])[0].traits["at"] == T


def test_the_buttons_stay_where_they_are_while_the_sweep_goes(page):
    for width in (760, 358):
        group = mount(page, SweepExplorer(), width=width)
        places = set()
        for at in range(T, -1, -1):
            told(page, group, {"at": at})
            places.add(group.get_by_role("button", name="one step back").bounding_box()["y"])
        assert len(places) == 1


def test_in_the_built_page_a_link_sets_it_and_all_is_pythons(page, site_url):
    page.goto(f"{site_url}/book/bptt.html")
    settle(page)
    group = page.get_by_role("group", name="Explorer of the sweep")
    for link, name in (("the forget gate at 0", "all through h"), ("shares cancel", "shares cancel")):
        page.get_by_role("link", name=link, exact=True).click()
        explorer = SweepExplorer(**PRESETS[name])
        page.wait_for_function(
            "(words) => document.querySelector('.say p').textContent === words", arg=said(explorer)[0]
        )
        (seen,) = moved(group, [{}])
        assert (seen.say, seen.rows, seen.pressed) == (said(explorer), table(explorer), [name])
        assert_picture(group.evaluate(READ), explorer)
