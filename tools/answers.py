"""What the answer boxes of the chapters hold, gathered for `companion.check.answer`."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

from tools.widgets import models

PLACE = Path(__file__).resolve().parents[1] / "src/companion/check/answers.json"


def stored(paths: Iterable[Path]) -> dict[str, Any]:
    """{key: task} of all boxes in the stored notebooks. Raises ValueError where a key stands twice."""
    found: dict[str, Any] = {}
    for path in paths:
        for state in models(nbformat.read(path, 4)).values():
            if state.get("_anywidget_id", "").endswith(".Answer"):
                if state["key"] in found:
                    raise ValueError(f"{path.name}: the key {state['key']!r} stands twice")
                found[state["key"]] = state["task"]
    return found


def text(paths: Iterable[Path]) -> str:
    """The file that `check.answer` reads."""
    return json.dumps(stored(paths), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
