"""The reading time of a chapter, counted.

Two hundred words a minute; half a minute for a displayed formula, a figure, a table or an explorer; five seconds for a
line of code that the page shows. Exercises and the code of folded cells are not counted.
"""

import re

from nbformat import NotebookNode

WORDS_A_MINUTE, MINUTES_A_DISPLAY, MINUTES_A_LINE = 200, 0.5, 1 / 12
LINE = re.compile(r"^\*\*Reading time\.\*\* .*$", re.MULTILINE)
EXERCISE = re.compile(r"^\*\*\d+\.\*\*", re.MULTILINE)
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DISPLAY = re.compile(r"\$\$.*?\$\$|\\begin\{equation\*\}.*?\\end\{equation\*\}", re.DOTALL)


def minutes(nb: NotebookNode) -> float:
    """The minutes that the chapter takes, up to its exercises."""
    total = 0.0
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            text, end, _ = cell.source.partition("## Exercises")
            total += len(DISPLAY.findall(text)) * MINUTES_A_DISPLAY
            total += len(re.sub(r"[^\w\s]", "", DISPLAY.sub("", text)).split()) / WORDS_A_MINUTE
            if end:
                break
        else:
            hidden = {"hide-input", "hide-cell", "remove-input", "remove-cell"} & set(cell.metadata.get("tags", []))
            total += 0 if hidden else len(cell.source.splitlines()) * MINUTES_A_LINE
            total += any(_is_looked_at(output.get("data", {})) for output in cell.outputs) * MINUTES_A_DISPLAY
    return total


def filled(nb: NotebookNode) -> NotebookNode:
    """The notebook, its line on the reading time written anew, to five minutes."""
    count = sum(
        len(re.findall(r"^\*\*\d+\.\*\*", cell.source, re.MULTILINE))
        for cell in nb.cells
        if cell.cell_type == "markdown"
    )
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    line = f"**Reading time.** {max(5, 5 * round(minutes(nb) / 5))} minutes, and {number} exercises."
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = LINE.sub(line, cell.source)
    return nb


def _is_looked_at(data: dict[str, object]) -> bool:
    return any(kind.startswith("image/") or "widget" in kind for kind in data) or str(
        data.get("text/markdown", "")
    ).startswith("|")
