"""The adding problem, T = 100: four kinds of network, two rates, ten seeds. About four minutes on two cores.

Stores the learning curves of all runs, and networks of the first seeds: each LSTM as it was when the task counted as
solved, each tanh network after its last update, both trained with `runs.RATE`.
"""

import time
from functools import partial

from companion.pages.training import runs
from experiments import runner
from lstm import training

SEEDS, STORED = 10, 5
RATES = (0.02, 0.005)
UPDATES, EVERY = 2000, 20


def run(seeds=SEEDS, rates=RATES, updates=UPDATES, workers=None, scheduler=None):
    """Train, then write results/adding.json and results/adding.npz. Smaller arguments are for the tests."""
    started = time.time()
    ran = partial(runner.run, "adding", workers=workers, scheduler=scheduler)
    cells = [(k, s, r, updates) for k in runs.KINDS for r in rates for s in range(seeds)]
    courses = ran(course, cells)
    jobs = [(k, s, updates) for k in runs.KINDS for s in range(min(seeds, STORED))]
    networks = ran(network, jobs)
    settings = dict(T=runs.T, units=runs.UNITS, batch=runs.BATCH, most=runs.MOST, solved=runs.SOLVED)
    results = {"settings": settings | dict(updates=updates, every=EVERY, stored_rate=runs.RATE), "runs": courses}
    names = [f"{kind}, seed {seed}" for kind, seed, _ in jobs]
    runner.keep("adding", results, started, networks=dict(zip(names, networks, strict=True)))


def course(kind, seed, rate, updates):
    """One run to its end, whether solved before or not, as a dict: updates to SOLVED, and the loss, means of EVERY."""
    losses = runs.adding(kind, seed, updates=updates, rate=rate).losses
    whole = losses[: len(losses) // EVERY * EVERY].reshape(-1, EVERY).mean(axis=1)
    curve = [float(f"{mean:.4g}") for mean in whole]
    return dict(kind=kind, seed=seed, rate=rate, updates_to=training.updates_to(losses, runs.SOLVED), curve=curve)


def network(kind, seed, updates):
    """The network of one run, when its loss was first below SOLVED; after the last update where it never was."""
    return runs.adding(kind, seed, updates=updates, until=runs.SOLVED).model
