"""The adding problem of 1997 (Experiment 4): sequences to solve, by length, initialisation and seed.

Runs that are in the stored record already are not made again; delete results/adding1997.json to start afresh. The
record is written after each run, so that what is finished is kept.
"""

import time

import joblib
import numpy as np

from companion.pages.adding1997 import experiment
from experiments import runner
from lstm.training import stored

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


def run(workers=2):
    runs, networks = earlier()
    done = {(found["T"], found["init"], found["seed"]) for found in runs}
    jobs = [(T, init, seed) for T, init in JOBS for seed in SEEDS if (T, init, seed) not in done]
    with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
        each = joblib.Parallel(n_jobs=workers, return_as="generator_unordered", batch_size=1)
        for found, model in each(joblib.delayed(one)(*job) for job in jobs):
            runs.append(found)
            networks[name(found)] = model
            keep(runs, networks)
            print(*[f"{key} {value}" for key, value in found.items() if key != "curve"], sep=", ", flush=True)


def earlier():
    """(runs, networks) of the stored record, empty ones where there is none."""
    path = runner.RESULTS / "adding1997.json"
    if not path.exists():
        return [], {}
    return stored.load_record(path)["runs"], stored.load_models(path.with_suffix(".npz"))


def keep(runs, networks):
    """Write record and networks, in the order of `JOBS` whatever the order in which the runs ended."""
    runs = sorted(runs, key=lambda found: (JOBS.index((found["T"], found["init"])), found["seed"]))
    settings = {
        "units": experiment.UNITS,
        "batch": experiment.BATCH,
        "budgets": {str(T): budget for T, budget in BUDGETS.items()},
        "block": BLOCK,
    }
    spent = sum(found["seconds"] for found in runs)  # of a processor, all runs together
    networks = {name(found): networks[name(found)] for found in runs}
    runner.keep("adding1997", settings | {"runs": runs}, time.time() - spent, networks=networks)
