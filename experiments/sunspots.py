"""The sunspots: units, rate and number of updates of the LSTM, and the order of the AR, chosen on the validation years.

The years of the test are cut off before anything is computed: nothing here can have seen them.
"""

import itertools
import time

import numpy as np

from companion import files
from companion.pages.sunspots import forecast
from companion.shared.scores import rmse
from experiments import runner

DATA = files.path("data/sunspots.csv")
LAST_TRAIN, LAST_VALIDATION = 1899, 1949
UNITS, RATES, UPDATES, SEEDS, ORDERS = (
    (4, 8, 16),
    (0.003, 0.01, 0.03),
    (25, 50, 100, 200, 400, 800),
    range(5),
    range(1, 16),
)


def score(units, rate, updates, seed):
    """RMSE in the validation years, in sunspot numbers, of one network trained on the years before them."""
    series, train, validation = _known()
    past = series[train]
    fitted = forecast.fit_lstm(past, forecast.scale_of(past), units=units, rate=rate, updates=updates, seed=seed)
    return float(rmse(forecast.by_lstm(fitted, series, validation) - series[validation]))


def score_ar(order):
    """The same of AR(order)."""
    series, train, validation = _known()
    coefficients = forecast.fit_ar(series[train], order)
    return float(rmse(forecast.by_ar(coefficients, series, validation) - series[validation]))


def run(workers=None, scheduler=None):
    started = time.time()
    cells = list(itertools.product(UNITS, RATES, UPDATES))
    jobs = [(*cell, seed) for cell in cells for seed in SEEDS]
    scores = runner.run("sunspots", score, jobs, workers=workers, scheduler=scheduler)
    scores = np.reshape(scores, (len(cells), len(SEEDS)))
    results = {
        "years": {"train until": LAST_TRAIN, "validation until": LAST_VALIDATION},
        "measure": "RMSE of validation in sunspot numbers",
        "seeds": list(SEEDS),
        "lstm": [
            {"units": u, "rate": r, "updates": k, "rmse": [round(v, 2) for v in row]}
            for (u, r, k), row in zip(cells, scores.tolist(), strict=True)
        ],
        "ar": {str(order): round(score_ar(order), 2) for order in ORDERS},
    }
    runner.keep("sunspots", results, started)


def _known():
    """The series up to the last year of validation, and the places of the two stretches."""
    year, series = np.loadtxt(DATA, delimiter=",", skiprows=1, unpack=True)
    places = forecast.split(year, LAST_TRAIN, LAST_VALIDATION)
    return series[: places.test[0]], places.train, places.validation
