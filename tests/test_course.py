"""The parts of a chapter, its exercises, its way on: the guards pass a good chapter and see what is off in another."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.conftest import ROOT
from tools import course, reading
from tools.refresh import chapters, text
from tools.widgets import WIDGET_STATE

from companion.notebook.contents import contents
from companion.notebook.exercise import OPENS

OPENING = """# Gates

**What you will see.** Four gates.

**What you need.** [States](states.ipynb).

**Reading time.** 0 minutes."""
READING = "## Further reading\n\n" + "\n".join(
    f"- {{cite:t}}`one{k}`: the section on gates says why they are logistic regressions." for k in (1, 2)
)
NEXT = "## What to read next\n\n[States](states.ipynb), where the gates act; or [BPTT](bptt.ipynb)."
KINDS = ["On paper", "In code", "To think", "By explorer", "On paper"]


def exercise(number, kind):
    box = new_code_cell(f'ask(\n    "gates-{number}", 1)', metadata={"tags": ["remove-input"]})
    solved = new_markdown_cell(f"{OPENS}\n\nOne.")
    return [
        new_markdown_cell(f"**{number}.** *{kind}.* How many?"),
        box,
        solved,
        new_code_cell("1"),
        new_markdown_cell("</details>"),
    ]


def chapter():
    cells = [
        new_markdown_cell(OPENING),
        new_markdown_cell("## One\n\nWords."),
        new_markdown_cell("## What to take away"),
    ]
    cells += [new_markdown_cell("## Exercises")]
    cells += [cell for number, kind in enumerate(KINDS, 1) for cell in exercise(number, kind)]
    nb = new_notebook(cells=[*cells, new_markdown_cell(READING), new_markdown_cell(NEXT)])
    models = {f"{k:032x}": {"state": {"_anywidget_id": "x.Answer", "key": f"gates-{k}"}} for k in range(1, 6)}
    nb.metadata["widgets"] = {WIDGET_STATE: {"state": models}}
    return nb


def complaints(tmp_path, nb, name="gates"):
    (tmp_path / "_toc.yml").write_text(
        "root: book/index\nparts:\n- chapters:\n  - file: book/gates\n  - file: book/states\n"
    )
    path = tmp_path / "book" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nb, path)
    return [complaint for guard in course.COURSE for complaint in guard(path)]


def test_a_good_chapter_passes(tmp_path):
    assert complaints(tmp_path, chapter()) == []


BREAKS = {
    "does not open": lambda nb: replace(nb, "**What you need.** [States](states.ipynb).\n\n", ""),
    "does not open with": lambda nb: replace(nb, "# Gates", "Gates"),
    "need names no page": lambda nb: replace(nb, "[States](states.ipynb).\n\n**Reading", "Nothing.\n\n**Reading"),
    "the last sections are": lambda nb: replace(nb, "## What to take away", "## Summary"),
    "numbered \\[1, 3, 3, 4, 5\\]": lambda nb: replace(nb, "**2.**", "**3.**"),
    "none of On paper": lambda nb: replace(nb, "*In code.*", "*By magic.*"),
    "exercises are \\[''\\]": lambda nb: replace(nb, "**2.** *In code.*", "**2.**"),
    "fewer than 3": lambda nb: [replace(nb, f"*{kind}.*", "*On paper.*") for kind in KINDS],
    "exercise 1 has 0 solutions": lambda nb: replace(nb, OPENS, "Solution", times=1),
    "exercise 5 does not end": lambda nb: replace(nb, "</details>", "", times=1, backwards=True),
    "names no exercise": lambda nb: models(nb)[f"{1:032x}"]["state"].update(key="gates-9"),
    "2 exercises have a box": lambda nb: [models(nb).pop(f"{k:032x}") for k in (1, 2, 3)],
    "would be on the page": lambda nb: nb.cells[5].metadata.update(tags=[]),
    "makes the box 'gates-1' in exercise 2": lambda nb: replace(nb, '"gates-2"', '"gates-1"'),
    "has 1 items": lambda nb: replace(nb, READING, "\n".join(READING.splitlines()[:-1])),
    "cites nothing, or gives no reason": lambda nb: replace(nb, "{cite:t}`one1`", "One"),
    "leads to bptt": lambda nb: replace(nb, "[States](states.ipynb), where", "[States](bptt.ipynb), where"),
    "leads to no page": lambda nb: replace(nb, NEXT, "## What to read next\n\nStates."),
}


def models(nb):
    return nb.metadata["widgets"][WIDGET_STATE]["state"]


def replace(nb, old, new, times=-1, backwards=False):
    cells = nb.cells[::-1] if backwards else nb.cells
    for cell in cells:
        if old in cell.source and times:
            cell.source, times = cell.source.replace(old, new), times - 1


@pytest.mark.parametrize("said", BREAKS)
def test_a_chapter_that_lacks_something_is_told_so(tmp_path, said):
    nb = chapter()
    BREAKS[said](nb)
    found = complaints(tmp_path, nb)
    assert any(re.search(said, one) for one in found), found


def test_pages_that_are_no_chapters_need_no_parts(tmp_path):
    assert complaints(tmp_path, new_notebook(cells=[new_markdown_cell("# Notation")]), "notation") == []


def test_the_reading_time_is_counted_and_written_when_a_chapter_is_stored():
    nb = chapter()
    nb.cells.insert(2, new_markdown_cell("word " * 3000 + "$$x$$ " * 10))
    assert 20 <= reading.minutes(nb) < 20.5  # 3000 / 200, ten displays, a few words
    assert "**Reading time.** 20 minutes, and five exercises." in text(nb)


def test_exercises_and_folded_code_cost_no_reading_time():
    nb = chapter()
    before = reading.minutes(nb)
    nb.cells.insert(6, new_markdown_cell("word " * 3000))  # inside the exercises
    nb.cells.insert(2, new_code_cell("1\n" * 60, metadata={"tags": ["hide-input"]}))
    assert reading.minutes(nb) == pytest.approx(before)


def test_what_to_read_next_walks_through_all_chapters_in_the_order_of_the_contents():
    pages = [page.rpartition("/")[2] for page in contents(ROOT)]
    walked = [path.stem for path in chapters() if list(course.the_next_page_is_next(path)) == []]
    assert set(walked) == {page for page in pages if (ROOT / "book" / f"{page}.ipynb").exists()}


def test_next_and_previous_of_each_built_page_follow_the_contents(site):
    pages = [page.rpartition("/")[2] for page in contents(ROOT)]
    for k, name in enumerate(pages):
        html = (site / f"book/{name}.html").read_text(encoding="utf-8")
        found = {side: re.search(rf'class="{side}"\s+href="(\w+)\.html"', html) for side in ("left-prev", "right-next")}
        before, after = (match and match[1] for match in found.values())
        assert before == (pages[k - 1] if k else None), name
        assert after == (pages[k + 1] if k + 1 < len(pages) else None), name
