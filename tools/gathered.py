"""What the chapters tell of each other, gathered for `companion.notebook.contents.gathered`."""

import json
from pathlib import Path
from typing import Any

import nbformat

from companion.files import FOLDER
from companion.notebook.reading import sections
from companion.pages import ledger

PLACE = FOLDER / "book" / "chapters.json"


def stored(root: Path) -> dict[str, Any]:
    """{page: title, sections, statements} of the stored chapters that state something, in the order of _toc.yml."""
    return {page: _told(root / "book" / f"{page}.ipynb", title) for page, title in ledger.titles(root).items()}


def text(root: Path) -> str:
    """The file that `gathered` reads."""
    return json.dumps(stored(root), indent=1, ensure_ascii=False) + "\n"


def _told(path: Path, title: str) -> dict[str, Any]:
    times = {section: round(minutes, 3) for section, minutes in sections(nbformat.read(path, 4)).items()}
    return {"title": title, "sections": times, "statements": [entry[1:] for entry in ledger.read([path])]}
