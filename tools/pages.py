"""What a built page weighs, how far it jumps, how soon it is there: the measures behind make audit and its tests.

Bytes are those of the files that a page asks for until its reader has scrolled to its end, each compressed by gzip.
Layout shift is what a browser counts while the page loads and is scrolled (Cumulative Layout Shift, without sessions).
Times depend on the machine: compare them to those of an empty page of the same run.
"""

import functools
import gzip
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

KINDS = {".html": "HTML", ".css": "CSS", ".js": "JavaScript", ".woff2": "fonts"}
SLOW = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000, "offline": False}  # 1.6 Mbit/s down
SLOWED = 4  # times slower than this machine's processor

# A frame for each half of a screen, so that what comes when it is near comes.
SCROLL = """async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) { scrollTo(0, y); await frame(); }
  await document.fonts.ready;
  await Promise.all([...document.images].filter((one) => one.checkVisibility()).map((one) => one.decode()));
  await frame();
}"""
SHIFTED = """() => new Promise((done) => new PerformanceObserver((list) => done(
  list.getEntries().reduce((sum, one) => sum + one.value, 0))).observe({ type: "layout-shift", buffered: true })
  ?? setTimeout(() => done(0), 200))"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
READY = """!document.querySelector('script[type$="widget-view+json"]') || document.documentElement.dataset.host"""
# A page lays out a section when it comes near (book.css); who looks at all of it does not scroll.
LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("section { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
LIVE = "() => document.querySelector('.lstm') && performance.now()"
FRAMES = """(count) => new Promise((done) => {
  const slider = document.querySelector(".lstm input[type=range]"), times = [];
  const buttons = [...document.querySelectorAll(".lstm .presets button")], [least, most] = [+slider?.min, +slider?.max];
  const move = (k) => {
    if (k === count) return done(times.sort((a, b) => a - b));
    const start = performance.now();
    if (slider) {
      slider.value = least + (most - least) * (0.05 + 0.9 * ((k * 0.37) % 1));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    } else buttons[(7 * k) % buttons.length].click();
    requestAnimationFrame(() => setTimeout(() => { times.push(performance.now() - start); move(k + 1); }));
  };
  (slider ?? buttons[0]).scrollIntoView({ block: "center" }); // what is out of sight may be left out of a frame
  setTimeout(() => requestAnimationFrame(() => move(0)), 300);
})"""
EMPTY = """<!DOCTYPE html><html lang="en"><title>empty</title>
<p class="lstm">An empty page. <input type="range" max="1" step="any">"""


class Weight(NamedTuple):
    """Of one page at one width: kB by kind, compressed; what it asked of other hosts; its layout shift."""

    kinds: dict[str, float]
    elsewhere: list[str]
    shift: float

    @property
    def total(self) -> float:
        """All kinds together, kB."""
        return sum(self.kinds.values())


class Times(NamedTuple):
    """Milliseconds from the asking for a page to its first text, and to its first explorer."""

    painted: float
    alive: float


class Compressing(SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed as a host would; `/empty.html` is there always. Says nothing."""

    more: Mapping[str, str] = {}

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        body = EMPTY.encode() if self.path == "/empty.html" else path.read_bytes() if path.is_file() else None
        if body is None:
            return self.send_error(404)
        self.send_response(200)
        for name, value in self.more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".css", ".js", ".svg"):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """The address of the folder `site`, with a slash at its end, while the context lasts; each file has `headers`."""
    handler = type("Handler", (Compressing,), {"more": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def weight(browser: Browser, address: str, site: Path, name: str, width: int = 1280) -> Weight:
    """Open the page and scroll through it, in a browser that knows nothing of the site yet."""
    asked: set[str] = set()
    with _opened(browser, width) as page:
        page.on("request", lambda request: asked.add(request.url.partition("#")[0].partition("?")[0]))
        page.goto(address + name)
        page.wait_for_function(READY)
        page.evaluate(SCROLL)
        shift = page.evaluate(SHIFTED)
    kinds: Counter[str] = Counter()
    for file in (site / url.removeprefix(address) for url in asked if url.startswith(address)):
        if file.is_file():
            kinds[KINDS.get(file.suffix, "figures")] += len(gzip.compress(file.read_bytes(), mtime=0))
    elsewhere = sorted(url for url in asked if not url.startswith((address, "data:", "blob:")))
    return Weight({kind: size / 1000 for kind, size in kinds.items()}, elsewhere, shift)


def times(browser: Browser, address: str, name: str, slow: bool = False) -> Times:
    """Open a page that has an explorer, in a browser that knows nothing of the site yet.

    `slow`: over a slow line, on a slow processor.
    """
    with _opened(browser) as page:
        if slow:
            session = page.context.new_cdp_session(page)
            session.send("Network.emulateNetworkConditions", SLOW)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.goto(address + name, wait_until="commit")
        alive = page.wait_for_function(LIVE, timeout=60_000).json_value()
        painted = page.wait_for_function(PAINTED, timeout=60_000).json_value()
    return Times(painted, alive)


def frames(browser: Browser, address: str, name: str, count: int = 200) -> list[float]:
    """Milliseconds from a move of the first slider, in sight, to the end of the next frame, sorted.

    Where an explorer has none, its buttons are pressed instead.
    """
    with _opened(browser) as page:
        page.goto(address + name)
        page.wait_for_function(LIVE)
        return page.evaluate(FRAMES, count)


@contextmanager
def _opened(browser: Browser, width: int = 1280) -> Iterator[Page]:
    context: Any = browser.new_context(viewport={"width": width, "height": 800})
    try:
        yield context.new_page()
    finally:
        context.close()
