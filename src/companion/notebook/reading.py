"""The reading time of a chapter and of its sections, counted.

Two hundred words a minute; half a minute for a displayed formula, a figure, a table or an explorer; five seconds for a
line of code that the page shows. Folded code is not counted, nor is the section of exercises in that of a chapter.
"""

import re
from typing import Any

from nbformat import NotebookNode

WORDS_A_MINUTE, MINUTES_A_DISPLAY, MINUTES_A_LINE = 200, 0.5, 1 / 12
DISPLAY = re.compile(r"\$\$.*?\$\$|\\begin\{equation\*\}.*?\\end\{equation\*\}", re.DOTALL)
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
EXERCISES = "Exercises"


def minutes(nb: NotebookNode) -> float:
    """The minutes that the chapter takes, without its exercises."""
    return sum(time for title, time in sections(nb).items() if title != EXERCISES)


def sections(nb: NotebookNode) -> dict[str, float]:
    """{title of a section: its minutes}, in their order; what stands before the first has the title ""."""
    found, title = {"": 0.0}, ""
    for cell in nb.cells:
        if cell.cell_type == "code":
            found[title] += _of_code(cell)
            continue
        for piece in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
            if heading := re.match(r"## (.*)", piece):
                title = heading[1].strip()
                found.setdefault(title, 0.0)
            words = len(re.sub(r"[^\w\s]", "", DISPLAY.sub("", piece)).split())
            found[title] += len(DISPLAY.findall(piece)) * MINUTES_A_DISPLAY + words / WORDS_A_MINUTE
    return found


def _of_code(cell: NotebookNode) -> float:
    lines = 0 if FOLDED & set(cell.metadata.get("tags", [])) else len(cell.source.splitlines())
    return lines * MINUTES_A_LINE + sum(_of_output(output.get("data", {})) for output in cell.outputs)


def _of_output(data: dict[str, Any]) -> float:
    """A figure, an explorer, a table is looked at; of a function that is shown lines count, of a statement words."""
    text = str(data.get("text/markdown", ""))
    if text.startswith("```"):
        return len(text.splitlines()) * MINUTES_A_LINE
    if text.startswith("<div"):
        return len(re.sub(r"<[^>]*>", " ", text).split()) / WORDS_A_MINUTE
    looked = text.startswith("|") or any(kind.startswith("image/") or "widget" in kind for kind in data)
    return looked * MINUTES_A_DISPLAY
