"""What others show of a page when they link to it: its first sentence as a description, and a card.

The first paragraph of a page says what it is about ("What you will see."), so nothing is written twice. A card can have
a picture only where the address of the pages is known (`companion.site.published`): the first figure of the page.
"""

import re
from html import escape
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from companion.site.glossary import first_sentence

LABEL = re.compile(r" ?\[[\w+]+\d+\w?\]")  # of the bibliography, as in Hochreiter and Schmidhuber [HS97]


def description(page: nodes.document) -> str:
    """The first sentence of a page, without the words in bold before it; "" where it has no paragraph."""
    for paragraph in page.findall(nodes.paragraph):
        copy = paragraph.deepcopy()
        for bold in list(copy.findall(nodes.strong)):
            bold.parent.remove(bold)
        return LABEL.sub("", first_sentence(copy))
    return ""


def tags(title: str, said: str, site: str, address: str = "", picture: str = "") -> str:
    """The tags for the head of a page, as HTML."""
    card = {"type": "article", "site_name": site, "title": title, "description": said}
    card |= {"url": address} if address else {}
    card |= {"image": picture} if picture else {}
    lines = [f'<meta name="description" content="{escape(said)}" />']
    lines += [f'<meta property="og:{name}" content="{escape(value)}" />' for name, value in card.items()]
    return "\n    ".join(lines)


def on_resolved(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Keep the description of each page, before its formulas are made ready for the writer."""
    builder: Any = app.builder
    builder.descriptions = getattr(builder, "descriptions", {}) | {page: description(doctree)}


def on_page(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Write the tags into the head of each page of the book."""
    builder: Any = app.builder
    if doctree is None or page not in getattr(builder, "descriptions", {}):
        return
    address, picture = app.config.html_baseurl, ""
    if address:
        names = [PurePosixPath(one["uri"]).name for one in doctree.findall(nodes.image)]  # as the writer has left it
        picture = next((f"{address}_images/{name}" for name in names if name.endswith((".png", ".jpg"))), "")
    title = app.env.titles[page].astext()
    said = tags(title, builder.descriptions[page], app.config.html_title, address and f"{address}{page}.html", picture)
    context["metatags"] = f"{context.get('metatags', '')}\n    {said}\n"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-resolved", on_resolved, priority=100)
    app.connect("html-page-context", on_page)
