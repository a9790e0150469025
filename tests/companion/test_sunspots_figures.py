"""The figures of the forecasts show the arrays that they were given."""

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.sunspots import figures

rng = np.random.default_rng(0)
UPDATES = np.array([25, 50, 100])
ERRORS = {rate: {units: rng.uniform(10, 20, (5, 3)) for units in (4, 8)} for rate in (0.01, 0.03)}
YEAR = np.arange(1950, 1970)
OBSERVED, RIVAL, GAIN = rng.uniform(0, 100, (3, 20))
NETWORK = rng.uniform(0, 100, (4, 20))
LAGS = np.arange(1, 15)
GROUPS = {k: np.sort(rng.normal(size=(3, 14)), axis=0) for k in ("low", "high")}
CALLS = {
    "selection": lambda: figures.selection(UPDATES, ERRORS, 14.5, chosen=(0.03, 8, 50)),
    "forecasts": lambda: figures.forecasts(YEAR, OBSERVED, NETWORK, RIVAL, GAIN),
    "slopes": lambda: figures.slopes(LAGS, GROUPS, np.arange(9.0)),
}
WORDS = {
    "selection": ["rate 0.01", "rate 0.03", "4 units", "8 units", "AR(9)", "RMSE of validation", "updates"],
    "forecasts": ["LSTM", "AR(9)", "observed", "year", "sunspot number", "saved"],
    "slopes": ["low", "high", "AR(9)", "years back", "slope"],
}


@pytest.mark.parametrize("name", CALLS)
def test_each_thing_drawn_has_its_name(name):
    text = "\n".join(t.get_text() for t in CALLS[name]().findobj(Text))
    for word in WORDS[name]:
        assert word in text


def test_the_selection_shows_means_ranges_and_a_ring_around_the_choice():
    first, second = CALLS["selection"]().axes
    for axes, rate in [(first, 0.01), (second, 0.03)]:
        for line, units in zip(axes.lines, (4, 8), strict=False):
            np.testing.assert_array_equal(line.get_ydata(), ERRORS[rate][units].mean(axis=0))
        assert axes.lines[-1].get_ydata()[0] == 14.5
    band = first.collections[0].get_paths()[0].vertices
    assert ERRORS[0.01][4].max() in band[:, 1]
    rings = [line for axes in (first, second) for line in axes.lines if line.get_markersize() == 13]
    assert [(ring.get_xdata()[0], ring.get_ydata()[0]) for ring in rings] == [(50, ERRORS[0.03][8][:, 1].mean())]


def test_the_forecasts_and_the_gain_are_the_arrays():
    top, bottom = CALLS["forecasts"]().axes
    np.testing.assert_array_equal(top.lines[0].get_ydata(), RIVAL)
    np.testing.assert_array_equal(top.lines[1].get_ydata(), OBSERVED)
    band = top.collections[0].get_paths()[0].vertices[:, 1]
    assert {*NETWORK.min(axis=0), *NETWORK.max(axis=0)} <= set(band)
    np.testing.assert_array_equal(bottom.lines[0].get_ydata(), GAIN)


def test_the_slopes_are_medians_and_coefficients():
    (axes,) = CALLS["slopes"]().axes
    for line, quartiles in zip(axes.lines, GROUPS.values(), strict=False):
        np.testing.assert_array_equal(line.get_ydata(), quartiles[1])
    np.testing.assert_array_equal(axes.lines[2].get_xdata(), np.arange(1, 10))
    np.testing.assert_array_equal(axes.lines[2].get_ydata(), np.arange(9))


@pytest.mark.parametrize("name", CALLS)
def test_the_same_arrays_give_the_same_bytes_and_leave_no_trace(name):
    drawn_twice(CALLS[name])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: figures.selection(UPDATES, {0.1: {4: np.ones((5, 2))}}, 1, chosen=(1, 1, 1)), r"^errors\[0.1\]\[4\]"),
        (lambda: figures.forecasts(YEAR, OBSERVED[1:], NETWORK, RIVAL, GAIN), "^observed"),
        (lambda: figures.forecasts(YEAR, OBSERVED, NETWORK[:, 1:], RIVAL, GAIN), "^network"),
        (lambda: figures.slopes(LAGS, {"low": np.ones((2, 14))}, np.ones(9)), r"^groups\['low'\]"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
