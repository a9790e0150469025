"""Pictures of every page, to look at: python -m tools.shots [gates states ...] writes _build/screenshots.

It takes the pages that make html built, wide and narrow, light and dark.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from companion.notebook.contents import contents
from tools import chromium, pages

ROOT = Path(__file__).resolve().parents[1]
SITE, SHOTS = ROOT / "_build" / "html", ROOT / "_build" / "screenshots"
# What waits until it is near is asked for now, unless it is hidden.
COME = """Promise.all([document.fonts.ready, ...[...document.images].filter((one) => one.checkVisibility())
  .map((one) => { one.loading = "eager"; return one.decode(); })]).then(() => null)"""


def main(names: Sequence[str]) -> int:
    """Take the pictures of the chapters of these names, or of all."""
    if not SITE.exists():
        print("not built: make html builds the pages", file=sys.stderr)
        return 1
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    looks = [(width, theme) for width in (1280, 390) for theme in themes]
    with chromium.opened() as browser, pages.served(SITE) as address:
        for name in contents(ROOT):
            stem = name.removeprefix("book/")
            for width, theme in looks if not names or stem in names else []:
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
                page.goto(f"{address}{name}.html")
                page.wait_for_function(pages.READY)
                page.evaluate(pages.LAID_OUT)
                page.evaluate(COME)
                page.screenshot(path=SHOTS / f"{stem}-{width}-{theme}.png", full_page=True)
                page.close()
    print(SHOTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
