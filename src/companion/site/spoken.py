"""What a page says to those who hear it, where the tools that write the page say something else than they show.

The theme's own names are mended by the templates of book/templates.
"""

from typing import Any

from sphinx.application import Sphinx

HIDING = '<summary aria-label="Toggle hidden content">'  # myst-nb's, over "Show code cell source"


def on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Let a fold be called what is written on it."""
    if "body" in context:
        context["body"] = context["body"].replace(HIDING, "<summary>")
