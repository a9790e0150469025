"""Writes the reading time of a chapter into its line, as companion.notebook.reading counts it."""

import re

from nbformat import NotebookNode

from companion.notebook.exercise import EXERCISE
from companion.notebook.reading import minutes

LINE = re.compile(r"^\*\*Reading time\.\*\* .*$", re.MULTILINE)
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def filled(nb: NotebookNode) -> NotebookNode:
    """The notebook, its line on the reading time written anew, to five minutes."""
    text = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    count = len(EXERCISE.findall(text.partition("## Exercises")[2]))
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    line = f"**Reading time.** {max(5, 5 * round(minutes(nb) / 5))} minutes, and {number} exercises."
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = LINE.sub(line, cell.source)
    return nb
