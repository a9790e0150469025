"""Forecasts know the past only, and each of them is what its name says."""

import numpy as np
import pytest
from experiments import runner, sunspots
from hypothesis import given, settings
from hypothesis import strategies as st

from companion import files
from companion.pages.sunspots import forecast
from companion.shared import leaks
from lstm import cell
from lstm.training import stored

YEAR, SUNSPOTS = np.loadtxt(files.path("data/sunspots.csv"), delimiter=",", skiprows=1, unpack=True)
PLACES = np.arange(250, 309)
SMALL = dict(units=3, rate=0.02, updates=3, seed=4)


def small(past, scale=None):
    return forecast.fit_lstm(past, scale or forecast.scale_of(past), **SMALL)


def test_the_split_is_chronological_and_leaves_no_year_out():
    found = forecast.split(YEAR, 1899, 1949)
    np.testing.assert_array_equal(np.concatenate(found), np.arange(309))
    assert [YEAR[stretch[-1]] for stretch in found] == [1899, 1949, 2008]


def test_the_scale_makes_mean_0_and_standard_deviation_1():
    mean, std = forecast.scale_of(SUNSPOTS[:200])
    z = (SUNSPOTS[:200] - mean) / std
    assert abs(z.mean()) < 1e-12
    assert abs(z.std() - 1) < 1e-12


def test_persistence_is_the_last_year_and_a_constant_is_a_constant():
    np.testing.assert_array_equal(forecast.persistence(SUNSPOTS, PLACES), SUNSPOTS[249:308])
    np.testing.assert_array_equal(forecast.constant(SUNSPOTS, PLACES, 45.5), np.full(59, 45.5))


@settings(max_examples=20)
@given(st.integers(1, 4), st.integers(0, 99))
def test_least_squares_finds_the_coefficients_of_a_series_that_is_an_autoregression(order, seed):
    rng = np.random.default_rng(seed)
    truth = np.concatenate([[rng.normal()], rng.uniform(-1, 1, order) / order])
    series = list(rng.normal(size=order))
    for _ in range(3 * order + 6):
        series.append(truth[0] + truth[1:] @ series[: -order - 1 : -1])
    series = np.array(series)
    found = forecast.fit_ar(series, order)
    places = np.arange(order, len(series))
    np.testing.assert_allclose(forecast.by_ar(found, series, places), series[order:], atol=1e-7)


def test_the_residuals_of_least_squares_are_orthogonal_to_what_it_looked_at():
    past = SUNSPOTS[:250]
    places = np.arange(9, 250)
    residual = past[places] - forecast.by_ar(forecast.fit_ar(past, 9), past, places)
    for lag in range(1, 10):
        assert abs(residual @ past[places - lag]) < 1e-9 * np.linalg.norm(residual) * np.linalg.norm(past)
    assert abs(residual.mean()) < 1e-9


def test_the_network_forecasts_what_the_reference_cell_computes():
    fitted = small(SUNSPOTS[:250])
    mean, std = fitted.scale
    for t in [250, 300, 309]:
        z = (SUNSPOTS[t - 40 : t, None] - mean) / std
        h = cell.run(fitted.model.layer, z).h[-1]
        expected = (fitted.model.W @ h + fitted.model.b) * std + mean
        np.testing.assert_allclose(forecast.by_lstm(fitted, SUNSPOTS, np.array([t])), expected, rtol=1e-12)


def test_the_slopes_are_the_derivatives_of_the_forecast_by_complex_step():
    fitted = small(SUNSPOTS[:250])
    mean, std = fitted.scale
    found = forecast.slopes(fitted, SUNSPOTS, np.array([270]))[0]
    z = ((SUNSPOTS[230:270, None] - mean) / std).astype(complex)
    for lag in [1, 2, 11, 40]:
        z_lag = z.copy()
        z_lag[40 - lag] += 1e-30j
        slope = (fitted.model.W @ cell.run(fitted.model.layer, z_lag).h[-1])[0].imag / 1e-30
        np.testing.assert_allclose(found[lag - 1], slope, rtol=1e-11, atol=1e-16)


def test_the_slopes_of_an_lstm_without_memory_stop_at_one_year():
    fitted = small(SUNSPOTS[:250])
    closed = fitted.model.layer._replace(b_f=np.full(3, -800.0), **{f"W_2{k}": np.zeros((3, 3)) for k in "ifog"})
    found = forecast.slopes(fitted._replace(model=fitted.model._replace(layer=closed)), SUNSPOTS, PLACES)
    assert (found[:, 0] != 0).all()
    assert (found[:, 1:] == 0).all()


def test_training_lowers_the_loss_and_the_same_seed_gives_the_same_network():
    past = SUNSPOTS[:250]
    scale = forecast.scale_of(past)
    places = np.arange(40, 250)

    def error(**changes):
        fitted = forecast.fit_lstm(past, scale, **(SMALL | changes))
        return np.mean((forecast.by_lstm(fitted, past, places) - past[places]) ** 2)

    assert error(updates=40) < 0.8 * error(updates=1)
    assert error() == error() != error(seed=5)


def test_the_network_is_trained_on_exactly_the_windows_of_its_past(monkeypatch):
    seen = []

    def train(model, batches, **_):
        seen.append(next(batches))
        return forecast.training.Run(model, np.zeros(1))

    monkeypatch.setattr(forecast.training, "train", train)
    scale = forecast.scale_of(SUNSPOTS[:200])
    small(SUNSPOTS[:250], scale)
    z = (SUNSPOTS[:250] - scale.mean) / scale.std
    assert seen[0].x.shape == (40, 210, 1)
    np.testing.assert_array_equal(seen[0].y[-1, :, 0], z[40:])
    np.testing.assert_array_equal(seen[0].read.sum(axis=0), 32)
    first_read = int(seen[0].read[:, 0].argmax())
    assert seen[0].y[first_read, 0, 0] == z[9]


def test_a_phase_is_told_by_the_two_years_before_the_forecast_and_by_nothing_later():
    series, places = np.array([1.0, 2, 9, 8, 3, 0]), np.array([2, 3, 4, 5, 6])
    found = forecast.phases(series, places, 5)
    names = [next(k for k, mask in found.items() if mask[b]) for b in range(5)]
    assert names == ["rising, low", "rising, high", "falling, high", "falling, low", "falling, low"]
    assert (sum(mask.astype(int) for mask in found.values()) == 1).all()
    changed = forecast.phases(np.array([1.0, 2, 9, -8, -3, 0]), places[:2], 5)
    assert all((changed[k] == found[k][:2]).all() for k in found)


# the choice on validation


def test_the_choice_is_made_on_a_series_that_ends_before_the_test():
    series, train, validation = sunspots._known()
    np.testing.assert_array_equal(series, SUNSPOTS[:250])
    assert (YEAR[train[-1]], YEAR[validation[0]], YEAR[validation[-1]]) == (1899, 1900, 1949)


def test_the_stored_scores_are_what_the_experiment_computes():
    record = stored.load_record(runner.RESULTS / "sunspots.json")
    assert abs(sunspots.score_ar(9) - record["ar"]["9"]) < 0.01
    row = next(r for r in record["lstm"] if (r["units"], r["rate"], r["updates"]) == (4, 0.03, 25))
    assert abs(sunspots.score(4, 0.03, 25, 1) - row["rmse"][1]) < 0.02


# refusals


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: forecast.split(YEAR[::2], 1750, 1800), ValueError, "^year: .*gap"),
        (lambda: forecast.split(YEAR, 1949, 1899), ValueError, "^last_train, last_validation"),
        (lambda: forecast.split(YEAR, 1899, 2008), ValueError, "^last_train, last_validation"),
        (lambda: forecast.scale_of(np.ones(5)), ValueError, "^past: expected values that differ"),
        (lambda: forecast.fit_ar(SUNSPOTS[:18], 9), ValueError, "^past, its length: expected at least 19"),
        (lambda: forecast.fit_ar(SUNSPOTS, 0), ValueError, "^order"),
        (lambda: small(SUNSPOTS[:40], forecast.scale_of(SUNSPOTS[:40])), TypeError, "^places"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_nothing_of_the_callers_is_changed():
    before = SUNSPOTS.copy()
    leaks.leaks(forecast.persistence, SUNSPOTS, PLACES, np.random.default_rng(0))
    forecast.slopes(small(SUNSPOTS[:250]), SUNSPOTS, PLACES)
    np.testing.assert_array_equal(SUNSPOTS, before)
