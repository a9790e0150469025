"""The small experiment as a command of its own, for the tests of the runner."""

import json
import os
import subprocess
import sys

from tests.conftest import ROOT

from lstm.training import stored

ALONE = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
TIMES = {"minutes", "processor minutes"}


def start(folder, *words):
    """The small experiment as a command of its own, storing in folder/results and telling its jobs to folder/log."""
    command = [sys.executable, "-m", "tests.small_experiment", str(folder / "results"), *words]
    with (folder / "told").open("w") as told:
        return subprocess.Popen(command, cwd=ROOT, env=ALONE, stderr=told, start_new_session=True)


def ran(folder, *words):
    """What the command told, once it is done."""
    code = start(folder, *words).wait(100)
    told = (folder / "told").read_text()
    assert code == 0, told
    return told


def logged(folder):
    """The jobs that ran, and takes them off the log."""
    log = folder / "log"
    seeds = sorted(map(int, log.read_text().split())) if log.exists() else []
    log.unlink(missing_ok=True)
    return seeds


def told(results):
    """The record without its times, as text, and the bytes of the networks."""
    record = stored.load_record(results / "small.json")
    assert record.keys() >= TIMES
    kept = {key: value for key, value in record.items() if key not in TIMES}
    return json.dumps(kept), (results / "small.npz").read_bytes()
