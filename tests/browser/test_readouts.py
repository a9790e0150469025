"""Every number, bar and curve of three explorers, read in Chromium on random settings, is Python's."""

import pytest
from tests.browser.readouts import mount, moved, told
from tests.browser.shown import CLASSES, OF, assert_all_is_pythons, random_settings
from tests.browser.test_pages import settle

from companion.explorers import Eq15Explorer, PathExplorer, RNNExplorer
from companion.explorers.eq15.explorer import PRESETS
from companion.explorers.rnn.explorer import RNN_PRESETS

PAGES = {
    "index": (Eq15Explorer, "Explorer of Equation (15)"),
    "gradient": (Eq15Explorer, "Explorer of Equation (15)"),
    "paths": (PathExplorer, "Explorer of the paths"),
    "rnn": (RNNExplorer, "Explorer of the plain RNN beside the LSTM"),
}


@pytest.mark.parametrize("width", [840, 340])
@pytest.mark.parametrize("cls", CLASSES)
def test_all_that_an_explorer_shows_is_pythons(cls, width, page):
    settings = random_settings(cls)
    assert len(settings) > 20
    assert_all_is_pythons(mount(page, cls(), width=width), cls, settings)


@pytest.mark.parametrize("name", PAGES)
def test_so_it_is_in_the_built_page(name, page, site_url):
    cls, title = PAGES[name]
    page.goto(f"{site_url}/book/{name}.html")
    settle(page)
    assert_all_is_pythons(page.get_by_role("group", name=title), cls, random_settings(cls)[-6:])


@pytest.mark.parametrize("cls", CLASSES)
def test_every_control_moves_its_own_trait_and_no_other(cls, page):
    group, traits = mount(page, cls()), {name: getattr(cls(), name) for name in cls.ranges()}
    wanted = random_settings(cls)[4]
    assert all(value != traits[name] for name, value in wanted.items())
    for name, label in OF[cls].items():
        traits[name] = wanted[name]
        (seen,) = moved(group, [{label: wanted[name]}])
        assert seen.traits == traits
        shown = {one["name"]: one["value"] for one in seen.controls}
        assert shown == {label: traits[trait] for trait, label in OF[cls].items()}


@pytest.mark.parametrize("cls", CLASSES)
def test_what_python_sets_is_shown(cls, page):
    group = mount(page, cls())
    for setting in random_settings(cls)[:3]:
        seen = told(page, group, setting)
        assert {one["name"]: one["value"] for one in seen.controls} == {OF[cls][k]: v for k, v in setting.items()}


@pytest.mark.parametrize(("cls", "presets"), [(Eq15Explorer, PRESETS), (RNNExplorer, RNN_PRESETS)])
def test_a_button_sets_every_trait_and_is_the_one_that_is_pressed(cls, presets, page):
    group = mount(page, cls())
    for name, setting in presets.items():
        group.get_by_role("button", name=name, exact=True).click()
        (seen,) = moved(group, [{}])
        assert seen.traits == setting
        assert seen.pressed == [name]
    assert_all_is_pythons(group, cls, [{k: setting[k] for k in OF[cls]} for setting in presets.values()])
