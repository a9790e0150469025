"""The policy that the build writes is as narrow as the pages allow, and they work in a frame without an origin.

That each page is whole under it is seen in `test_pages`.
"""

import hashlib
import re
import zlib
from pathlib import Path

import pytest
from tests.browser.test_pages import ASLEEP, policy_of, settle
from tools import pages

LIVE = ["index", "gates", "gradient", "regimes", "museum"]  # pages with explorers of every kind of picture
CORS = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture(scope="module")
def said(site):
    return policy_of(site)


def test_the_policy_allows_nothing_that_is_not_named(said):
    parts = dict(part.split(" ", 1) for part in said.split("; "))
    assert parts["default-src"] == "'self'"
    for name in ("script-src", "style-src"):
        own, *hashes = parts[name].split()
        assert own == "'self'"
        assert all(one.startswith("'sha256-") for one in hashes)
        assert len(hashes) <= 13
    assert "'unsafe-inline'" not in said.replace("style-src-attr 'unsafe-inline'", "")
    assert len(said) < 2000


def refused(browser, site, said, name):
    """What a browser refuses of the page `name` under the policy `said`."""
    context = browser.new_context()
    page, words = context.new_page(), []
    page.on("console", lambda message: words.append(message.text) if message.type == "error" else None)
    with pages.served(site, {"Content-Security-Policy": said}) as address:
        page.goto(address + name)
        page.wait_for_timeout(1500)  # what is refused is refused while the page loads
        context.close()
    return [word for word in words if "Content Security Policy" in word]


# A part of the policy, and a page that needs it.
NEEDS = dict.fromkeys(["script-src", "script-src-attr", "style-src-attr"], "book/gradient.html") | {
    "style-src": "404.html"
}


@pytest.mark.parametrize("part", NEEDS)
def test_no_part_of_the_policy_can_be_left_out(part, browser, site, said):
    assert refused(browser, site, said, NEEDS[part]) == []
    less = "; ".join(one for one in said.split("; ") if one.split()[0] != part)
    assert refused(browser, site, less, NEEDS[part]) != []


@pytest.mark.parametrize("name", LIVE)
def test_a_page_works_in_a_sandboxed_frame(name, open_page, site, tmp_path):
    frame = f'<iframe sandbox="allow-scripts" src="book/{name}.html" width="1200" height="800"></iframe>'
    page = open_page()
    with pages.served(site, CORS) as address:
        page.route(
            "**/frame.html", lambda route: route.fulfill(body=f"<!DOCTYPE html>{frame}", content_type="text/html")
        )
        page.goto(address + "frame.html")
        inner = page.frame(url=f"**/{name}.html") or page.wait_for_selector("iframe").content_frame()
        inner.wait_for_selector("html[data-host]", state="attached")
        assert inner.evaluate(ASLEEP) == 0
        assert (
            inner.evaluate("() => { try { return localStorage.length ?? 'none'; } catch { return 'throws'; } }")
            == "none"
        )


def test_a_page_works_under_any_path(open_page, site):
    root = site.parents[1]
    page, asked = open_page(), []
    page.on("response", lambda response: asked.append((response.status, response.url)))
    with pages.served(root) as address:
        here = f"{address}{site.relative_to(root).as_posix()}/"
        page.goto(f"{here}book/gradient.html")
        settle(page)
        assert page.evaluate(ASLEEP) == 0
        page.close()
        assert len(asked) > 20
        assert [one for one in asked if one[0] >= 400 or not one[1].startswith((here, "data:"))] == []


def test_a_host_that_hides_folders_with_a_low_line_is_told_not_to(site):
    assert (site / ".nojekyll").is_file()


ASKED = re.compile(r'"\.\./(_static/[^"?]+\.(?:js|css))(?:\?(?:v|digest)=(\w+))?"')
# Their addresses change with the version of the package that they come from; .github/HOSTING.md says so.
OF_A_VERSION = {"bootstrap.js", "fontawesome.js", "pydata-sphinx-theme.js", "pygments.css", "theme.css"}


def digests(held):
    """What stands behind the name of a file that holds these bytes: Sphinx's digest, or ours."""
    return f"{zlib.crc32(held):08x}", hashlib.sha256(held).hexdigest()[:12]


def test_what_a_chapter_loads_can_be_kept_for_its_address_changes_with_it(site):
    texts = [path.read_text(encoding="utf-8") for path in (site / "book").glob("*.html")]
    asked = {found for text in texts for found in ASKED.findall(text)}
    assert len(asked) > 20
    other = {Path(file).name for file, stamp in asked if stamp not in digests((site / file).read_bytes())}
    assert other == OF_A_VERSION
