"""The adding problem of 1997 (Experiment 4): sequences to solve, by length, initialisation and seed."""

import time

import numpy as np

from companion.pages.adding1997 import experiment
from experiments import runner

SEEDS = range(5)
BUDGETS = {100: 200_000, 500: 220_000, 1000: 100_000}  # a run that has not solved within its budget is stored as such
BLOCK = 2000  # sequences to a point of the learning curve
WHOLE = ("chrono", "forget bias", "uniform")
JOBS = [(100, init) for init in experiment.INITS] + [(T, init) for T in (500, 1000) for init in WHOLE]


def one(T, init, seed):
    """One run and its test: what the record says of it, and the trained network."""
    started = time.process_time()
    first, second, third = (np.random.default_rng([T, seed, k]) for k in range(3))
    run = experiment.solve(experiment.draw(init, T, rng=first), T, rng=second, budget=BUDGETS[T])
    tested = experiment.fresh_errors(run.model, T, rng=third)
    blocks = np.split(run.errors, range(BLOCK, len(run.errors), BLOCK))
    found = {
        "T": T,
        "init": init,
        "seed": seed,
        "solved": run.solved,
        "sequences": len(run.errors),
        "wrong": int((tested >= experiment.CORRECT).sum()),
        "test error": float(f"{tested.mean():.3g}"),
        "seconds": round(time.process_time() - started, 1),
        "curve": [float(f"{np.sqrt((block**2).mean()):.3g}") for block in blocks],
    }
    return found, run.model


def name(found):
    """What the network of a run is called in the .npz file."""
    return f"T {found['T']}, {found['init']}, seed {found['seed']}"


def run(workers=None, scheduler=None):
    """Train and test, then write results/adding1997.json and results/adding1997.npz."""
    started = time.time()
    jobs = [(T, init, seed) for T, init in JOBS for seed in SEEDS]
    found = runner.run("adding1997", one, jobs, workers=workers, scheduler=scheduler)
    settings = {
        "units": experiment.UNITS,
        "batch": experiment.BATCH,
        "budgets": {str(T): budget for T, budget in BUDGETS.items()},
        "block": BLOCK,
    }
    networks = {name(told): model for told, model in found}
    runner.keep("adding1997", settings | {"runs": [told for told, _ in found]}, started, networks=networks)
