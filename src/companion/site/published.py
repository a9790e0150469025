"""Where the book is published, and where its source is: two variables of the environment, read when it is built.

BOOK_REPOSITORY_URL, as https://github.com/OWNER/NAME, brings the buttons of the repository: its source, an edit, an
issue, and Binder. BOOK_URL, as https://owner.github.io/name/, is the address of the pages; what needs an absolute
address is made with it: the canonical link, the picture of a card, sitemap.xml, and the links of 404.html. Without
them the pages name no place but their own, and work wherever they are put.
"""

import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from companion.notebook.contents import contents

BRANCH = "main"
BINDER = "https://mybinder.org"
REPOSITORY = re.compile(r"https://[\w.-]*(?:github|gitlab)[\w.-]*/[\w.-]+/[\w.-]+")


class Places(NamedTuple):
    """The address of the repository, and that of the pages, which ends with a slash; "" where it is not known."""

    repository: str
    pages: str


def places(environment: Mapping[str, str] = os.environ) -> Places:
    """What the environment says. Raises ValueError where an address is none that the book can use."""
    repository = environment.get("BOOK_REPOSITORY_URL", "").strip().rstrip("/").removesuffix(".git")
    if repository and not REPOSITORY.fullmatch(repository):
        raise ValueError(
            f"BOOK_REPOSITORY_URL: expected https://github.com/OWNER/NAME, or the same of a GitLab, got {repository!r}"
        )
    pages = environment.get("BOOK_URL", "").strip()
    parts = urlsplit(pages)
    if pages and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"BOOK_URL: expected an address as https://owner.github.io/name/, got {pages!r}")
    return Places(repository, pages and pages.rstrip("/") + "/")


def buttons(repository: str) -> dict[str, Any]:
    """The theme's options for the buttons of a repository; none where it is not known."""
    if not repository:
        return {}
    return {
        "repository_url": repository,
        "repository_branch": BRANCH,
        "use_repository_button": True,
        "use_edit_page_button": True,
        "use_issues_button": True,
        "launch_buttons": {"binderhub_url": BINDER, "notebook_interface": "jupyterlab"},
    }


def sitemap(pages: str, names: list[str]) -> str:
    """sitemap.xml of the pages with these names, at the address `pages`."""
    each = "".join(f"  <url><loc>{escape(f'{pages}{name}.html')}</loc></url>\n" for name in names)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{each}</urlset>\n"


def setup(app: Sphinx) -> None:
    """Register with Sphinx: options before the theme reads them, and what is written last."""
    app.connect("config-inited", _configure, priority=400)  # about's foot, at 500, names the address
    app.connect("build-finished", _write)


def _configure(_app: Sphinx, config: Any) -> None:
    try:
        said = places()
    except ValueError as error:
        raise ExtensionError(str(error)) from None
    config.html_baseurl = said.pages
    config.html_theme_options |= buttons(said.repository)


def _write(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html" and app.config.html_baseurl:
        text = sitemap(app.config.html_baseurl, contents(Path(app.srcdir)))
        (Path(app.outdir) / "sitemap.xml").write_text(text, encoding="utf-8")
