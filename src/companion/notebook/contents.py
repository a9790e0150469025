"""The contents of the book: the pages that _toc.yml names, and the anchors of their headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


def contents(root: Path) -> list[str]:
    """The pages that _toc.yml names, as it names them and in its order."""
    return list(_files(yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))))


def slug(heading: str) -> str:
    """The anchor that the page gives a heading, as docutils makes ids."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _files(toc: Any) -> Iterator[str]:
    """Every value of a key `file` or `root`, at any depth."""
    if isinstance(toc, dict):
        yield from (value for key, value in toc.items() if key in ("file", "root"))
    for inner in toc.values() if isinstance(toc, dict) else toc if isinstance(toc, list) else ():
        yield from _files(inner)
