"""Newer recurrences and the LSTM on five tasks, with and without paths through h, with factors of one sign and of both.

The protocol, with its predictions, is experiments/protocols/recurrences.md.
"""

import time
from functools import partial

import numpy as np

from companion.pages.recurrences import setting
from experiments import runner
from lstm.recurrences.layers import LAYERS

EVERY = 20  # updates over which a stored curve is averaged


def tuned(cell, task, seed, rate, updates):
    """The mean loss of the last 50 batches of a run with this rate; None where it ended early."""
    _, losses = setting.train(cell, task, seed, rate, updates)
    return float(f"{losses[-50:].mean():.6g}") if len(losses) == updates else None


def one(cell, task, seed, rate, updates):
    """One run: (record, its network)."""
    network, losses = setting.train(cell, task, seed, rate, updates)
    whole = losses[: len(losses) // EVERY * EVERY].reshape(-1, EVERY).mean(axis=1)
    told = {"cell": cell, "task": task, "seed": seed, "rate": rate, "updates": len(losses)}
    found = {name: float(f"{value:.6g}") for name, value in setting.judged(cell, task, network).items()}
    return told | found | {"curve": [float(f"{mean:.4g}") for mean in whole]}, network


def chosen(found):
    """{(cell, task): rate}: the least mean of the losses in `found`, {(cell, task, seed, rate): loss or None}."""
    rates = {}
    for pair in dict.fromkeys(key[:2] for key in found):
        losses = {rate: [v for key, v in found.items() if key[:2] == pair and key[3] == rate] for rate in setting.RATES}
        rates[pair] = min(losses, key=lambda rate, of=losses: np.inf if None in of[rate] else np.mean(of[rate]))
    return rates


def run(updates=setting.UPDATES, seeds=setting.SEEDS, names=tuple(setting.TASKS), workers=None, scheduler=None):
    """Choose rates, run, write results/recurrences.json and .npz. Smaller arguments are for the tests.

    The arrays are called task/cell/seed/field, the fields those of the cell's parameters, W and b of the readout.
    """
    started, ran = time.time(), partial(runner.run, "recurrences", workers=workers, scheduler=scheduler)
    pairs = [(cell, task) for task in names for cell in LAYERS]
    tries = [(*pair, seed, rate) for pair in pairs for seed in setting.TUNING for rate in setting.RATES]
    losses = ran(tuned, [(*job, updates // 2) for job in tries])
    rates = chosen(dict(zip(tries, losses, strict=True)))
    found = ran(one, [(*pair, seed, rates[pair], updates) for pair in pairs for seed in seeds])
    arrays = {
        f"{told['task']}/{told['cell']}/{told['seed']}/{field}": array
        for told, network in found
        for field, array in {**network.layer._asdict(), "readout W": network.W, "readout b": network.b}.items()
    }
    settings = {"units": setting.UNITS, "batch": setting.BATCH, "updates": updates, "most": setting.MOST}
    names_of = ("cell", "task", "seed", "rate")
    records = [dict(zip(names_of, job, strict=True)) | {"loss": loss} for job, loss in zip(tries, losses, strict=True)]
    results = {"settings": settings, "tuned": records, "runs": [told for told, _ in found]}
    runner.keep("recurrences", results, started, arrays=arrays)
