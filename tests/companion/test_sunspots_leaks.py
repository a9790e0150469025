"""No forecast moves when the future does, and a planted leak is found."""

import numpy as np
import pytest

from companion import files
from companion.pages.sunspots import forecast
from companion.shared import leaks

YEAR, SUNSPOTS = np.loadtxt(files.path("data/sunspots.csv"), delimiter=",", skiprows=1, unpack=True)
PLACES = np.arange(250, 309)
SMALL = dict(units=3, rate=0.02, updates=3, seed=4)


def small(past, scale=None):
    return forecast.fit_lstm(past, scale or forecast.scale_of(past), **SMALL)


AR9, NETWORK = forecast.fit_ar(SUNSPOTS[:250], 9), small(SUNSPOTS[:250])


def ar9(series, places):
    return forecast.by_ar(AR9, series, places)


def lstm(series, places):
    return forecast.by_lstm(NETWORK, series, places)


def whole_procedure(series, places, cut=250):
    past = series[:cut]
    return forecast.by_lstm(small(past), series, places)


@pytest.mark.parametrize("honest", [forecast.persistence, ar9, lstm], ids=["persistence", "AR(9)", "LSTM"])
def test_no_forecast_moves_when_the_future_does(honest):
    assert leaks.leaks(honest, SUNSPOTS, PLACES, np.random.default_rng(0)) == []


def test_the_whole_procedure_does_not_move_when_the_future_does():
    assert leaks.leaks(whole_procedure, SUNSPOTS, [250], np.random.default_rng(0)) == []


def window_one_year_late(series, places):
    return ar9(series, np.minimum(np.asarray(places) + 1, len(series)))


def smoothed_before_the_split(series, places):
    smooth = np.convolve(np.pad(series, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
    return ar9(smooth, places)


def scaled_with_the_whole_series(series, places):
    fitted = small(SUNSPOTS[:250])
    return forecast.by_lstm(fitted._replace(scale=forecast.scale_of(series)), series, places)


def fitted_to_the_test(series, places):
    return forecast.by_ar(forecast.fit_ar(series, 9), series, places)


@pytest.mark.parametrize(
    "leaky", [window_one_year_late, smoothed_before_the_split, scaled_with_the_whole_series, fitted_to_the_test]
)
def test_a_planted_leak_is_found_at_every_place(leaky):
    assert leaks.leaks(leaky, SUNSPOTS, PLACES[:4], np.random.default_rng(0)) == [250, 251, 252, 253]
