"""Adding at T = 1000 with biases, weights and data swapped between seeds, and the remedy of 1997: run to the rule.

The protocol, with its predictions, is experiments/protocols/swaps1997.md.
"""

import time
from functools import partial

import numpy as np

from companion.pages.adding1997 import experiment
from experiments import runner

T = 1000
SEEDS, FRESH = range(5), range(5, 15)
FAILED = 3  # the seed whose run did not meet the rule within 100,000 sequences
BUDGET = 200_000
REMEDY = {100: 200_000, 500: 220_000, 1000: 853_000}  # T: budget, at least the published mean


def drawn(seed, length=T):
    """The chrono network of a seed as the chapter on adding draws it."""
    return experiment.draw("chrono", length, rng=np.random.default_rng([length, seed, 0]))


def swapped(weights, biases, data):
    """The network of seed `weights` with the gate biases of `biases`, on the data of `data`: a record."""
    giver = drawn(biases).layer
    model = experiment.with_biases(drawn(weights), giver.b_f, giver.b_i)
    return tried(model, T, data, BUDGET, {"kind": "swap", "weights": weights, "biases": biases, "data": data})


def remedy(length, seed):
    """f = 1 but for 2e-9, half of the input gates biased to -3 and half to -6: a record."""
    model = experiment.draw("uniform", length, rng=np.random.default_rng([length, seed, 0]))
    model = experiment.with_biases(model, 20.0, np.repeat([-3.0, -6.0], experiment.UNITS // 2))
    return tried(model, length, seed, REMEDY[length], {"kind": "remedy", "T": length, "seed": seed})


def tried(model, length, data, budget, told):
    """Train by the stopping rule of 1997, test on fresh sequences: what the record says."""
    started, (second, third) = time.process_time(), (np.random.default_rng([length, data, k]) for k in (1, 2))
    found = experiment.solve(model, length, rng=second, budget=budget)
    tested = experiment.fresh_errors(found.model, length, rng=third)
    return told | {
        "solved": found.solved,
        "sequences": len(found.errors),
        "budget": budget,
        "wrong": int((tested >= experiment.CORRECT).sum()),
        "seconds": round(time.process_time() - started, 1),
    }


def swaps():
    """Jobs for `swapped`: each pair with the data of the weights, the failed one with other parts, and fresh seeds."""
    pairs = [(w, b, w) for w in SEEDS for b in SEEDS]
    others = [k for k in SEEDS if k != FAILED]
    parts = [(FAILED, FAILED, k) for k in others] + [(k, FAILED, FAILED) for k in others]
    return pairs + parts + [(k, k, k) for k in FRESH]


def remedies():
    """Jobs for `remedy`."""
    return [(length, seed) for length in REMEDY for seed in SEEDS]


def run(workers=None, scheduler=None):
    """Run all jobs, then write results/swaps1997.json."""
    started, ran = time.time(), partial(runner.run, "swaps1997", workers=workers, scheduler=scheduler)
    runs = ran(swapped, swaps()) + ran(remedy, remedies())
    settings = {
        "T": T,
        "units": experiment.UNITS,
        "batch": experiment.BATCH,
        "failed": FAILED,
        "budget": BUDGET,
        "budgets of the remedy": {str(length): budget for length, budget in REMEDY.items()},
    }
    runner.keep("swaps1997", {"settings": settings, "runs": runs}, started)
