"""Experiments: jobs in parallel give what they give one by one, and a record says what made the results."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest
from experiments import __main__ as command
from experiments import adding, runner
from tests.conftest import ROOT

from companion import files
from companion.pages.training import runs
from lstm.training import models, stored


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The folder that takes the place of the stored results."""
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


def threads(number):
    """The limit that each process was given, and its id."""
    return number, os.environ.get("OPENBLAS_NUM_THREADS"), os.getpid()


def test_jobs_come_back_in_their_order_from_processes_of_one_thread_each(results):
    found = runner.run("small", threads, [(k,) for k in range(6)], workers=2)
    numbers, limits, processes = zip(*found, strict=True)
    assert numbers == tuple(range(6))
    assert set(limits) == {"1"}
    assert os.getpid() not in processes


def test_parallel_runs_are_those_made_one_by_one(results):
    jobs = [("bias 1", 0, 0.02, 40), ("rnn", 1, 0.005, 40)]
    one_by_one = [adding.course(*job) for job in jobs]
    assert runner.run("small", adding.course, jobs, workers=2) == one_by_one
    assert one_by_one[0]["curve"] != one_by_one[1]["curve"]


def test_a_tiny_experiment_stores_its_runs_networks_and_what_made_them(results):
    adding.run(seeds=2, rates=(0.02,), updates=50, workers=1)
    record = stored.load_record(results / "adding.json")
    assert record["made by"] == "python -m experiments adding"
    assert record["versions"]["numpy"] == np.__version__
    assert record["minutes"] >= 0
    assert record["processor minutes"] >= 0
    assert "protocol" not in record
    assert record["settings"]["updates"] == 50
    assert [(r["kind"], r["seed"]) for r in record["runs"]] == [(k, s) for k in runs.KINDS for s in range(2)]
    losses = runs.adding("chrono", 1, updates=50).losses
    found = runs.courses(record, 0.02)["chrono"]
    assert found.curves.shape == (2, 2)
    np.testing.assert_allclose(found.curves[1], losses[:40].reshape(2, 20).mean(axis=1), rtol=1e-3)
    networks = stored.load_models(results / "adding.npz")
    assert list(networks) == [f"{kind}, seed {seed}" for kind in runs.KINDS for seed in range(2)]
    same = runs.adding("rnn", 1, updates=50).model
    assert np.array_equal(models.flatten(networks["rnn, seed 1"]), models.flatten(same))


def test_a_record_without_networks_leaves_one_file(results):
    runner.keep("small", {"found": [1, 2]}, 0.0)
    assert [path.name for path in results.iterdir()] == ["small.json"]
    assert stored.load_record(results / "small.json")["found"] == [1, 2]


@pytest.mark.parametrize("name", command.NAMES)
def test_every_name_is_a_module_with_a_function_run(name):
    text = (ROOT / "experiments" / f"{name}.py").read_text(encoding="utf-8")
    assert re.search(r"^def run\(", text, re.MULTILINE)


def test_the_command_runs_what_is_named_and_all_without_a_name(monkeypatch):
    ran = []

    class Module:
        def __init__(self, name):
            self.run = lambda **where: ran.append((name.removeprefix("experiments."), where))

    monkeypatch.setattr(command.importlib, "import_module", Module)
    monkeypatch.setattr(command.os, "environ", environ := {"MKL_NUM_THREADS": "4"})
    monkeypatch.setattr(sys, "argv", ["experiments", "adding", "--workers", "3", "--scheduler", "tcp://there:1"])
    command.main()
    assert ran == [("adding", {"workers": 3, "scheduler": "tcp://there:1"})]
    assert environ == {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "4", "OMP_NUM_THREADS": "1"}
    monkeypatch.setattr(sys, "argv", ["experiments"])
    command.main()
    assert ran[1:] == [(name, {"workers": None, "scheduler": None}) for name in command.NAMES]


def test_the_list_has_a_line_for_each_name_and_runs_nothing(monkeypatch, capsys):
    monkeypatch.setattr(command.importlib, "import_module", None)
    monkeypatch.setattr(sys, "argv", ["experiments", "--list"])
    command.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(command.NAMES)
    assert all(re.search(r" [A-Z].*[.:]", line) for line in lines)


def test_a_number_of_workers_below_one_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["experiments", "adding", "--workers", "0"])
    with pytest.raises(SystemExit):
        command.main()
    assert "--workers: expected 1 or more, got 0" in capsys.readouterr().err


def test_an_unknown_name_is_refused_with_those_that_are_known():
    done = subprocess.run([sys.executable, "-m", "experiments", "copy"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "expected names of adding" in done.stderr
    assert "got copy" in done.stderr


def test_the_stored_runs_are_those_of_the_chapter():
    record = stored.load_record(files.path("results/adding.json"))
    assert record["settings"]["T"] == runs.T
    assert record["settings"]["units"] == runs.UNITS
    assert record["settings"]["stored_rate"] == runs.RATE
    networks = stored.load_models(files.path("results/adding.npz"))
    assert len(networks) == len(runs.KINDS) * adding.STORED
    assert all(model.W.shape == (1, runs.UNITS) for model in networks.values())
