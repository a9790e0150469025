"""A chapter runs alone: its code names no other file, nbval and make refresh run it in an empty folder."""

import ast
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from tests import loops
from tests.conftest import ROOT
from tools import alone, guards, refresh


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('np.loadtxt("data/sunspots.csv")', "has the place 'data/sunspots.csv'"),
        ('stored.load_models(f"../experiments/results/{name}.npz")', "has the place"),
        ('np.load("/work/a.npz")', "has the place '/work/a.npz'"),
        ('ledger.titles("..")', "has the place '..'"),
        (r'read("C:\\data\\x.bin")', "has the place"),
        ('read("~/x")', "has the place '~/x'"),
        ('files.path("data/moonspots.csv")', "asks files.path for 'data/moonspots.csv', which is not there"),
        ("open(name)", "uses open"),
        ("from pathlib import Path", "imports pathlib"),
        ("import tools.refresh", "imports tools"),
        ("import os\nfrom experiments import co2", "imports experiments"),
    ],
)
def test_code_that_leads_out_of_the_package_is_seen(source, complaint):
    seen = list(alone.complaints(ast.parse(source)))
    assert seen
    assert all(one.startswith(complaint) for one in seen)


@pytest.mark.parametrize(
    "source",
    [
        'year, sunspots = np.loadtxt(files.path("data/sunspots.csv"), delimiter=",")',
        'print("w / b", ".", "g.", "0.5", f"{a}/{b}", "f.csv is a name", "<a href=\'x.html\'>x</a>")',
        "import json\nimport os",
    ],
)
def test_code_that_stays_in_it_is_not(source):
    assert list(alone.complaints(ast.parse(source))) == []


def test_every_chapter_is_asked():
    assert alone.code_reads_the_packages_files_only in guards.GUARDS  # tests/test_notebooks.py holds each against each


def test_a_shell_is_seen(tmp_path):
    path = tmp_path / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%time 1\n!cat x")]), path)
    assert list(alone.code_reads_the_packages_files_only(path)) == ["cell 0 asks a shell: !cat x"]


READS = "import os\n\nwith open('beside' + '.txt') as file:\n    print(file.read())"


@pytest.fixture
def book(tmp_path):
    """A book whose one chapter reads a file beside it, with our conftest; gives the path of the chapter."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/small\n")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "beside.txt").write_text("here")
    cells = [nbformat.v4.new_code_cell("import os\n\nlen(os.listdir())", execution_count=1)]
    cells[0].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "0"}, execution_count=1)]
    cells += [nbformat.v4.new_code_cell(READS, execution_count=2)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "book" / "small.ipynb")
    return tmp_path / "book" / "small.ipynb"


def test_nbval_runs_a_chapter_in_an_empty_folder_so_one_that_reads_a_file_beside_it_fails(book):
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "book"]
    done = subprocess.run(command, cwd=book.parents[1], capture_output=True, text=True)
    assert re.search(r"^1 failed, 1 passed", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert "No such file or directory: 'beside.txt'" in done.stdout


def test_without_that_it_would_read_it(book):
    conftest = book.parents[1] / "conftest.py"
    kept = conftest.read_text(encoding="utf-8").replace("nbval.plugin.RunningKernel = Alone", "")
    conftest.write_text(kept, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "book"]
    done = subprocess.run(command, cwd=book.parents[1], capture_output=True, text=True)
    assert "No such file or directory" not in done.stdout
    assert "2 failed" in done.stdout, done.stdout  # two files are in the folder, and "here" is no stored output


def test_a_refresh_runs_a_chapter_in_an_empty_folder_too(book):
    (failure,) = loops.run(refresh.refresh([book]))
    assert "No such file or directory: 'beside.txt'" in failure
