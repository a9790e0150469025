"""The page on notation: every function that it names is there, and every row has an anchor of its own."""

import re
from pydoc import locate

import nbformat
from tests.conftest import ROOT

CELLS = nbformat.read(ROOT / "book" / "notation.ipynb", 4).cells
PROSE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
ROW = re.compile(r"^\| \[(.+?)\]\{#(symbol-[\w-]+)\} \|", re.MULTILINE)


def test_every_function_that_the_page_names_exists():
    names = set(re.findall(r"`(lstm(?:\.\w+)+)`", PROSE)) - {"lstm.weights"}
    assert len(names) > 10
    assert [name for name in names if not callable(locate(name))] == []


def test_every_row_of_a_symbol_has_an_anchor_of_its_own_in_lower_case_for_anchors_do_not_know_another():
    anchors = [anchor for _, anchor in ROW.findall(PROSE)]
    assert len(anchors) == len(set(anchors)) > 30
    assert [anchor for anchor in anchors if anchor != anchor.lower()] == []
    tables = re.findall(r"^\| symbol \|.*\n\|[-|]+\n((?:\|.*\n?)+)", PROSE, re.MULTILINE)
    assert sum(len(table.strip().splitlines()) for table in tables) == len(anchors)
