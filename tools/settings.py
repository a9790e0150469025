"""Links of a chapter that set an explorer, as `<a href="#Eq15Explorer?f=0.98&T=30">`, which the page's host reads."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import nbformat
from traitlets import TraitError

from companion import explorers

LINK = re.compile(r'href="#(\w+)\?([^"]*)"')


def links_set_what_an_explorer_has(path: Path) -> Iterator[str]:
    """Such a link names an explorer that the chapter shows, traits that it has, and values that they take."""
    cells = nbformat.read(path, 4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for number, cell in enumerate(cells):
        for name, setting in LINK.findall(cell.source if cell.cell_type == "markdown" else ""):
            if f"{name}(" not in code:
                yield f"cell {number} has a link that sets {name}, which the chapter does not show"
                continue
            for trait, value in parse_qsl(unescape(setting), keep_blank_values=True):
                if wrong := _wrong(getattr(explorers, name), trait, value):
                    yield f"cell {number} has a link that sets {name}: {wrong}"


def _wrong(cls: Any, trait: str, value: str) -> str:
    """What is wrong with the value, as text, of a trait of the explorer; "" where nothing is."""
    if trait not in cls.ranges():
        return f"no trait {trait!r}; it has {', '.join(cls.ranges())}"
    try:
        number = float(value)
        getattr(cls, trait).validate(None, int(number) if number.is_integer() else number)
    except (ValueError, TraitError) as error:
        return str(error)
    return ""
