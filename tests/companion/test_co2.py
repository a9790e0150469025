"""Forecasts of the carbon dioxide know the past only, and each of them is what its name says."""

import numpy as np
import pytest
from experiments import co2

from companion import files
from companion.pages.co2 import forecast, weeks
from companion.shared import leaks
from lstm import cell

FILE = files.path("data/co2.csv")
KNOWN = weeks.read(FILE, 1992)
PLACES = weeks.places_of(KNOWN, 13, 1985, 1992)
SMALL = forecast.Recipe(8, 3, "chrono", 0.02, 3)
SCALE = forecast.scale_of(KNOWN, 13)


def small(past=KNOWN, **changes):
    return forecast.fit_lstm(past, SCALE, SMALL._replace(**changes), horizon=13, seed=4)


def until(count):
    return weeks.Weeks(*(a[:count] for a in KNOWN))


# the rivals


def test_as_last_year_is_the_change_one_year_of_weeks_before():
    t = PLACES[5]
    assert forecast.as_last_year(KNOWN.change, [t], 13)[0] == pytest.approx(KNOWN.level[t - 40] - KNOWN.level[t - 53])


def test_least_squares_finds_the_coefficients_of_changes_that_are_an_autoregression_with_a_season():
    rng = np.random.default_rng(0)
    change = list(rng.normal(size=52))
    for _ in range(400):
        change.append(0.1 + 0.3 * change[-1] - 0.2 * change[-2] + 0.4 * change[-52])
    made = KNOWN._replace(change=np.array(change), seen=np.ones(452, dtype=bool))
    np.testing.assert_allclose(forecast.fit_ar(made, [1, 2, 52], 1), [0.1, 0.3, -0.2, 0.4], atol=1e-7)
    said = forecast.by_ar(forecast.fit_ar(made, [1, 2, 52], 1), [1, 2, 52], made.change, [60, 452])
    assert said[0] == pytest.approx(change[60])


def test_a_week_without_a_number_is_no_target_of_the_fit():
    place = 350  # with lag 300 of 450 weeks it is a target and nothing that is looked at
    other = KNOWN._replace(seen=KNOWN.seen.copy())
    other.seen[place] = False
    moved = other.change.copy()
    moved[place] += 100
    for fit in (lambda w: forecast.fit_ar(w, [300], 1), lambda w: forecast.fit_calendar(w, 1)):
        apart = [fit(until(450)._replace(seen=other.seen[:450], change=c[:450])) for c in (other.change, moved)]
        assert np.array_equal(*apart)
        assert not np.array_equal(fit(until(450)), fit(until(450)._replace(change=moved[:450])))


def test_the_calendar_finds_a_season_of_four_harmonics():
    turn = 2 * np.pi * (KNOWN.date - np.datetime64("1965-01-01")).astype(float) / 365.25
    made = KNOWN._replace(change=0.02 + np.sin(turn) - 0.3 * np.cos(4 * turn))
    said = forecast.by_calendar(forecast.fit_calendar(made, 1), made.date[PLACES])
    np.testing.assert_allclose(said, made.change[PLACES], atol=1e-9)


# the network


def test_the_network_forecasts_what_the_reference_cell_computes():
    model = forecast.models.double(small())
    for t in PLACES[:3]:
        z = (KNOWN.change[t - 8 : t, None] - SCALE.mean) / SCALE.std
        y = model.W @ cell.run(model.layer, z).h[-1] + model.b
        expected = y * SCALE.std_ahead + SCALE.mean_ahead
        np.testing.assert_allclose(forecast.by_lstm(model, SCALE, 8, KNOWN.change, [t]), expected, rtol=1e-12)


@pytest.mark.parametrize("window", [13, 26])
def test_the_network_is_trained_on_windows_whose_last_target_is_the_change_ahead_of_their_end(window):
    batch = next(forecast.batches(KNOWN, SCALE, window, 13, np.random.default_rng(0)))
    assert batch.x.shape == batch.y.shape == (window, 32, 1)
    z = ((KNOWN.change - SCALE.mean) / SCALE.std).astype(np.float32)
    quarter = np.arange(window) >= window - window // 4
    for b in range(32):
        (start,) = [s for s in range(len(z) - window) if np.array_equal(z[s : s + window], batch.x[:, b, 0])]
        places = start + 1 + np.arange(window)
        y = (weeks.ahead(KNOWN.change, places, 13) - SCALE.mean_ahead) / SCALE.std_ahead
        np.testing.assert_allclose(batch.y[:, b, 0], y, atol=1e-5)
        np.testing.assert_array_equal(batch.read[:, b], quarter & KNOWN.seen[places + 12])


def test_training_lowers_the_error_and_the_same_seed_gives_the_same_network():
    truth = weeks.ahead(KNOWN.change, PLACES, 13)

    def error(**changes):
        said = forecast.by_lstm(small(**changes), SCALE, 8, KNOWN.change, PLACES)
        return float(np.mean((said - truth) ** 2))

    assert error(updates=60) < 0.9 * error(updates=1)
    assert error() == error()


def test_no_forecast_moves_when_the_future_does_and_a_planted_leak_is_found():
    first, lags = int(PLACES[0]), [1, 2, 52]
    coefficients, model = forecast.fit_ar(until(first), lags, 13), small(until(first))

    def ar(change, places):
        return forecast.by_ar(coefficients, lags, change, places)

    def lstm(change, places):
        return forecast.by_lstm(model, SCALE, 8, change, places)

    def last_year(change, places):
        return forecast.as_last_year(change, places, 13)

    def procedure(change, places):
        past = until(first)._replace(change=change[:first])
        return forecast.by_ar(forecast.fit_ar(past, lags, 13), lags, change, places)

    def one_week_late(change, places):
        return ar(change, places + 1)

    rng = np.random.default_rng(0)
    for honest in (ar, lstm, last_year):
        assert leaks.leaks(honest, KNOWN.change, PLACES[:20], rng) == []
    assert leaks.leaks(procedure, KNOWN.change, PLACES[:1], rng) == []
    assert leaks.leaks(one_week_late, KNOWN.change, PLACES[:4], rng) == list(PLACES[:4])


# the experiment


def test_the_experiment_knows_no_week_of_the_test():
    known, past, places = co2._known(13)
    assert (str(past.date[-1]), str(known.date[-1])) == ("1984-12-29", "1992-12-26")
    np.testing.assert_array_equal(places, PLACES)


def test_the_seasonal_lags_are_the_weeks_to_be_forecast_one_year_before_or_two():
    found = co2.rivals(13)
    assert found["AR(2), 1 season"] == [1, 2, *range(40, 53)]
    assert found["AR(1), 2 seasons"] == [1, *range(40, 53), *range(92, 105)]
    assert co2.rivals(1)["AR(1), 2 seasons"] == [1, 52, 104]
    assert max(map(max, found.values())) == max(co2.WINDOWS)


def test_the_choice_is_the_least_mean_over_seeds_for_each_horizon_and_window():
    cells = [(1, 4, 8, "a"), (1, 4, 16, "b"), (1, 13, 8, "c"), (13, 4, 8, "d"), (13, 13, 8, "e")]
    recipes, window = co2.chosen(cells, [[3.0, 1.0], [1.9, 1.9], [5.0, 5.0], [2.0, 2.0], [1.0, 1.1]])
    assert recipes == {(1, 4): [4, 16, "b"], (1, 13): [13, 8, "c"], (13, 4): [4, 8, "d"], (13, 13): [13, 8, "e"]}
    assert window == {1: 4, 13: 13}


# refusals


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: forecast.as_last_year(KNOWN.change, PLACES, 53), ValueError, "^horizon"),
        (lambda: forecast.by_ar([1.0, 2.0], [1, 2], KNOWN.change, PLACES), ValueError, "^coefficients"),
        (lambda: forecast.by_lstm(small(), SCALE, 8, KNOWN.change, [7]), ValueError, "^places: expected 8"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call()
