"""What the tests share: the site, built once from the stored outputs, and a browser that refuses the outside."""

import functools
import os
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright
from tests import profile  # noqa: F401  the settings of Hypothesis
from tools import chromium

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "_build" / "screenshots"
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items):
    """Fast things first: plain tests, then the chapters, then the browser."""
    items.sort(key=lambda item: 2 if "browser" in item.path.parts else 1 if item.path.suffix == ".ipynb" else 0)


def build(out, **places):
    """Build the site from the stored outputs, published at these places; return its folder. A warning is an error."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "--path-output", out]
    environment = {key: value for key, value in os.environ.items() if key not in ("BOOK_URL", "BOOK_REPOSITORY_URL")}
    done = subprocess.run(
        [*command, "-n", "-W", "--keep-going"], env=environment | places, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    """The folder of the built site; the workers of one run share it, and the first that needs it builds it."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        shared = shared.parent
    with FileLock(shared / "site.lock"):
        if not (shared / "site.built").exists():
            build(shared / "site")
            (shared / "site.built").touch()
    return shared / "site" / "_build" / "html"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """A function: folder -> address, served on this machine until the session ends."""
    servers = []

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site_url(site, serve):
    """The address of the built site, without a slash at its end."""
    return serve(site)


@pytest.fixture(scope="session")
def browser():
    """Chromium, for all tests. It can reach this machine only."""
    path = chromium.find()
    assert path, "no Chromium: run python -m tools.chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Lets a fixture know, when it ends, whether its test failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def open_page(browser, request):
    """A function that opens an empty page: open_page(width=390, dark=True, scripts=False).

    When the test ends, it fails if a page asked for anything outside, threw, or wrote an error to the console. The
    pages of a test that failed are stored as pictures in SHOTS.
    """
    contexts, complaints = [], []

    def complain_about(message):
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def look_at(request):
        if not request.url.startswith(HERE):
            complaints.append(f"asked for {request.url}")

    def make(width=1280, height=900, dark=False, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", complain_about)
        page.on("pageerror", lambda error: complaints.append(f"threw: {error}"))
        page.on("request", look_at)
        return page

    make.complaints = complaints
    yield make
    for number, context in enumerate(contexts):
        if getattr(request.node, "failed", False):
            name = re.sub(r"\W+", "-", request.node.name)
            context.pages[0].screenshot(path=SHOTS / "failed" / f"{name}-{number}.png", full_page=True)
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    """One page, 1280 wide and light, watched as `open_page` says."""
    return open_page()
