"""The carbon dioxide: the recipe of the LSTM and the lags of the autoregression, chosen on the validation years.

For each horizon and each window: all cells of the grid, five seeds. Then the chosen recipes are fitted ten times on
training and validation, and those of each horizon's window on training alone. The weeks of the test are cut off before
anything is computed: no error of theirs is known here. The protocol, protocols/co2.md, was committed before; the record
says in which commit.
"""

import itertools
import time
from functools import partial

import numpy as np

from companion import files
from companion.pages.co2 import forecast, weeks
from companion.pages.co2.forecast import Recipe
from companion.pages.co2.weeks import FIRST, LAST_TRAIN, LAST_VALIDATION, YEAR
from companion.shared.scores import rmse
from experiments import runner
from lstm.training.models import Model

DATA = files.path("data/co2.csv")
HORIZONS = (1, 13)
WINDOWS = (4, 13, 26, 52, 78, 104)
UNITS, INITS, RATES, UPDATES = (8, 16), ("forget bias", "chrono"), (0.003, 0.01), (50, 100, 200, 400, 800)
SEEDS, TEST_SEEDS = range(5), range(10)
ORDERS, NEAR = (1, 2, 4, 8, 13, 26, 39, 52, 53, 60, 78, 104), (1, 2, 4, 8, 13)


def score(horizon, *recipe, seed):
    """RMSE in the validation years, in ppm, of one network trained on the years before them."""
    known, past, places = _known(horizon)
    scale = forecast.scale_of(past, horizon)
    model = forecast.fit_lstm(past, scale, Recipe(*recipe), horizon=horizon, seed=seed)
    said = forecast.by_lstm(model, scale, recipe[0], known.change, places)
    return float(rmse(said - weeks.ahead(known.change, places, horizon)))


def scores(horizon, *recipe):
    """`score` for each seed: one job, for the short ones are shorter than a process takes to start them."""
    return [score(horizon, *recipe, seed=seed) for seed in SEEDS]


def score_ar(horizon, lags):
    """RMSE in the validation years of the autoregression with these lags."""
    known, past, places = _known(horizon)
    said = forecast.by_ar(forecast.fit_ar(past, lags, horizon), lags, known.change, places)
    return float(rmse(said - weeks.ahead(known.change, places, horizon)))


def rivals(horizon):
    """{name: lags}: all up to an order; the nearest with those of the weeks to be forecast, one year before or two."""
    season = [range(year * YEAR - horizon + 1, year * YEAR + 1) for year in (1, 2)]
    found = {f"AR({p})": range(1, p + 1) for p in ORDERS}
    found |= {f"AR({q}), 1 season": {*range(1, q + 1), *season[0]} for q in NEAR}
    found |= {f"AR({q}), 2 seasons": {*range(1, q + 1), *season[0], *season[1]} for q in NEAR}
    return {name: sorted(lags) for name, lags in found.items()}


def fits(last, horizon, *recipe):
    """Networks of ten seeds, trained until the year `last`, scaled by the years until `LAST_TRAIN`."""
    scale = forecast.scale_of(weeks.read(DATA, LAST_TRAIN), horizon)
    past, recipe = weeks.read(DATA, last), Recipe(*recipe)
    return [tuple(forecast.fit_lstm(past, scale, recipe, horizon=horizon, seed=seed)) for seed in TEST_SEEDS]


def chosen(cells, values):
    """({(horizon, window): the recipe with the least mean over seeds}, {horizon: the window of the least of these})."""
    least, recipes, window = {}, {}, {}
    for (horizon, *recipe), row in zip(cells, values, strict=True):
        mean = float(np.mean(row))
        for key in ((horizon, recipe[0]), horizon):
            if mean < least.get(key, np.inf):
                least[key] = mean
                if key == horizon:
                    window[horizon] = recipe[0]
                else:
                    recipes[key] = recipe
    return recipes, window


def run(workers=None, scheduler=None):
    started = time.time()
    ran = partial(runner.run, "co2", workers=workers, scheduler=scheduler)
    cells = list(itertools.product(HORIZONS, WINDOWS, UNITS, INITS, RATES, UPDATES))
    values = ran(scores, cells)
    recipes, window = chosen(cells, values)
    jobs = [(LAST_VALIDATION, horizon, *recipe) for (horizon, _), recipe in recipes.items()]
    jobs += [(LAST_TRAIN, horizon, *recipes[horizon, window[horizon]]) for horizon in HORIZONS]
    networks = {
        f"{horizon} weeks ahead, window {read}, to {last}, seed {seed}": Model(*model)
        for (last, horizon, read, *_), of_seeds in zip(jobs, ran(fits, jobs), strict=True)
        for seed, model in zip(TEST_SEEDS, of_seeds, strict=True)
    }
    fields = ("horizon", *Recipe._fields, "rmse")
    results = {
        "years": {"from": FIRST, "train until": LAST_TRAIN, "validation until": LAST_VALIDATION},
        "measure": "RMSE of validation in ppm",
        "seeds": list(SEEDS),
        "lstm": [
            dict(zip(fields, (*cell, [round(v, 4) for v in row]), strict=True))
            for cell, row in zip(cells, values, strict=True)
        ],
        "ar": {str(h): {name: round(score_ar(h, lags), 4) for name, lags in rivals(h).items()} for h in HORIZONS},
        "chosen": [dict(zip(fields[:-1], (key[0], *recipe), strict=True)) for key, recipe in recipes.items()],
        "window": {str(horizon): read for horizon, read in window.items()},
    }
    runner.keep("co2", results, started, networks=networks)


def _known(horizon):
    """All weeks up to the last of validation, those of training, and the places of validation."""
    known, past = weeks.read(DATA, LAST_VALIDATION), weeks.read(DATA, LAST_TRAIN)
    return known, past, weeks.places_of(known, horizon, LAST_TRAIN + 1, LAST_VALIDATION)
