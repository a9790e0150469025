"""Every page of the built site, wide and narrow, light and dark, with and without scripts, and from a file.

A page is whole under the policy that the build writes for it.
"""

import pytest
from tests.conftest import ROOT
from tools.pages import LAID_OUT, READY, served

from companion.notebook.contents import contents
from companion.site import policy

PAGES = [f"{name}.html" for name in contents(ROOT)]
LOOKS = [(1280, False), (1280, True), (390, False), (390, True)]

# A figure that waits until it is near, or is hidden behind a live explorer, is asked for now.
COME = """image => { image.loading = "eager"; return image.decode().then(() => image.naturalWidth); }"""

# What sticks out to the right, unless a box of its own scrolls or clips it.
STICKS_OUT = """() => [...document.querySelectorAll("article *")].filter((node) => {
  const inside = (box) => box.getBoundingClientRect().right <= innerWidth + 1;
  if (inside(node)) return false;
  for (let box = node.parentElement; box && box.tagName !== "MAIN"; box = box.parentElement)
    if (getComputedStyle(box).overflowX !== "visible" && inside(box)) return false;
  return true;
}).map((node) => node.outerHTML.slice(0, 120))"""


# A formula without its letters or its MathML, of no size, in KaTeX's colour of an error, or with a tab stop.
BAD_FORMULAS = """() => [...document.querySelectorAll(".math, .katex-error")].filter((formula) => {
  const shown = formula.querySelector(".katex-html"), spoken = formula.querySelector(".katex-mathml math");
  const hidden = !formula.checkVisibility() || !formula.closest("main");
  return !(shown?.textContent && spoken?.textContent) || !(hidden || shown.getBoundingClientRect().width > 1)
    || formula.matches(".katex-error") || formula.querySelector("[style*='#cc0000'], [tabindex], a, button");
}).map((formula) => formula.outerHTML.slice(0, 120))"""


# A picture is drawn when its width is known, in the frame after it was shown; what it says may follow in the next.
DRAWN = """() => new Promise((drawn) => {
  const frame = (left) => left ? requestAnimationFrame(() => frame(left - 1)) : drawn();
  frame(4);
})"""


# Explorers that are not alive.
ASLEEP = """() => [...document.querySelectorAll('script[type$="widget-view+json"]')]
  .filter((view) => view.closest(".cell").dataset.widget !== "live").length"""


def policy_of(site):
    """The policy that the build has written for the site."""
    return (site / policy.FILE).read_text(encoding="utf-8").splitlines()[1].partition(": ")[2]


@pytest.fixture(scope="module")
def guarded(site):
    """The address of the site, with a slash at its end, from a host that sends the policy."""
    with served(site, {"Content-Security-Policy": policy_of(site)}) as address:
        yield address


def settle(page):
    """Wait until the fonts have come and every explorer is alive or has said why not, and the whole page is drawn."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_function(READY)
    page.evaluate(LAID_OUT)
    page.evaluate(DRAWN)


@pytest.mark.parametrize(("width", "dark"), LOOKS, ids=[f"{w}-{'dark' if d else 'light'}" for w, d in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole(name, width, dark, open_page, guarded):
    page = open_page(width=width, dark=dark)
    page.goto(f"{guarded}{name}")
    settle(page)
    assert page.evaluate(ASLEEP) == 0
    assert page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(BAD_FORMULAS) == []
    assert page.locator(".cell[data-widget=failed]").count() == 0
    for image in page.locator("main article img").all():
        words = image.get_attribute("alt")
        assert len(words.split()) >= 5, words
        assert image.evaluate(COME) > 0
    if width == 390:  # and at 320 pixels, which are 1280 at a zoom of 400 %
        page.set_viewport_size({"width": 320, "height": 900})
        page.wait_for_function("document.documentElement.scrollWidth <= 320")
    page.close()  # before its server ends: figures that came near may still be on their way


def test_a_guard_of_the_width_can_fail(page, site_url):
    page.goto(f"{site_url}/{PAGES[0]}")
    page.evaluate("document.querySelector('main article').insertAdjacentHTML('afterbegin', '<p><i>' + 'm'.repeat(400))")
    assert len(page.evaluate(STICKS_OUT)) > 0


def test_the_watch_of_the_network_and_the_console_can_fail(open_page, site_url):
    page = open_page()
    page.goto(f"{site_url}/{PAGES[0]}")
    with page.expect_event("pageerror"), page.expect_console_message(lambda message: message.text == "no such place"):
        page.evaluate("fetch('https://example.org/x.js').catch(() => console.error('no such place'))")
        page.evaluate("setTimeout(() => { throw new Error('late') })")
    text = " ".join(open_page.complaints)
    open_page.complaints.clear()
    assert "asked for https://example.org/x.js" in text
    assert "no such place" in text
    assert "late" in text


def test_the_landing_page_is_alive_from_a_file_too(page, site):
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/book/index.html")
    settle(page)
    assert page.get_by_role("slider", name="forget gate").first.is_visible()
    assert page.evaluate(BAD_FORMULAS) == []
    assert page.evaluate("document.fonts.check('1em KaTeX_Main')")


def test_without_scripts_the_static_figure_speaks_for_the_explorer(open_page, site_url):
    page = open_page(scripts=False)
    page.goto(f"{site_url}/book/index.html")
    figure = page.locator(".tag_static-figure img")
    assert figure.count() >= 1
    assert all(one.is_visible() for one in figure.all())
    assert page.get_by_role("slider").count() == 0


def test_with_scripts_the_static_figure_is_out_of_the_way(page, site_url):
    page.goto(f"{site_url}/book/index.html")
    settle(page)
    assert page.locator(".cell[data-widget=live]").count() >= 1
    assert not any(one.is_visible() for one in page.locator(".tag_static-figure").all())


# A control of an explorer that is not to be seen although no fold of its own and no other choice hides it.
UNSEEN = """() => [...document.querySelectorAll(".lstm input, .lstm button")]
  .filter((one) => !one.closest("details:not([open]), [hidden]") && !one.checkVisibility({ visibilityProperty: true }))
  .map((one) => one.ariaLabel ?? one.closest("label")?.textContent ?? one.textContent)"""


@pytest.mark.parametrize(
    "name", ["gates", "states", "unit", "gradient", "chain", "bptt", "paths", "rnn", "regimes", "museum", "recurrences"]
)
def test_the_theme_hides_no_control_of_an_explorer(name, page, site_url):
    page.goto(f"{site_url}/book/{name}.html")
    settle(page)
    assert page.locator(".lstm input, .lstm button").count() > 3
    assert page.evaluate(UNSEEN) == []
    page.add_style_tag(content=".lstm .presets button { visibility: hidden; }")
    assert page.evaluate(UNSEEN) != [], "so it is seen where one is hidden"
