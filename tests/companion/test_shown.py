"""A figure as a notebook shows it: in the book's style on every machine, and compared by its drawn data."""

import asyncio
import os
import subprocess
import sys

import nbformat
from tests.conftest import ROOT
from tests.figure_calls import CALLS
from tools.refresh import run, text

from companion.style.drawn import MIME

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
def line():
    figure = new(2.0)
    figure.subplots().plot([0, 1, 2], [0, 1, 4], label="a curve")
    return figure
"""


def compare(path):
    """Whether nbval is content with the notebook."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stdout
    return done.returncode == 0


def test_a_figure_changed_in_its_source_turns_the_suite_red(tmp_path):
    module, path = tmp_path / "picture.py", tmp_path / "small.ipynb"
    module.write_text(MODULE)
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import picture\n\npicture.line()")])
    nbformat.write(nb, path)
    path.write_text(text(asyncio.run(run(path))), encoding="utf-8")
    nb = nbformat.read(path, 4)
    assert set(nb.cells[0].outputs[0].data) == {"image/png", "text/plain", MIME}
    assert compare(path)
    nb.cells[0].outputs[0].data["image/png"] = "iVBORw0KGgo="  # as on a machine that draws letters otherwise
    nbformat.write(nb, path)
    assert compare(path)
    for old, other in [("a curve", "a line"), ("[0, 1, 4]", "[0, 1, 4.04]"), ("label=", "color='k', label=")]:
        module.write_text(MODULE.replace(old, other))
        assert not compare(path), (old, other)
