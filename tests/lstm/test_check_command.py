"""`python -m lstm.check FILE`: what it prints, and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lstm.backward_passes import module, rows, whole

from lstm.check.__main__ import main

RIGHT = {"two functions": rows, "one function": whole, "a class": module}


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_with_a_right_pass_gives_0(name, capsys):
    path = RIGHT[name].__file__
    assert main([path]) == 0
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.startswith(f"{path}:")
    assert first.endswith(": the backward pass is right")
    assert second.startswith("Right: ")


@pytest.fixture
def wrong(tmp_path):
    text = Path(rows.__file__).read_text(encoding="utf-8")
    assert text.count("dprev_c = f * dc") == 1
    path = tmp_path / "mine.py"
    path.write_text(text.replace("dprev_c = f * dc", "dprev_c = dc"), encoding="utf-8")
    return path


def test_a_wrong_pass_gives_1_and_the_line_of_backward(wrong, capsys):
    assert main([str(wrong)]) == 1
    line = next(k for k, text in enumerate(wrong.read_text().splitlines(), 1) if text.startswith("def backward"))
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"{wrong}:{line}: In dc_next the factor f (forget gate) is missing")


def test_json_for_an_autograder(wrong, capsys):
    assert main([str(wrong), "--json"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert value["right"] is False
    assert value["points"]["clean"] == 1


def test_it_runs_as_a_command(wrong):
    done = subprocess.run([sys.executable, "-m", "lstm.check", str(wrong)], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"{wrong}:")


def test_what_does_not_run_gives_2_and_says_why(tmp_path, capsys):
    assert main([]) == 2
    assert "usage: python -m lstm.check FILE" in capsys.readouterr().err
    path = tmp_path / "empty.py"
    path.write_text("x = 1\n")
    assert main([str(path)]) == 2
    assert "expected a function backward or one class with forward and backward, got 0" in capsys.readouterr().err
    path.write_text("1 / 0\n")
    assert main([str(path)]) == 2
    assert f"{path}:1: ZeroDivisionError" in capsys.readouterr().err
