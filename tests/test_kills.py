"""What a run that was killed leaves: whole files, old or new, finished jobs, and no process."""

import contextlib
import os
import re
import signal
import sys
import time

import pytest
from experiments import parts
from tests import small_experiment
from tests.small_runs import logged, ran, start, told


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_killed_run_leaves_the_old_record_and_resumes_with_what_was_finished(tmp_path, workers):
    results = tmp_path / "results"
    results.mkdir()
    for name in ("small.json", "small.npz"):
        (results / name).write_bytes(b"old")
    process = start(tmp_path, "--workers", workers, "--wait", "0.4")
    deadline = time.monotonic() + 60
    while len(list(results.glob(".parts/small/*/*.pickle"))) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()
    with contextlib.suppress(ProcessLookupError):  # one worker is the process itself
        os.killpg(process.pid, signal.SIGKILL)  # else its workers would wait for jobs for some minutes
    assert {path.name: path.read_bytes() for path in results.glob("small.*")} == dict.fromkeys(
        ("small.json", "small.npz"), b"old"
    )
    (place,) = results.glob(".parts/small/*")
    finished = [parts.load(place, path.stem) for path in place.glob("*.pickle")]
    seeds = {part.result[0]["seed"] for part in finished}
    assert 2 <= len(seeds) < len(small_experiment.SEEDS)
    logged(tmp_path)
    progress = ran(tmp_path, "--workers", workers, "--wait", "0.4")
    assert logged(tmp_path) == sorted(set(small_experiment.SEEDS) - seeds)
    assert re.findall(r"(\d)/6 \[", progress)[0] == str(len(seeds))  # where the bar starts
    assert re.findall(r"(\d)/6 \[", progress)[-1] == "6"
    assert sorted(path.name for path in results.iterdir()) == ["small.json", "small.npz"]
    (fresh := tmp_path / "fresh").mkdir()
    ran(fresh, "--workers", "1")
    assert told(results) == told(fresh / "results")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_workers_end_with_the_command_that_was_killed(tmp_path):
    """They would work on, and hold the cores, with nobody to take what they find."""
    command = start(tmp_path, "--workers", "2", "--wait", "30")
    group = os.getpgid(command.pid)
    deadline = time.monotonic() + 60
    while not (tmp_path / "log").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(command.pid, signal.SIGKILL)
    command.wait()
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("workers outlived their command")
