"""The setting of an explorer in the page's address: written where a trait moves, read from links."""

from tests.browser.test_host import TINY, anywidget

SHOWN = "(x) => document.querySelector('output').textContent === x"


def named(name, esm=TINY, **state):
    return anywidget(esm, _anywidget_id=f"somewhere.{name}", **state)


def shown(page):
    return page.locator("output").all_text_contents()


def test_a_moved_trait_stands_in_the_address_and_one_that_is_back_does_not(page_with):
    page = page_with({"a": named("TinyExplorer")}, ["a"])
    assert "#" not in page.url
    page.get_by_label("x").fill("0.8")
    page.wait_for_url("**#TinyExplorer?x=0.8")
    page.get_by_label("x").fill("0.5")
    page.wait_for_url("**/page.html")


def test_a_page_opened_at_an_address_shows_the_setting_that_it_says(page_with):
    page = page_with({"a": named("TinyExplorer"), "b": named("OtherExplorer")}, ["a", "b"])
    page.goto(page.url + "#TinyExplorer?x=0.8")
    page.reload()
    page.wait_for_selector("html[data-host]", state="attached")
    assert shown(page) == ["0.8", "0.5"]


def test_a_link_sets_the_explorer_and_what_it_does_not_name_goes_to_the_start(page_with):
    page = page_with(
        {"a": named("TinyExplorer", y=2, s=[1, 2])}, ["a"], after='<a href="#TinyExplorer?y=3&s=4,5">y</a>'
    )
    page.get_by_label("x").fill("0.8")
    page.wait_for_url("**#TinyExplorer?x=0.8")
    page.get_by_role("link").click()
    page.wait_for_url("**#TinyExplorer?y=3&s=4,5")
    page.wait_for_function(SHOWN, arg="0.5")  # the page learns of its new address a moment later
    page.go_back()
    page.wait_for_function(SHOWN, arg="0.8")


def test_a_link_is_followed_where_the_address_is_written_before_its_turn(page_with):
    page = page_with({"a": named("TinyExplorer")}, ["a"])
    page.evaluate("location.hash = 'TinyExplorer?x=0.2'; history.replaceState(null, '', '#TinyExplorer?x=0.8')")
    page.wait_for_function(SHOWN, arg="0.2")
