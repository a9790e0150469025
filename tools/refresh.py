"""Run every chapter and store it in canonical form: python -m tools.refresh [--changed] [chapter.ipynb ...]

With --changed, a chapter is left as it is where it ran here before and nothing has changed since. The form is such that
a second run changes no byte: nothing that depends on the day, the machine or chance stays.
"""

import asyncio
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib.font_manager  # noqa: F401  builds the font cache, which would be reported in a chapter's output
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from companion.notebook.contents import contents
from tools import answers, gathered, reading, unchanged
from tools.widgets import WIDGET_STATE, WIDGET_VIEW

BOOK = Path(__file__).resolve().parents[1] / "book"
AT_ONCE = 2
LAST = {"index.ipynb", "ledger.ipynb", "teaching.ipynb"}  # read what is gathered of the others
SECONDS_A_CELL = 120

CELL_METADATA = {"tags", "mystnb", "why", "numbers"}  # the rest (timings, folds, scrolling) is an editor's business
BOXES = {"number-box", *(f"choice-box-{n}" for n in range(3, 9))}  # tags, for the place that the page keeps for a box
HIDDEN = "remove-input"  # the tag of a cell whose code would give an answer away
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def chapters(book: Path = BOOK) -> list[Path]:
    """The notebooks that _toc.yml, beside the folder `book`, names; sorted. Others in it are a reader's own."""
    named = [Path(book).parent / f"{name.removesuffix('.ipynb')}.ipynb" for name in contents(Path(book).parent)]
    return sorted(path for path in named if path.parent == Path(book) and path.exists())


def canonical(nb: NotebookNode) -> NotebookNode:
    """Return a copy of the notebook in the one form that is stored.

    Outputs, execution counts and the state of widgets stay: the page shows them without running anything. Widgets
    get running numbers as ids, pieces of one stream are joined, displays that hold nothing go (a progress bar leaves
    one), and so does metadata that nobody reads.
    """
    nb = nbformat.from_dict(_renumbered(json.loads(json.dumps(nb))))
    state = nb.metadata.get("widgets", {}).get(WIDGET_STATE, {})
    nb.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    if state.get("state"):
        nb.metadata["widgets"] = {WIDGET_STATE: state}
    nb.nbformat, nb.nbformat_minor = 4, 5
    for number, cell in enumerate(nb.cells):
        cell.setdefault("id", hashlib.sha256(f"{number} {cell.source}".encode()).hexdigest()[:8])
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in CELL_METADATA and v}
        if HIDDEN in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}  # JupyterLab hides what the page leaves out
            cell.metadata["tags"] = [tag for tag in cell.metadata["tags"] if tag not in BOXES] + _box(cell, state)
        if cell.cell_type == "code":
            cell.outputs = _joined([o for o in cell.outputs if o.output_type != "display_data" or o.data])
            for output in cell.outputs:
                if "metadata" in output:
                    output.metadata = {}
    return reading.filled(nbformat.from_dict(nb))


def text(nb: NotebookNode) -> str:
    """The text of a notebook file, in canonical form."""
    return nbformat.writes(canonical(nb), version=nbformat.NO_CONVERT) + "\n"


async def run(path: Path) -> NotebookNode:
    """Execute one notebook in an empty folder, where a reader may have put it; return it, unsaved."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata.pop("widgets", None)
    with TemporaryDirectory(ignore_cleanup_errors=True) as empty:
        client = NotebookClient(
            nb,
            timeout=SECONDS_A_CELL,
            resources={"metadata": {"path": empty}},
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
        )
        return await client.async_execute()


async def refresh(paths: Iterable[Path]) -> list[str]:
    """Execute and store the notebooks, a few at a time. Return the failures as sentences, the chapter first."""
    gate = asyncio.Semaphore(AT_ONCE)
    failures: list[str] = []

    async def one(path: Path) -> None:
        async with gate:
            try:
                new = text(await run(path))
            except CellExecutionError as error:
                failures.append(f"{path.name}, a cell failed:\n{error}")
                return
        changed = new != path.read_text(encoding="utf-8")
        if changed:
            path.write_text(new, encoding="utf-8", newline="\n")
        print(f"{path.name}: {'stored' if changed else 'as before'}")

    await asyncio.gather(*map(one, paths))
    return failures


def run_all(paths: Sequence[Path], only_changed: bool) -> list[str]:
    """`refresh` the notebooks, or those that have to run again, and note which need not. Return the failures."""
    about = unchanged.around()
    wanted = unchanged.changed(paths, about) if only_changed else paths
    if len(wanted) < len(paths):
        print(f"{len(paths) - len(wanted)} chapters ran here before, and nothing has changed since")
    failures = asyncio.run(refresh(wanted))
    failed = {one.partition(",")[0] for one in failures}
    unchanged.note([path for path in wanted if path.name not in failed], about)
    return failures


def _box(cell: NotebookNode, state: dict[str, Any]) -> list[str]:
    """The tag of a cell that shows an answer box: number-box, or choice-box with how many choices it has."""
    views = [output.get("data", {}).get(WIDGET_VIEW) for output in cell.get("outputs", [])]
    tasks = [state["state"][view["model_id"]]["state"].get("task") for view in views if view]
    return [f"choice-box-{len(task['choices'])}" if "choices" in task else "number-box" for task in tasks if task]


def _renumbered(nb: dict[str, Any]) -> dict[str, Any]:
    """Replace the random ids of widget models by running numbers, wherever they are named."""
    models = nb.get("metadata", {}).get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    if not models:
        return nb
    ids = {old: f"{number:032x}" for number, old in enumerate(models, start=1)}
    anywhere = re.compile("|".join(map(re.escape, ids)))
    return json.loads(anywhere.sub(lambda match: ids[match[0]], json.dumps(nb)))


def _joined(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of the same stream: where the kernel cuts them is chance."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == "stream" == joined[-1].output_type and output.name == joined[-1].name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def main(arguments: Sequence[str]) -> bool:
    only_changed = "--changed" in arguments
    paths = [Path(a).resolve() for a in arguments if a != "--changed"] or chapters()
    failures = run_all([path for path in paths if path.name not in LAST], only_changed)
    gathered.PLACE.write_text(gathered.text(BOOK.parent), encoding="utf-8", newline="\n")
    failures += run_all([path for path in paths if path.name in LAST], only_changed)
    answers.PLACE.write_text(answers.text(chapters()), encoding="utf-8", newline="\n")
    print(*failures, sep="\n\n", file=sys.stderr, end="\n" if failures else "")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
