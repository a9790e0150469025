"""The picture at the top of the README: the explorer of Eq. (15), as the built page shows it.

python -m tools.picture, after make html.
"""

import sys
from pathlib import Path

from PIL import Image

from companion.site import weight
from tools import chromium, pages

ROOT = Path(__file__).resolve().parents[1]
SITE, PICTURE = ROOT / "_build" / "html", ROOT / ".github" / "explorer.png"


def main() -> int:
    if not (SITE / "book" / "gradient.html").exists():
        print("not built: make html builds the pages", file=sys.stderr)
        return 1
    with chromium.opened() as browser, pages.served(SITE) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1200}, color_scheme="light")
        page.goto(f"{address}book/gradient.html")
        page.locator(".lstm").first.scroll_into_view_if_needed()
        page.evaluate("document.fonts.ready.then(() => null)")
        page.locator(".lstm").first.screenshot(path=PICTURE, animations="disabled")
    with Image.open(PICTURE) as opened:
        few = opened.convert("RGB").quantize(weight.COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURE, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
