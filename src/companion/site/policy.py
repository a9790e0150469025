"""The Content-Security-Policy under which the built pages work, as they need it and no wider; written to `_headers`.

A page may use what its own host serves, and beside it what is named here: its inline scripts, event handlers and style
elements by their hashes, and style attributes, of which formulas and explorers are made. Hosts that read `_headers` (a
line with a path, then its headers) send the policy; for others it is to be copied. Fonts may be read by a sandboxed
frame, whose origin is none.
"""

import base64
import hashlib
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from companion.site import weight

FILE = "_headers"
DATA = ("application/", "text/template")  # the types of scripts that no browser runs


class Inline(HTMLParser):
    """Collects what stands in a page itself: bodies of scripts and style elements, and event handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.handlers: set[str] = set()
        self._into: set[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.handlers |= {value or "" for name, value in attrs if name.startswith("on")}
        runs = "src" not in given and not (given.get("type") or "").startswith(DATA)
        self._into = self.styles if tag == "style" else self.scripts if tag == "script" and runs else None

    def handle_endtag(self, tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.add(data)


def policy(pages: Iterable[str]) -> str:
    """The policy for these pages, given as HTML."""
    found = Inline()
    for page in pages:
        found.feed(page)
    scripts, styles, handlers = map(_hashes, (found.scripts, found.styles, found.handlers))
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {scripts}",
            f"script-src-attr 'unsafe-hashes' {handlers}",
            f"style-src 'self' {styles}",
            "style-src-attr 'unsafe-inline'",
        ]
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", on_page, priority=950)
    app.connect("build-finished", on_finished, priority=950)


def on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out the theme's inline script that tells its switch of versions, which we lack, the page's name."""
    weight.leave_out(context, lambda script: "pagename" in (getattr(script, "attributes", {}).get("body") or ""))


def on_finished(app: Sphinx, error: Exception | None) -> None:
    """Write the policy beside the pages."""
    if not error and app.builder.format == "html":
        site = Path(app.outdir)
        said = policy(path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html")))
        text = f"/*\n  Content-Security-Policy: {said}\n/_static/*\n  Access-Control-Allow-Origin: *\n"
        (site / FILE).write_text(text, encoding="utf-8")
        (site / ".nojekyll").touch()  # without it GitHub Pages leaves out all folders whose name begins with a low line


def _hashes(bodies: set[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies)
    return " ".join(f"'sha256-{digest}'" for digest in sorted(digests))
