"""Code wider than its column goes on below, further in than its line begins, so that a reader sees where lines end.

Each line of Python on a page gets a box of its own, which says by how many letters it is indented; book.css does the
rest. The text itself stays what it was, for those who copy it.
"""

import re
from typing import Any

from sphinx.application import Sphinx

BEFORE = '<div class="highlight-python notranslate"><div class="highlight"><pre><span></span>'
CODE = re.compile(f"(?<={BEFORE}).*?(?=</pre>)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", on_page)


def on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the boxes into the page's code."""
    if body := context.get("body"):
        context["body"] = CODE.sub(lambda found: boxed(found[0]), body)


def boxed(code: str) -> str:
    """The lines of highlighted code (HTML, no tag open at the end of a line), each in its box."""
    return "".join(map(_box, code.splitlines(keepends=True)))


def _box(line: str) -> str:
    text = TAG.sub("", line)
    spaces = len(text) - len(text.lstrip(" "))
    within = f' style="--in:{spaces}"' if spaces else ""
    return f'<span class="line"{within}>{line}</span>'
