"""The contents of the book: the pages of _toc.yml, the anchors of their headings, what pages tell of others."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from companion import files


def contents(root: Path) -> list[str]:
    """The pages that _toc.yml names, as it names them and in its order."""
    return list(_files(yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))))


def slug(heading: str) -> str:
    """The anchor that the page gives a heading, as docutils makes ids."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def gathered() -> dict[str, dict[str, Any]]:
    """{page: its title, its sections with their minutes, its statements}, of each chapter that states something.

    `make refresh` gathers it from the stored chapters, so that a page that tells of others runs without them.
    """
    return json.loads(files.path("book/chapters.json").read_text(encoding="utf-8"))


def _files(toc: Any) -> Iterator[str]:
    """Every value of a key `file` or `root`, at any depth."""
    if isinstance(toc, dict):
        yield from (value for key, value in toc.items() if key in ("file", "root"))
    for inner in toc.values() if isinstance(toc, dict) else toc if isinstance(toc, list) else ():
        yield from _files(inner)
