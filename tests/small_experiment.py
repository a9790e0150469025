"""A small experiment for the tests of the runner: `python -m tests.small_experiment FOLDER` stores it there."""

import argparse
import time
from pathlib import Path

import numpy as np
from experiments import runner

from companion.pages.training import runs

SEEDS = range(6)


def one(seed, wait, log):
    """A short training and some sums whose order matters; appends a line to the file `log`."""
    with open(log, "a") as file:
        file.write(f"{seed}\n")
    time.sleep(wait)
    run = runs.adding("chrono", seed, updates=5)
    large = np.random.default_rng(seed).normal(size=(300, 300))
    return {"seed": seed, "losses": run.losses.tolist(), "large": float((large @ large).sum())}, run.model


def run(log, wait=0.0, seeds=SEEDS, workers=None, scheduler=None):
    started = time.time()
    jobs = [(seed, wait, str(log)) for seed in seeds]
    found = runner.run("small", one, jobs, workers=workers, scheduler=scheduler)
    networks = {f"seed {told['seed']}": model for told, model in found}
    runner.keep("small", {"runs": [told for told, _ in found]}, started, networks=networks)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wait", type=float, default=0.0)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--scheduler")
    given = parser.parse_args()
    from tests import small_experiment  # by its name, so that the workers find it

    runner.RESULTS = given.folder
    small_experiment.run(given.folder.parent / "log", given.wait, workers=given.workers, scheduler=given.scheduler)
