"""Running and storing the chapters: which they are, in which form they are stored, and what a second run changes."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from tests import loops
from tests.conftest import ROOT
from tools import refresh
from tools.refresh import canonical, chapters, text
from tools.widgets import WIDGET_STATE

NAMES = [path.name for path in chapters()]


def notebook(path, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_refresh_stores_a_chapter_and_a_second_one_changes_no_byte(tmp_path):
    widget = "from ipywidgets import IntSlider\nIntSlider()"
    path = notebook(tmp_path / "one.ipynb", "for k in range(3):\n    print(k, flush=True)", widget)
    assert loops.run(refresh.refresh([path])) == []
    first = path.read_bytes()
    assert loops.run(refresh.refresh([path])) == []
    assert path.read_bytes() == first
    nb = nbformat.read(path, 4)
    assert [cell.execution_count for cell in nb.cells] == [1, 2]
    assert [output.text for output in nb.cells[0].outputs] == ["0\n1\n2\n"]
    assert f"{1:032x}" in nb.metadata.widgets[WIDGET_STATE].state


def test_a_refresh_names_the_chapter_and_the_cell_that_failed_and_stores_nothing(tmp_path):
    path = notebook(tmp_path / "broken.ipynb", "x = 1", "x.no_such_thing")
    before = path.read_bytes()
    (failure,) = loops.run(refresh.refresh([path]))
    assert "broken.ipynb" in failure
    assert "x.no_such_thing" in failure
    assert path.read_bytes() == before


def test_a_notebook_that_the_contents_do_not_name_is_a_readers_own(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/small\n")
    (tmp_path / "book").mkdir()
    path = notebook(tmp_path / "book" / "small.ipynb", "1 + 1")
    shutil.copy(path, path.with_name("Untitled.ipynb"))
    assert chapters(path.parent) == [path]
    assert [path.name for path in chapters(ROOT / "book")] == NAMES


def test_a_readers_own_notebook_is_named_and_not_run(tmp_path):
    for name in ("conftest.py", "_toc.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "book").mkdir()
    for name in ("notation.ipynb", "Untitled.ipynb"):
        shutil.copy(ROOT / "book" / "notation.ipynb", tmp_path / "book" / name)
    command = [sys.executable, "-m", "pytest", "--nbval", "--collect-only", "-p", "no:cacheprovider", "book"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "not in _toc.yml, so not checked: book/Untitled.ipynb" in done.stdout
    assert "<IPyNbFile notation.ipynb>" in done.stdout
    assert "<IPyNbFile Untitled.ipynb>" not in done.stdout


def test_the_contents_name_every_notebook_that_git_knows():
    if not (ROOT / ".git").exists():
        pytest.skip("no history here, so no notebook can be told from a reader's own")
    done = subprocess.run(["git", "ls-files", "book/*.ipynb"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.removeprefix("book/") for line in done.stdout.splitlines()] == NAMES


def test_widget_ids_are_renumbered_in_state_and_outputs_alike():
    model, layout = "0a" * 16, "f3" * 16
    state = {model: {"state": {"layout": f"IPY_MODEL_{layout}"}}, layout: {"state": {}}}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": model}}
    nb = nbformat.v4.new_notebook(metadata={"widgets": {WIDGET_STATE: {"state": state}}})
    nb.cells = [nbformat.v4.new_code_cell("w", outputs=[nbformat.v4.new_output("display_data", view)])]
    one, two = f"{1:032x}", f"{2:032x}"
    new = canonical(nb)
    assert new.cells[0].outputs[0].data["application/vnd.jupyter.widget-view+json"].model_id == one
    assert new.metadata.widgets[WIDGET_STATE].state == {
        one: {"state": {"layout": f"IPY_MODEL_{two}"}},
        two: {"state": {}},
    }
    assert text(new) == text(nb)


def test_pieces_of_one_stream_are_joined():
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=t) for t in ("a\n", "b\n")]
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=pieces)])
    assert [output.text for output in canonical(nb).cells[0].outputs] == ["a\nb\n"]


def test_canonical_form_does_not_change_its_argument_and_is_its_own_canonical_form():
    nb = nbformat.read(ROOT / "book" / NAMES[0], 4)
    before = nbformat.writes(nb)
    assert text(canonical(nb)) == text(nb)
    assert nbformat.writes(nb) == before
