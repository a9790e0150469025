"""All exercises of the book as one notebook to hand out, without solutions, and one for the teacher, with them.

They are made when the pages are built, from the chapters, and stand in _static.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from companion.notebook.contents import contents
from companion.notebook.exercise import ENDS, EXERCISE, OPENS
from companion.site.downloads import opened
from companion.site.published import places

NAMES = {"exercises.ipynb": False, "exercises-with-solutions.ipynb": True}
HEAD = """# Exercises of *Gates and Gradients*

Numbers and choices are judged by `check.answer`, functions by `check.gates`, `check.step`, `check.terms`, `check.chain`
and `check.gradients`."""


def notebook(root: Path, solutions: bool) -> NotebookNode:
    """The exercises of all chapters of the book in `root`, chapter by chapter, with or without their solutions."""
    cells = [new_markdown_cell(HEAD), new_code_cell("from companion import check")]
    for page in contents(root):
        path = root / f"{page}.ipynb"
        if path.exists():
            cells += _of(nbformat.read(path, 4), path.stem, solutions)
    for number, cell in enumerate(cells):
        cell["id"] = f"exercise-{number}"
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def write(root: Path, folder: Path) -> None:
    """Write both notebooks into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, solutions in NAMES.items():
        made = opened(notebook(root, solutions), places().repository)
        (folder / name).write_text(nbformat.writes(made) + "\n", encoding="utf-8")


def _of(nb: NotebookNode, stem: str, solutions: bool) -> list[NotebookNode]:
    """The exercises of one chapter, under its title; nothing where it has none."""
    inside = list(_exercises(nb))
    if not inside:
        return []
    title = re.search(r"^# (.*)$", nb.cells[0].source, re.MULTILINE)
    cells = [new_markdown_cell(f"## {title[1] if title else stem} ({stem})")]
    number, kind, solving = "", "", False
    for cell in inside:
        if cell.cell_type == "code":
            if "remove-input" not in cell.metadata.get("tags", []):
                cells += [new_code_cell(cell.source)] if solutions and solving else []
            elif re.search(r"^\s*(?:ask|choose)\(", cell.source, re.MULTILINE):
                cells.append(new_code_cell(f'# check.answer("{stem}-{number}", your_answer)'))
            continue
        for piece in re.split(rf"(?={re.escape(OPENS)})|(?<={re.escape(ENDS)})", _without_hint(cell.source)):
            if match := EXERCISE.search(piece):
                number, kind = match[1], match[2] or ""
            solving = solving or OPENS in piece
            words = re.sub(r"</?details[^>]*>|<summary>Solution</summary>", "", piece).strip()
            if words and (solutions or not solving):
                cells.append(new_markdown_cell(("**Solution.** " if solving and OPENS in piece else "") + words))
                if kind == "In code" and match:
                    cells.append(new_code_cell("# your code"))
            solving = solving and ENDS not in piece
    return cells


def _exercises(nb: NotebookNode) -> Iterator[NotebookNode]:
    """The cells between the heading of the exercises and the next."""
    inside = False
    for cell in nb.cells:
        if cell.cell_type == "code":
            if inside:
                yield cell
            continue
        for piece in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
            if piece.startswith("## "):
                inside = piece.startswith("## Exercises")
                piece = piece.removeprefix("## Exercises")
            if inside and piece.strip():
                yield new_markdown_cell(piece.strip())


def _without_hint(text: str) -> str:
    return re.sub(r'<details class="hint">.*?</details>', "", text, flags=re.DOTALL)
