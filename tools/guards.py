"""What must hold of every stored chapter. A guard takes the path of a notebook and returns complaints, as sentences.

pytest --nbval runs the chapters and compares their stored text outputs; it compares nothing where there is no
execution count, of a picture its drawn data only, and no state of a widget. The guards close these gaps.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from companion import explorers
from companion.style.drawn import MIME
from companion.style.palette import LIGHT
from tools.alone import code_reads_the_packages_files_only
from tools.course import COURSE
from tools.prose import numbers_are_on_the_page, statements_are_sound
from tools.refresh import text
from tools.settings import links_set_what_an_explorer_has
from tools.widgets import models

CELL_LINES = 8
NBVAL_TAGS = re.compile(r"nbval-|raises-exception|skip-execution")
NBVAL_COMMENTS = re.compile(r"#\s*(NBVAL_|PYTEST_VALIDATE)")
COLOURS = re.compile(r"\\(?:text)?color\{([^}]*)\}")


def every_cell_was_run_in_order(path: Path) -> Iterator[str]:
    """Execution counts are 1, 2, 3, ...: the stored outputs are those of one run from top to bottom."""
    counts = [cell.execution_count for _, cell in _code(path)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}, not 1 to {len(counts)}: run make refresh"


def no_cell_failed(path: Path) -> Iterator[str]:
    """No stored output is an error or was written to stderr."""
    for number, cell in _code(path):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"cell {number} ended with {output.ename}: {output.evalue}"
            elif output.get("name") == "stderr":
                yield f"cell {number} wrote to stderr: {output.text[:80]!r}"


def cells_are_short(path: Path) -> Iterator[str]:
    """A cell has at most eight lines: what is longer belongs in src/lstm."""
    for number, cell in _code(path):
        lines = len(cell.source.splitlines())
        if lines > CELL_LINES:
            yield f"cell {number} has {lines} lines, more than {CELL_LINES}"


def every_output_is_compared(path: Path) -> Iterator[str]:
    """A cell taken out of nbval's comparison, by tag or by comment, says why in its metadata."""
    for number, cell in _code(path):
        tags = [tag for tag in cell.metadata.get("tags", []) if NBVAL_TAGS.match(tag)]
        out = tags + NBVAL_COMMENTS.findall(cell.source)
        if out and not cell.metadata.get("why"):
            yield f"cell {number} is not compared ({', '.join(out)}), and its metadata has no why"


def images_have_alt_text(path: Path) -> Iterator[str]:
    """A cell that shows a picture says in words what is in it."""
    for number, cell in _code(path):
        pictures = [o for o in cell.outputs if any(kind.startswith("image/") for kind in o.get("data", {}))]
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        if pictures and len(alt.split()) < 5:
            yield f"cell {number} shows a picture; its metadata mystnb.image.alt is {alt!r}"


def pictures_are_compared_by_their_drawn_data(path: Path) -> Iterator[str]:
    """A picture has its drawn data beside it, which nbval compares: it is a `companion.style.figures.Figure`."""
    for number, cell in _code(path):
        for output in cell.outputs:
            kinds = output.get("data", {})
            if any(kind.startswith("image/") for kind in kinds) and MIME not in kinds:
                yield f"cell {number} shows a picture without {MIME}: draw it with companion.style.figures.new"


def widgets_are_current(path: Path) -> Iterator[str]:
    """The page runs the explorer's code as stored in the notebook: it must be that of src/companion/explorers."""
    classes: dict[str, Any] = {cls.__name__: cls for cls in vars(explorers).values() if isinstance(cls, type)}
    for state in models(nbformat.read(path, 4)).values():
        name = state.get("_anywidget_id", "").rpartition(".")[2]
        if name in classes and (state["_esm"], state.get("_css")) != (str(classes[name]._esm), str(classes[name]._css)):
            yield f"the stored code of {name} is not that of src/companion/explorers: run make refresh"


def stored_form_is_canonical(path: Path) -> Iterator[str]:
    """The file is what make refresh writes: nothing of the day, the machine or chance."""
    if text(nbformat.read(path, 4)) != path.read_text(encoding="utf-8"):
        yield "the file is not in canonical form: run make refresh"


def colours_are_from_the_palette(path: Path) -> Iterator[str]:
    """A coloured symbol in a formula has a colour of the palette, LIGHT, which the page knows to darken or lighten."""
    for number, cell in enumerate(nbformat.read(path, 4).cells):
        for colour in COLOURS.findall(cell.source):
            if colour not in LIGHT.values():
                yield f"cell {number} has the colour {colour!r}, which is not in companion.style.palette.LIGHT"


GUARDS = (
    every_cell_was_run_in_order,
    no_cell_failed,
    cells_are_short,
    every_output_is_compared,
    images_have_alt_text,
    pictures_are_compared_by_their_drawn_data,
    widgets_are_current,
    stored_form_is_canonical,
    colours_are_from_the_palette,
    numbers_are_on_the_page,
    statements_are_sound,
    links_set_what_an_explorer_has,
    code_reads_the_packages_files_only,
    *COURSE,
)


def _code(path: Path) -> list[tuple[int, NotebookNode]]:
    """The code cells with their place among all cells, counted from 0."""
    cells = nbformat.read(Path(path), as_version=4).cells
    return [(number, cell) for number, cell in enumerate(cells) if cell.cell_type == "code"]
