"""How heavy and how quick is each page? make audit, after make html; it writes benchmarks/pages.md.

Times are medians in ratio to an empty page of the same run, which is opened alternately with the page.
"""

import argparse
import statistics
from pathlib import Path

from tools import chromium, pages

from companion.notebook.contents import contents

ROOT = Path(__file__).resolve().parents[1]
SITE, TABLE = ROOT / "_build" / "html", ROOT / "benchmarks" / "pages.md"
OPENED = 5
EMPTY = "empty.html"
# The pages with explorers.
TIMED = (
    "index",
    "gates",
    "states",
    "unit",
    "gradient",
    "chain",
    "bptt",
    "paths",
    "regimes",
    "rnn",
    "museum",
    "recurrences",
)
KINDS = ("HTML", "CSS", "JavaScript", "fonts", "figures")


def weights(browser, address):
    """The table of all pages, as lines of Markdown."""
    yield "| page | kB, gzip | " + " | ".join(KINDS) + " | shift, 1280 px | shift, 390 px |"
    yield "|---|" + "--:|" * (len(KINDS) + 3)
    for name in contents(ROOT):
        page = f"{name}.html"
        wide, narrow = (pages.weight(browser, address, SITE, page, width) for width in (1280, 390))
        kinds = " | ".join(f"{wide.kinds.get(kind, 0):.0f}" for kind in KINDS)
        yield f"| {name} | {wide.total:.0f} | {kinds} | {wide.shift:.3f} | {narrow.shift:.3f} |"


def times(browser, address):
    """The table of the pages in TIMED."""
    yield "| page | first text | explorer alive | slow: first text, alive | move or press to frame: median, p95 |"
    yield "|---|--:|--:|--:|--:|"
    for page in (f"book/{name}.html" for name in TIMED):
        cells = []
        for slow in (False, True):
            pairs = [[pages.times(browser, address, name, slow) for name in (EMPTY, page)] for _ in range(OPENED)]
            floor = [statistics.median(getattr(empty, kind) for empty, _ in pairs) for kind in pages.Times._fields]
            own = [statistics.median(getattr(one, kind) for _, one in pairs) for kind in pages.Times._fields]
            cells.append([f"{one:.0f} ms ({one / least:.1f})" for one, least in zip(own, floor, strict=True)])
        moved = [pages.frames(browser, address, name) for name in (EMPTY, page)]
        quick, slow = cells
        ends = [f"{one[len(one) * k // 100]:.0f}" for k in (50, 95) for one in moved]
        frames = f"{ends[1]}, {ends[3]} ms (empty: {ends[0]}, {ends[2]})"
        yield f"| {page} | {quick[0]} | {quick[1]} | {', '.join(slow)} | {frames} |"


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", action="store_true", help="times too, which depend on the machine")
    with chromium.opened() as browser, pages.served(SITE) as address:
        parts = [weights] + [times] * asked.parse_args().times
        lines = ["\n".join(part(browser, address)) for part in parts]
    about = (
        "Made by `make audit`. Bytes of what a page asks for until its reader has scrolled to its end; layout shift\n"
        "while it loads and is scrolled. Times in milliseconds, in brackets as a multiple of an empty page's; slow: a\n"
        "line of 1.6 Mbit/s and 150 ms, and a processor at a quarter."
    )
    TABLE.write_text("\n\n".join(["# The pages, measured", about, *lines]) + "\n", encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
