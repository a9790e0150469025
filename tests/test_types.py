"""The types hold as [tool.mypy] asks, and a made-up module that breaks them is seen."""

import subprocess
import sys

import pytest
from tests.conftest import ROOT

SOUND = """
import numpy as np

from lstm import Params, init_params, run

def last(params: Params, x: np.ndarray) -> np.ndarray:
    return run(params, x).h[-1]

last(init_params(2, 3, rng=np.random.default_rng(0)), np.ones((4, 2)))
"""
BREAKS = {
    "a number for the parameters": (
        ("run(params, x)", "run(1, x)"),
        'Argument 1 to "run" has incompatible type "int"; expected "Params"',
    ),
    "parameters in the place of a run": (
        ("run(params, x).h", "chain(params, params, 1, 2)"),
        'Argument 2 to "chain" has incompatible type "Params"; expected "Trace"',
    ),
    "a word for a number of units": (
        ("init_params(2, 3,", 'init_params(2, "3",'),
        'Argument 2 to "init_params" has incompatible type "str"; expected "int"',
    ),
    "a field that is not there": ((".h[-1]", ".hidden[-1]"), '"Trace" has no attribute "hidden"'),
    "an argument without a type": (("x: np.ndarray", "x"), "Function is missing a type annotation for one or more"),
    "a result without a type": ((" -> np.ndarray", ""), "Function is missing a return type annotation"),
}


@pytest.fixture(scope="module")
def mypy(tmp_path_factory):
    """A function: arguments of mypy -> (exit status, what it says). The calls share one cache."""
    command = [sys.executable, "-m", "mypy", "--cache-dir", tmp_path_factory.mktemp("mypy")]

    def check(*arguments):
        done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    return check


def test_the_types_of_the_sources_hold(mypy):
    status, words = mypy()
    assert status == 0, words
    files = [path for folder in ("src", "tools") for path in (ROOT / folder).rglob("*.py")]
    assert f"{len(files)} source files" in words


def test_a_module_that_uses_the_library_rightly_is_accepted(mypy, tmp_path):
    path = tmp_path / "sound.py"
    path.write_text(SOUND)
    status, words = mypy(path)
    assert status == 0, words


@pytest.mark.parametrize("kind", BREAKS)
def test_a_module_that_breaks_the_types_is_refused(mypy, tmp_path, kind):
    (right, wrong), complaint = BREAKS[kind]
    assert SOUND.count(right) == 1
    broken = SOUND.replace(right, wrong).replace("import Params,", "import Params, chain,")
    path = tmp_path / "broken.py"
    path.write_text(broken)
    status, words = mypy(path)
    assert status == 1, words
    assert complaint in words
