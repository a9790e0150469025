"""What a page says to those who hear it, where the tools that write the page say something else than they show.

The theme's own names are mended by the templates of book/templates.
"""

from typing import Any

from sphinx.application import Sphinx

# What stands on the page -> what is put in its place.
MENDED = {
    '<summary aria-label="Toggle hidden content">': "<summary>",  # myst-nb's; "Show code cell source" stands on it
    'role="doc-biblioentry"': 'role="listitem"',  # docutils', in a list; the role is deprecated and no item of it
}


def on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Let a fold be called what is written on it, and the bibliography be a list."""
    if body := context.get("body"):
        for found, mended in MENDED.items():
            body = body.replace(found, mended)
        context["body"] = body
