"""A page whose notebook has lost the state of its widgets ends the build."""

import json
import subprocess
import sys

import nbformat
import pytest
from tests.conftest import ROOT

from companion.site import alive

CONF = """
from companion.site import alive
extensions = ["myst_nb"]
nb_execution_mode = "off"

def setup(app):
    app.connect("html-page-context", alive.on_page, priority=400)
"""


@pytest.fixture
def built(tmp_path):
    """A function: a notebook -> (exit status, what Sphinx says) of a book that has it alone."""

    def build(nb):
        (tmp_path / "conf.py").write_text(CONF)
        nbformat.write(nb, tmp_path / "index.ipynb")
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", tmp_path, tmp_path / "out"]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stderr

    return build


def test_a_chapter_as_it_is_stored_is_built_and_one_without_the_state_of_its_widgets_is_not(built):
    nb = nbformat.read(ROOT / "book" / "paths.ipynb", as_version=4)
    nb.cells = [cell for cell in nb.cells if "widget-view" in json.dumps(cell)][:1]
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("# Title"))
    assert built(nb) == (0, "")
    del nb.metadata["widgets"]
    status, said = built(nb)
    assert status == 1
    assert "page index shows widget" in said
    assert "run make refresh" in said


def test_a_widget_of_which_the_state_is_there_is_not_lost():
    body = '<script type="application/vnd.jupyter.widget-view+json">{"model_id": "7", "version_major": 2}</script>'
    assert alive.lost(body, {"state": {"7": {}}}) == []
    assert alive.lost(body, {"state": {"8": {}}}) == alive.lost(body, {}) == ["7"]
    assert alive.lost("<p>none</p>", {}) == []
