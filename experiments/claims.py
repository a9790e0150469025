"""The networks of the chapter on the claims: six tasks, two rates, ten seeds, three stages; trained, then measured.

The protocol, with what was predicted, is in protocols/claims.md.
"""

import time
from functools import partial

import numpy as np

from companion import files
from companion.pages.claims import kept, setting, whole
from experiments import runner
from lstm import training

SERIES = files.path("data/sunspots.csv")
NOT_TRAINED = 0.0  # the rate of an initialised network


def train_one(name, rate, seed):
    """Train one network: ({stage: `Model`}, record). The solved one is met on the way of the run to its end.

    Two runs from the same seed walk the same way; the first stops where it is solved, the second goes on.
    """
    task, stages = tasks()[name], {}

    def trained(until):
        model, batches = begin(task, seed)
        settings = {"rate": rate, "most": setting.MOST, "updates": setting.UPDATES}
        return training.train(model, batches, loss=task.loss, until=until, **settings)

    end = trained(None)
    solved = training.updates_to(end.losses, task.level)
    if solved is not None:
        stages["solved"] = trained(task.level).model
    stages["long after"] = end.model
    last = float(f"{end.losses[-50:].mean():.6g}")
    return stages, {"task": name, "rate": rate, "seed": seed, "solved after": solved, "last loss": last}


def begin(task, seed):
    """(model, batches) at the start of a run: the same for every rate."""
    rng = np.random.default_rng(seed)
    return setting.draw_network(task, rng), task.draw(setting.BATCH, rng)


def measure_one(name, stage, model):
    """{kind: measurement} of one network."""
    return whole.measure(model, name, tasks()[name], stage)


def tasks():
    return setting.all_tasks(*np.loadtxt(SERIES, delimiter=",", skiprows=1, unpack=True))


def name_of(task, rate, seed, stage):
    """What a network is called in the stored files."""
    return f"{task}, {rate:g}, {seed}, {stage}"


def one(name, rate, seed):
    """Train and measure: ({stage: `Model`}, record, {stage: {kind: measurement}})."""
    stages, told = train_one(name, rate, seed)
    return stages, told, {stage: measure_one(name, stage, model) for stage, model in stages.items()}


def at_the_start(name, seed):
    """{kind: measurement} of the network from which the runs of a seed start."""
    return measure_one(name, setting.STAGES[0], begin(tasks()[name], seed)[0])


def run(seeds=setting.SEEDS, rates=setting.RATES, names=None, workers=None, scheduler=None):
    """Train, measure, write claims_measured.npz, claims.npz and claims.json. Seeds, rates and names are for tests."""
    started, names = time.time(), list(tasks()) if names is None else names
    ran = partial(runner.run, "claims", workers=workers, scheduler=scheduler)
    fresh = [(name, seed) for name in names for seed in seeds]
    jobs = [(name, rate, seed) for name in names for rate in rates for seed in seeds]
    models, measured, records = {}, {}, []
    for (name, seed), found in zip(fresh, ran(at_the_start, fresh), strict=True):
        _note(measured, name_of(name, NOT_TRAINED, seed, setting.STAGES[0]), found)
    for job, (stages, told, found) in zip(jobs, ran(one, jobs), strict=True):
        records.append(told)
        for stage, model in stages.items():
            models[name_of(*job, stage)] = model
            _note(measured, name_of(*job, stage), found[stage])
    settings = {k.lower(): getattr(setting, k) for k in ("UNITS", "BATCH", "MOST", "UPDATES")}
    runner.RESULTS.mkdir(exist_ok=True)
    kept.save(runner.RESULTS / "claims_measured.npz", measured)
    runner.keep("claims", {"settings": settings, "runs": records}, started, networks=models)


def _note(measured, name, found):
    """Put {kind: measurement} of the network `name` into {kind: {name: measurement}}."""
    for kind, one in found.items():
        measured.setdefault(kind, {})[name] = one
