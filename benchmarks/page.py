"""How heavy and how quick is the page? python -m benchmarks.page, after make html.

Serves _build/html on this machine, opens the landing page in a fresh Chromium several times, and prints the median
time until the explorer is alive, the bytes asked for (raw and gzip), and the time from a slider's event to the
next frame.
"""

import functools
import gzip
import statistics
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright
from tools import chromium

SITE = Path(__file__).resolve().parents[1] / "_build" / "html"
PAGE = "book/index.html"
OPENED, MOVED = 7, 200

LIVE = "() => document.querySelector('.lstm input[type=range]') && performance.now()"
FRAMES = """(count) => new Promise((done) => {
  const slider = document.querySelector(".lstm input[type=range]"), times = [];
  const move = (k) => {
    if (k === count) return done(times);
    const start = performance.now();
    slider.value = 0.05 + 0.9 * ((k * 0.37) % 1);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => { times.push(performance.now() - start); move(k + 1); });
  };
  requestAnimationFrame(() => move(0));
})"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves the site and says nothing."""

    def log_message(self, *_):
        pass


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    alive, asked, elsewhere = [], set(), set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(OPENED):
            page = browser.new_context().new_page()
            page.on(
                "request", lambda r: (asked if r.url.startswith((address, "blob:", "data:")) else elsewhere).add(r.url)
            )
            page.goto(address + PAGE, wait_until="commit")
            alive.append(page.wait_for_function(LIVE).json_value())
        page.wait_for_load_state("networkidle")
        frames = sorted(page.evaluate(FRAMES, MOVED))
        browser.close()
    server.shutdown()
    files = [SITE / url.removeprefix(address).split("?")[0] for url in asked if url.startswith(address)]
    bodies = [file.read_bytes() for file in files if file.is_file()]
    print(f"explorer alive after {statistics.median(alive):.0f} ms (median of {OPENED})")
    print(
        f"slider event to next frame: median {statistics.median(frames):.1f} ms, p95 {frames[int(0.95 * MOVED)]:.1f} ms"
    )
    raw, packed = sum(map(len, bodies)), sum(len(gzip.compress(body)) for body in bodies)
    print(f"{len(bodies)} files: {raw / 1000:.0f} kB raw, {packed / 1000:.0f} kB gzip")
    print(f"requests to other hosts: {len(elsewhere)}")


if __name__ == "__main__":
    main()
