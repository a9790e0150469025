"""The runner of the experiments: the same bytes however jobs are run, and what a killed run leaves."""

import json
import subprocess
import sys
import time
from importlib import util

import pytest
from experiments import parts, runner
from tests import small_experiment
from tests.conftest import ROOT
from tests.small_runs import ALONE, logged, ran, told

from lstm.training import stored


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The folder that takes the place of the stored results."""
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


@pytest.fixture
def cluster(tmp_path):
    """The address of a Dask scheduler that has two worker processes, all started as CONTRIBUTING says."""
    if util.find_spec("distributed") is None:
        pytest.skip("no package distributed, which the extra `cluster` brings")
    there = tmp_path / "scheduler.json"
    quiet = ["--no-dashboard", "--scheduler-file", str(there)]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", *quiet]
    worker = ["worker", "--nworkers", "2", "--nthreads", "1", "--local-directory", str(tmp_path), *quiet]
    processes = []
    with (tmp_path / "cluster.log").open("w") as log:
        for words in (scheduler, worker):
            command = [sys.executable, "-m", "dask", *words]
            processes.append(subprocess.Popen(command, cwd=ROOT, env=ALONE, stdout=log, stderr=log))
        deadline = time.monotonic() + 60
        while not there.exists() or not there.read_text():
            assert time.monotonic() < deadline, (tmp_path / "cluster.log").read_text()
            time.sleep(0.05)
        yield json.loads(there.read_text())["address"]
        for process in reversed(processes):
            process.terminate()
            process.wait(30)


def test_one_process_two_and_a_cluster_of_two_workers_store_the_same_bytes(tmp_path, cluster):
    found = []
    for way in (["--workers", "1"], ["--workers", "2"], ["--scheduler", cluster]):
        folder = tmp_path / way[0][2:] / way[1].rpartition("/")[2]
        folder.mkdir(parents=True)
        ran(folder, *way)
        assert logged(folder) == list(small_experiment.SEEDS)
        assert sorted(path.name for path in (folder / "results").iterdir()) == ["small.json", "small.npz"]
        found.append(told(folder / "results"))
    assert found[0] == found[1] == found[2]
    assert len(stored.load_models(folder / "results" / "small.npz")) == len(small_experiment.SEEDS)


def finished(seeds, log):
    """Jobs of the small experiment, in this process; their results stay parts."""
    jobs = [(seed, 0.0, str(log)) for seed in seeds]
    return [result["seed"] for result, _ in runner.run("small", small_experiment.one, jobs, workers=1)]


def test_results_come_in_the_order_of_the_jobs_and_each_job_runs_once(results, tmp_path):
    assert finished([3, 1, 3, 2], tmp_path / "log") == [3, 1, 3, 2]
    assert logged(tmp_path) == [1, 2, 3]
    assert finished([2, 0, 1], tmp_path / "log") == [2, 0, 1]
    assert logged(tmp_path) == [0]


def test_what_other_code_has_made_is_neither_used_nor_counted(results, tmp_path, monkeypatch):
    finished([0, 1], tmp_path / "log")
    logged(tmp_path)
    monkeypatch.setattr(parts, "CODE", "changed")
    finished([1], tmp_path / "log")
    assert logged(tmp_path) == [1]
    counted = []
    monkeypatch.setattr(parts, "load", lambda *at, load=parts.load: counted.append(at) or load(*at))
    runner.keep("small", {}, time.time())
    assert len(counted) == 1
    assert [path.name for path in results.iterdir()] == ["small.json"]


def test_a_worker_with_other_code_refuses_its_jobs(results, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "CODE", "changed")  # in this process only
    with pytest.raises(RuntimeError, match="this worker has other code"):
        runner.run("small", small_experiment.one, [(0, 0.0, str(tmp_path / "log"))] * 2, workers=2)
    assert logged(tmp_path) == []


@pytest.mark.parametrize("job", [(runner,), ([float("nan")],), 3, [1]], ids=repr)
def test_arguments_that_are_not_plain_are_refused(results, job):
    with pytest.raises(TypeError, match="expected tuples of plain arguments, got"):
        runner.run("small", small_experiment.one, [job])


def test_a_function_without_a_name_of_its_own_is_refused(results):
    def inner(seed):
        return seed

    for function in (lambda seed: seed, inner):
        with pytest.raises(TypeError, match="top level"):
            runner.run("small", function, [(1,)])


def test_a_worker_with_more_than_one_thread_refuses_its_jobs(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    with pytest.raises(RuntimeError, match="OPENBLAS_NUM_THREADS=1"):
        runner._timed(parts.CODE, None, "key", abs, (1,))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    assert runner._timed(parts.CODE, None, "key", abs, (-1,))[1].result == 1
