"""Links inside the site lead somewhere, those to equations too."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from tests.browser.test_pages import PAGES, settle
from tools.settings import LINK


class Anchors(HTMLParser):
    """The ids of a page and the places that its links name."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            if key == "id":
                self.ids.add(value)
            elif key in ("href", "src") and value:
                self.links.append(value)


def dead_links(folder, names):
    """(page, link) for every link inside the site that leads to no file or to no id."""
    anchors = {path.resolve(): Anchors(path) for path in folder.rglob("*.html")}
    for name in names:
        path = (folder / name).resolve()
        for link in anchors[path].links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or LINK.fullmatch(f'href="{link}"'):
                continue  # what sets an explorer is a guard's
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists() or (parts.fragment and unquote(parts.fragment) not in anchors[target].ids):
                yield name, link


def test_every_link_inside_the_site_leads_somewhere(site):
    assert list(dead_links(site, PAGES)) == []


def test_a_dead_link_is_found(tmp_path):
    (tmp_path / "a.html").write_text('<a href="b.html">x</a> <a href="#c">y</a> <p id="d"> <a href="a.html#d">z</a>')
    assert list(dead_links(tmp_path, ["a.html"])) == [("a.html", "b.html"), ("a.html", "#c")]


def test_an_equation_is_cited_across_pages(page, site_url):
    page.goto(f"{site_url}/book/states.html")
    page.locator("main article a", has_text="Eq. (12)").first.click()
    page.wait_for_url("**/book/gates.html#eq-12")
    settle(page)
    assert page.locator("#eq-12 .katex-html .katex-tag").count() == 1
    assert page.locator("#eq-12").evaluate("node => node.getBoundingClientRect().top < innerHeight")
