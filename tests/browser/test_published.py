"""The book as it is built for a public place, and without one: buttons, addresses, 404.html; and a real download."""

import functools
import json
import shutil
import threading
from http.server import ThreadingHTTPServer

import nbformat
import pytest
from tests.browser.test_pages import settle
from tests.conftest import ROOT, Quiet, build

from companion.notebook.contents import contents
from companion.site import exercises

REPOSITORY, PAGES = "https://github.com/ada/gates", "https://ada.github.io/gates/"
LINKS = [
    "https://mybinder.org/v2/gh/ada/gates/main?urlpath=lab/tree/{name}{kind}",
    REPOSITORY,
    f"{REPOSITORY}/edit/main/{{name}}{{kind}}",
    f"{REPOSITORY}/issues/new?title=Issue%20on%20page%20%2F{{name}}.html&body=Your%20issue%20content%20here.",
]


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """The folder of the site, built for a public place."""
    out = tmp_path_factory.mktemp("public")
    return build(out, BOOK_URL=PAGES.rstrip("/"), BOOK_REPOSITORY_URL=f"{REPOSITORY}.git")


def outside(page):
    """The addresses of the buttons at the head of a page that leave the book."""
    return page.locator(".bd-header-article a[href^=http]").evaluate_all("all => all.map((one) => one.href)")


def test_with_the_repository_its_buttons_are_there_and_lead_to_the_source_of_the_page(public, serve, page):
    url = serve(public)
    for name in contents(ROOT):
        kind = next(kind for kind in (".ipynb", ".md") if (ROOT / f"{name}{kind}").exists())
        page.goto(f"{url}/{name}.html")
        expected = [link.format(name=name, kind=kind) for link in LINKS]
        assert outside(page) == (expected if kind == ".ipynb" else expected[1:])


def test_without_it_there_is_none(page, site_url):
    for name in ("book/gates", "book/glossary", "search"):
        page.goto(f"{site_url}/{name}.html")
        assert outside(page) == []


def test_the_address_of_the_pages_is_in_what_needs_one_and_nowhere_without(public, site):
    text = (public / "book" / "gates.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{PAGES}book/gates.html" />' in text
    assert f'<meta property="og:url" content="{PAGES}book/gates.html" />' in text
    assert f"Version 0.2.0. {PAGES}</p>" in text
    (picture,) = [line for line in text.splitlines() if "og:image" in line]
    assert (public / picture.split(f'content="{PAGES}')[1].split('"')[0]).is_file()
    assert (public / "sitemap.xml").read_text(encoding="utf-8").count(f"<loc>{PAGES}book/") == len(contents(ROOT))
    assert not (site / "sitemap.xml").exists()
    text = (site / "book" / "gates.html").read_text(encoding="utf-8")
    assert "canonical" not in text
    assert "og:url" not in text


class Lost(Quiet):
    """A server that shows 404.html of the book, which is in a folder, as a public place does."""

    def send_error(self, code, *_):
        body = (self.root / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")


@pytest.fixture
def lost(tmp_path):
    """A function: (folder of the site, where it is put) -> the address of a server that shows its 404.html."""
    servers = []

    def start(site, where):
        shutil.copytree(site, tmp_path / where)
        handler = type("Handler", (Lost,), {"root": tmp_path / where})
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=tmp_path))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("built", ["for its place", "for any place"])
@pytest.mark.parametrize("depth", ["x.html", "book/x.html", "book/a/b/c/"])
def test_a_missing_page_leads_back_at_any_depth(built, depth, open_page, request, lost):
    site = request.getfixturevalue("public" if built == "for its place" else "site")
    page, url = open_page(), lost(site, "gates")
    page.goto(f"{url}/gates/{depth}")
    page.wait_for_selector("base", state="attached")
    page.get_by_label("Search this book").fill("gate")
    page.get_by_role("link", name="Gates: Equation (12)").click()
    page.wait_for_url(f"{url}/gates/book/gates.html")
    assert open_page.complaints, "the browser writes down the answers 404"
    assert all("404" in one for one in open_page.complaints)
    open_page.complaints.clear()


def test_without_its_base_a_missing_page_leads_nowhere(public, open_page, lost):
    page, url = open_page(), lost(public, "gates")
    page.goto(f"{url}/gates/book/x.html")
    page.evaluate("document.querySelector('base').remove()")
    page.get_by_role("link", name="Gates: Equation (12)").click()
    page.wait_for_url(f"{url}/gates/book/book/gates.html")
    assert page.title().startswith("No such page")
    open_page.complaints.clear()


def test_a_wrong_address_ends_the_build(tmp_path):
    with pytest.raises(AssertionError, match=r"BOOK_URL: expected an address as .*, got 'nowhere'"):
        build(tmp_path, BOOK_URL="nowhere")


def test_the_download_button_saves_the_notebook_whatever_a_server_calls_it(page, site, site_url, tmp_path):
    notebook = site / "_sources" / "book" / "gates.ipynb"
    page.route("**/*.ipynb", lambda route: route.fulfill(path=notebook, content_type="application/json"))
    page.goto(f"{site_url}/book/gates.html")
    settle(page)
    page.get_by_label("Download this page").click()
    link = page.locator(".btn-download-source-button")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "gates.ipynb"
    download.value.save_as(tmp_path / "gates.ipynb")
    assert json.loads((tmp_path / "gates.ipynb").read_text(encoding="utf-8"))["nbformat"] == 4
    assert page.url.endswith("/book/gates.html")
    link.evaluate("one => one.removeAttribute('download')")
    link.dispatch_event("click")
    page.wait_for_url("**/gates.ipynb")  # so it is the attribute that saves it


@pytest.mark.parametrize(
    ("built", "command"),
    [
        ("for its place", f'pip install "gates-and-gradients[book] @ git+{REPOSITORY}.git"'),
        ("for any place", 'pip install ".[book]"'),
    ],
)
def test_what_is_downloaded_is_the_chapter_after_one_line_that_installs_what_it_needs(built, command, request):
    folder = request.getfixturevalue("public" if built == "for its place" else "site")
    pages = [name for name in contents(ROOT) if (ROOT / f"{name}.ipynb").exists()]
    assert len(pages) > 25
    for name in pages:
        copy, chapter = (nbformat.read(place / f"{name}.ipynb", 4) for place in (folder / "_sources", ROOT))
        nbformat.validate(copy)
        assert command in copy.cells[0].source
        assert "\n" not in copy.cells[0].source
        assert copy.cells[1:] == chapter.cells
        assert copy.metadata == chapter.metadata
    for name in exercises.NAMES:
        assert command in nbformat.read(folder / "_static" / name, 4).cells[0].source


def test_every_page_has_that_button(site):
    for name in contents(ROOT):
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert text.count('" download\n   class="btn btn-sm btn-download-source-button') == 1, name
