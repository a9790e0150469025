"""The networks of the chapter on the claims: six tasks, two rates, ten seeds, three stages; trained, then measured.

Each training and each measurement is kept in a temporary folder as soon as it is done: a run that was killed goes on
from there. The protocol, with what was predicted, is in protocols/claims.md.
"""

import subprocess
import tempfile
import time
from pathlib import Path

import joblib
import numpy as np

from companion.pages.claims import kept, setting, whole
from experiments import runner
from lstm import training

SERIES = runner.RESULTS.parents[1] / "book" / "data" / "sunspots.csv"
PROTOCOL = Path(__file__).parent / "protocols" / "claims.md"
PARTS = Path(tempfile.gettempdir()) / "lstm-claims"
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


def protocol_commit():
    """The commit that last changed the protocol; None where this is no repository."""
    command = ["git", "log", "-1", "--format=%h %cs", "--", PROTOCOL.name]
    try:
        return subprocess.run(command, cwd=PROTOCOL.parent, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def run(seeds=setting.SEEDS, rates=setting.RATES, names=None, parts=PARTS):
    """Train, measure, write results/claims.json, .npz and claims_measured.npz. Other arguments are for the tests."""
    started, memory = time.time(), joblib.Memory(parts, verbose=0)
    names = list(tasks()) if names is None else names
    jobs = [(name, rate, seed) for name in names for rate in rates for seed in seeds]
    found = runner.parallel(memory.cache(train_one), jobs)
    networks = {
        (*job, stage): model for job, (stages, _) in zip(jobs, found, strict=True) for stage, model in stages.items()
    }
    start = {(n, NOT_TRAINED, s, setting.STAGES[0]): begin(tasks()[n], s)[0] for n in names for s in seeds}
    every = start | networks
    results = runner.parallel(memory.cache(measure_one), [(key[0], key[3], model) for key, model in every.items()])
    measured = {}
    for key, result in zip(every, results, strict=True):
        for kind, one in result.items():
            measured.setdefault(kind, {})[name_of(*key)] = one
    settings = {k.lower(): getattr(setting, k) for k in ("UNITS", "BATCH", "MOST", "UPDATES")}
    record = {"protocol": protocol_commit(), "settings": settings, "runs": [record for _, record in found]}
    models = {name_of(*key): model for key, model in networks.items()}
    runner.keep("claims", record, started, networks=models)
    kept.save(runner.RESULTS / "claims_measured.npz", measured)
