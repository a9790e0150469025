"""A figure as a notebook shows it: in the book's style on every machine, and compared by its drawn data."""

import os
import subprocess
import sys
from types import SimpleNamespace

import nbformat
from tests import loops
from tests.conftest import ROOT
from tests.figure_calls import CALLS
from tools.refresh import run, text

from companion.site import DrawnData
from companion.style.drawn import MIME


def test_a_page_shows_drawn_data_nowhere_and_still_warns_of_other_unknown_data():
    assert DrawnData.handle_mime(None, SimpleNamespace(mime_type=MIME), False) == []
    assert DrawnData.handle_mime(None, SimpleNamespace(mime_type="text/vnd.unknown"), False) is None


WILD = """
font.size: 20
axes.grid: True
axes.prop_cycle: cycler("color", ["ff0000"])
axes.formatter.limits: -1, 1
lines.linewidth: 5
savefig.dpi: 50
savefig.bbox: tight
savefig.transparent: True
text.hinting: none
xtick.direction: in
xtick.major.size: 12
"""
PRINT = """
import hashlib
from tests.figure_calls import CALLS, draw
from companion.style.drawn import MIME
for name in CALLS:
    figure = draw(name)
    print(name, hashlib.sha256(figure._repr_png_()).hexdigest(), hash(figure._repr_mimebundle_()[MIME]))
"""


def test_the_readers_matplotlibrc_changes_no_byte(tmp_path):
    (tmp_path / "matplotlibrc").write_text(WILD)
    plain = os.environ | {"PYTHONHASHSEED": "0"}
    command = [sys.executable, "-W", "error", "-c", PRINT]
    ours, wild = (
        subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
        for env in (plain, plain | {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc")})
    )
    assert wild == ours
    assert len(ours.splitlines()) == len(CALLS)


MODULE = """
from companion.style.figures import new, styled

@styled
def line(label="a curve", end=4, **look):
    figure = new(2.0)
    figure.subplots().plot([0, 1, 2], [0, 1, end], label=label, **look)
    return figure
"""
CHANGES = ("line()", "line(label='a line')", "line(end=4.04)", "line(color='k')")


def compare(path):
    """The last line of nbval on the notebook."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True).stdout.splitlines()[-1]


def test_a_figure_changed_in_its_source_turns_the_suite_red_and_another_picture_alone_does_not(tmp_path, monkeypatch):
    seen = [str(tmp_path), os.environ.get("PYTHONPATH", "")]  # kernels start in another folder
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(seen))
    module, path = tmp_path / "picture.py", tmp_path / "small.ipynb"
    calls = [f"figure_{k}" for k in range(len(CHANGES))]
    module.write_text(MODULE + "".join(f"\ndef {name}():\n    return line()\n" for name in calls))
    cells = [nbformat.v4.new_code_cell(f"import picture\n\npicture.{name}()") for name in calls]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    nb = loops.run(run(path))
    for cell in nb.cells:
        assert set(cell.outputs[0].data) == {"image/png", "text/plain", MIME}
        cell.outputs[0].data["image/png"] = "iVBORw0KGgo="  # as on a machine that draws letters otherwise
    path.write_text(text(nb), encoding="utf-8")
    assert compare(path).startswith("4 passed")
    module.write_text(
        MODULE + "".join(f"\ndef {name}():\n    return {call}\n" for name, call in zip(calls, CHANGES, strict=True))
    )
    assert compare(path).startswith("3 failed, 1 passed")
