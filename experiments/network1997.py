"""The five experiments of 1997: their network with the truncated and the full gradient, and today's, run to the rule.

The protocol, with its predictions, is experiments/protocols/network1997.md.
"""

import time
from collections import Counter
from functools import partial

import numpy as np

from companion.pages.network1997 import conditions, stopping, today
from companion.pages.network1997.conditions import CONDITIONS
from companion.shared.trials import TESTED, largest_error
from experiments import online, runner

SEEDS = {"adding, T = 500": 5, "adding, T = 1000": 3, "multiplication": 5}  # ten elsewhere; today's: five
MORE = {"adding, T = 500": 3, "adding, T = 1000": 1.2, "multiplication": 1.5, "two sequences": 4}  # ten elsewhere
LEAST_BUDGET = 100_000  # of today's, and at least the published mean
CHUNK = 50  # sequences between two looks at the rule: a run of theirs can stop so many sequences late
LONGER = {"adding, T = 500": "adding, T = 100", "adding, T = 1000": "adding, T = 100"}
TUNING_SEEDS, TUNING_BUDGET = (100, 101), 60_000  # today's rate, chosen on the tasks of about 100 steps
POINTS = 100  # of a learning curve


def rngs(name, seed):
    """Three generators, for weights, data and test: the same for all methods, and for both rates of Reber."""
    task = list(CONDITIONS).index("Reber, rate 0.5" if name.startswith("Reber") else name)
    return [np.random.default_rng([1997, task, seed, k]) for k in range(3)]


METHODS = {
    "1997, truncated": online.learn_by_step,
    "1997, truncated, by sequence": partial(online.learn, truncated=True),
    "1997, full gradient": partial(online.learn, truncated=False),
}


def by_1997(name, method, seed):
    """One run of the network of 1997, `method` one of `METHODS`: (record, the trained `Blocks`)."""
    started, condition = time.process_time(), CONDITIONS[name]
    first, second, third = rngs(name, seed)
    params, trained = conditions.draw(condition, first)
    packed, moves, C = online.pack(params), online.pack(trained), condition.blocks
    data, budget = condition.data(second, CHUNK), int(MORE.get(name, 10) * condition.published.sequences)
    errors, seen, met = np.empty(budget + CHUNK), 0, False

    def outputs(batch):
        return online.outputs(packed, C, batch)

    while seen < budget and not met:
        batch = next(data.batches)
        y = METHODS[method](packed, moves, C, batch, condition.rate)
        errors[seen : seen + CHUNK] = largest_error(y, batch.y, batch.read)
        seen += CHUNK
        met = data.stop(errors[:seen], outputs)
    told = {"task": name, "method": method, "seed": seed, "rate": condition.rate}
    mistaken = wrong(data, third, outputs)
    return record(told, met, errors[:seen], budget, mistaken, data.correct, started), online.unpack(packed, C)


def by_today(name, init, top, seed, budget=None):
    """One run of today's network: (record, `Model`)."""
    started, condition = time.process_time(), CONDITIONS[name]
    first, second, third = rngs(name, seed)
    data = condition.data(second, today.BATCH)
    budget = budget or max(LEAST_BUDGET, condition.published.sequences)
    run = today.solve(condition, today.draw(condition, init, first), data, budget=budget, top=top)

    def outputs(batch):
        return today.outputs(condition, run.model, batch)

    told = {"task": name, "method": f"today, {init}", "seed": seed, "rate": top}
    mistaken = wrong(data, third, outputs)
    return record(told, run.solved, run.errors, budget, mistaken, data.correct, started), run.model


def wrong(data, rng, outputs):
    """How many of `TESTED` fresh sequences are processed wrongly."""
    fresh = data.fresh(rng, TESTED // 8)
    return int(sum(data.wrong(batch, outputs(batch)).sum() for batch in (next(fresh) for _ in range(8))))


def record(told, met, errors, budget, mistaken, correct, started):
    """What is kept of a run beside its network."""
    block = -(-budget // POINTS)
    blocks = np.split(errors, range(block, len(errors), block))
    return told | {
        "solved": bool(met),
        "sequences": len(errors),
        "nearly": None if correct is None else stopping.nearly(errors, correct),
        "budget": budget,
        "wrong": mistaken,
        "seconds": round(time.process_time() - started, 1),
        "block": block,
        "curve": [float(f"{np.sqrt((one**2).mean()):.3g}") for one in blocks],
    }


def chosen(found):
    """{(task, init): rate}, of records of tuning: most runs solved, then fewest sequences, then the smallest error."""
    rates = {}
    for task, method in dict.fromkeys((one["task"], one["method"]) for one in found):
        some = [one for one in found if (one["task"], one["method"]) == (task, method)]

        def cost(rate, some=some):
            mine = [one for one in some if one["rate"] == rate]
            return -sum(r["solved"] for r in mine), sum(r["sequences"] for r in mine), sum(r["curve"][-1] for r in mine)

        rates[task, method.removeprefix("today, ")] = min(today.TOPS, key=cost)
    return rates


def tuning_jobs():
    """Jobs for `by_today` on the tasks of about 100 steps and less; longer ones take the rate of adding at T = 100."""
    names = [name for name in CONDITIONS if name not in ("Reber, rate 0.1", *LONGER)]
    both = [(top, seed, TUNING_BUDGET) for top in today.TOPS for seed in TUNING_SEEDS]
    return [(name, init, *one) for name in names for init in today.INITS for one in both]


def jobs_of_1997():
    """Jobs for `by_1997`: only where there is a loss at each step do the two truncated ones differ."""
    some = [m for m in METHODS if m != "1997, truncated, by sequence"]
    return [
        (name, method, seed)
        for name in CONDITIONS
        for method in (METHODS if name.startswith("Reber") else some)
        for seed in range(SEEDS.get(name, 10))
    ]


def jobs_of_today(rates):
    """Jobs for `by_today` with the chosen rates, once for each task: the second rate of Reber was theirs alone."""
    names = [name for name in CONDITIONS if name != "Reber, rate 0.1"]
    return [
        (name, init, rates[LONGER.get(name, name), init], seed)
        for name in names
        for init in today.INITS
        for seed in range(5)
    ]


def planned(rates):
    """{task: {method: runs that the protocol plans}}."""
    every = [job[:2] for job in jobs_of_1997()] + [(job[0], f"today, {job[1]}") for job in jobs_of_today(rates)]
    return {name: dict(Counter(method for task, method in every if task == name)) for name in CONDITIONS}


def run(workers=None, scheduler=None):
    """Choose today's rates, run all jobs, then write results/network1997.json, and the networks of 1997 as .npz.

    Its arrays are called task/method/seed/field, the fields those of `lstm.variants.blocks.Blocks`.
    """
    started = time.time()
    ran = partial(runner.run, "network1997", workers=workers, scheduler=scheduler)
    tuned = [told for told, _ in ran(by_today, tuning_jobs())]
    rates = chosen(tuned)
    theirs = ran(by_1997, jobs_of_1997())
    ours = ran(by_today, jobs_of_today(rates))
    runs = [told for told, _ in theirs + ours]
    arrays = {
        f"{told['task']}/{told['method']}/{told['seed']}/{field}": array
        for told, network in theirs
        for field, array in network._asdict().items()
    }
    by_task = {}
    for (task, init), rate in rates.items():
        by_task.setdefault(task, {})[init] = rate
    results = {"tuned": tuned, "rates": by_task, "planned": planned(rates), "runs": runs}
    runner.keep("network1997", results, started, arrays=arrays)
