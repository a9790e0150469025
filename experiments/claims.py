"""The networks of the chapter on the claims: five tasks, some seeds each, at three stages of training."""

import time

import numpy as np

from companion.pages.claims import setting
from experiments import runner
from lstm import training
from lstm.training import models

SEEDS = 8
SERIES = runner.RESULTS.parents[1] / "book" / "data" / "sunspots.csv"


def one(name, seed):
    """Train one network: ({stage: `Model`}, record). The solved one is met on the way of the run to its end.

    Two runs from the same seed walk the same way; the first stops where it is solved, the second goes on.
    """
    task = tasks()[name]

    def trained(until):
        model, batches = begin(task, seed)
        settings = {"rate": setting.RATE, "most": setting.MOST, "updates": setting.UPDATES}
        return training.train(model, batches, loss=task.loss, until=until, **settings)

    stages = {"initialised": begin(task, seed)[0]}
    end = trained(None)
    solved = training.updates_to(end.losses, task.level)
    if solved is not None:
        stages["solved"] = trained(task.level).model
    stages["long after"] = end.model
    return stages, {"task": name, "seed": seed, "solved after": solved, "last loss": float(end.losses[-50:].mean())}


def begin(task, seed):
    """(model, batches) at the start of a run."""
    rng = np.random.default_rng(seed)
    return setting.draw_network(task, rng), task.draw(setting.BATCH, rng)


def tasks():
    return setting.all_tasks(*np.loadtxt(SERIES, delimiter=",", skiprows=1, unpack=True))


def run(seeds=SEEDS, workers=None, scheduler=None):
    started = time.time()
    jobs = [(name, seed) for name in tasks() for seed in range(seeds)]
    found = runner.run("claims", one, jobs, workers=workers, scheduler=scheduler)
    networks = {
        f"{name}, {seed}, {stage}": models.Model(*model)
        for (name, seed), (stages, _) in zip(jobs, found, strict=True)
        for stage, model in stages.items()
    }
    settings = {k.lower(): getattr(setting, k) for k in ("UNITS", "BATCH", "RATE", "MOST", "UPDATES")}
    runner.keep("claims", {"settings": settings, "runs": [record for _, record in found]}, started, networks=networks)
