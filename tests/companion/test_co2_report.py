"""What the page reports of the carbon dioxide is what the stored runs and the forecasts say."""

import numpy as np
import pytest
from experiments import co2, runner
from matplotlib.text import Text

from companion import files
from companion.pages.co2 import figures, forecast, report, weeks
from lstm.training import models, stored

FILE = files.path("data/co2.csv")
TRAIN, KNOWN = weeks.read(FILE, 1984), weeks.read(FILE, 1992)
WHERE = report.setting(KNOWN, TRAIN, TRAIN, 13, (1985, 1992))
ROW = dict(horizon=13, window=4, units=8, init="chrono", rate=0.01, updates=50)
RECORD = {
    "lstm": [ROW | {"rmse": [3.0, 2.0]}, ROW | {"units": 16, "rmse": [9.0, 9.0]}, ROW | {"horizon": 1, "rmse": [7.0]}],
    "chosen": [ROW, ROW | {"horizon": 1}],
}


def small(seed, f=None):
    model = models.draw_lstm(1, 3, 1, rng=np.random.default_rng(seed))
    if f is None:
        return model
    layer = model.layer
    gate = np.full(3, np.log(f / (1 - f)), dtype=np.float32)
    return model._replace(layer=layer._replace(b_f=gate, W_1f=0 * layer.W_1f, W_2f=0 * layer.W_2f))


def test_the_truth_is_that_of_the_stretch_and_the_scale_that_of_the_training():
    np.testing.assert_array_equal(WHERE.places, weeks.places_of(KNOWN, 13, 1985, 1992))
    np.testing.assert_array_equal(WHERE.truth, weeks.ahead(KNOWN.change, WHERE.places, 13))
    assert WHERE.scale == forecast.scale_of(TRAIN, 13)


def test_the_recipe_of_a_window_and_its_errors_are_those_of_the_record():
    recipe = forecast.Recipe(4, 8, "chrono", 0.01, 50)
    assert report.chosen(RECORD, 13) == {4: recipe}
    assert report.validation(RECORD, 13) == {4: [3.0, 2.0]}
    assert report.validation(RECORD, 1) == {4: [7.0]}


@pytest.mark.parametrize("horizon", co2.HORIZONS)
def test_the_lags_of_a_name_are_those_that_the_experiment_gave_it(horizon):
    assert {name: report.lags_of(name, horizon) for name in co2.rivals(horizon)} == co2.rivals(horizon)


def test_the_networks_of_a_horizon_and_a_window_come_by_seed_in_float64():
    networks = {f"13 weeks ahead, window 4, to 1992, seed {k}": small(k) for k in range(3)}
    networks |= {
        "13 weeks ahead, window 4, to 1984, seed 0": small(9),
        "1 weeks ahead, window 4, to 1992, seed 0": small(8),
    }
    found = report.of_seeds(networks, 13, 4, 1992)
    assert len(found) == 3
    assert found[2].W.dtype == float
    np.testing.assert_array_equal(found[2].W, small(2).W.astype(float))


def test_errors_are_forecast_minus_truth():
    found = report.network_errors([small(0), small(1)], 6, WHERE)
    said = forecast.by_lstm(small(1), WHERE.scale, 6, KNOWN.change, WHERE.places)
    np.testing.assert_array_equal(found[1], said - WHERE.truth)
    ar = forecast.by_ar(forecast.fit_ar(TRAIN, [1, 2], 13), [1, 2], KNOWN.change, WHERE.places)
    np.testing.assert_array_equal(report.ar_errors([1, 2], WHERE), ar - WHERE.truth)
    plain = report.plain_errors(WHERE)
    np.testing.assert_array_equal(plain["no change"], -WHERE.truth)
    last_year = KNOWN.level[WHERE.places - 40] - KNOWN.level[WHERE.places - 53]
    np.testing.assert_allclose(plain["as last year"] + WHERE.truth, last_year, atol=1e-9)
    assert np.abs(plain["calendar"]).mean() < 0.6 * np.abs(plain["no change"]).mean()


def test_a_forget_gate_of_one_half_halves_in_a_week_and_one_of_a_fourth_in_half_a_week():
    found = report.half_lives([small(0, 0.5), small(0, 0.25)], 6, WHERE)
    np.testing.assert_allclose(found, [[1] * 3, [0.5] * 3], rtol=1e-6)


def test_the_slopes_are_the_differences_that_a_small_change_makes():
    model = models.double(small(3))
    found = report.slopes([model], 6, WHERE)[0]
    t = WHERE.places[7]
    for lag in (1, 2, 6):
        moved = [KNOWN.change.copy() for _ in range(2)]
        moved[0][t - lag] += 1e-5
        moved[1][t - lag] -= 1e-5
        said = [forecast.by_lstm(model, WHERE.scale, 6, change, [t])[0] for change in moved]
        assert found[7, lag - 1] == pytest.approx((said[0] - said[1]) / 2e-5, rel=1e-6)


# what is stored


def test_the_stored_scores_are_what_the_experiment_computes():
    record = stored.load_record(runner.RESULTS / "co2.json")
    assert abs(co2.score_ar(13, range(1, 61)) - record["ar"]["13"]["AR(60)"]) < 1e-3
    row = next(r for r in record["lstm"] if tuple(r.values())[:-1] == (13, 4, 8, "chrono", 0.01, 50))
    assert abs(co2.score(13, 4, 8, "chrono", 0.01, 50, seed=1) - row["rmse"][1]) < 0.02


def test_the_stored_choice_is_the_least_of_the_stored_scores():
    record = stored.load_record(runner.RESULTS / "co2.json")
    cells = [tuple(row.values())[:-1] for row in record["lstm"]]
    recipes, window = co2.chosen(cells, [row["rmse"] for row in record["lstm"]])
    assert [[key[0], *recipe] for key, recipe in recipes.items()] == [list(row.values()) for row in record["chosen"]]
    assert record["window"] == {str(horizon): read for horizon, read in window.items()}


def test_a_stored_network_is_what_the_recipe_trains():
    networks = stored.load_models(runner.RESULTS / "co2.npz")
    assert len(networks) == 10 * (2 * len(co2.WINDOWS) + 2)
    recipe = report.chosen(stored.load_record(runner.RESULTS / "co2.json"), 13)[13]
    again = forecast.fit_lstm(KNOWN, WHERE.scale, recipe, horizon=13, seed=3)
    for model in (again, small(0)):
        found = report.network_errors([model, report.of_seeds(networks, 13, 13, 1992)[3]], 13, WHERE)
        assert (np.abs(found[0] - found[1]).max() < 0.02) == (model is again)


# figures


WINDOWS, SEEDS = [4, 13, 52], np.array([[3.0, 2.0, 1.0], [4.0, 3.0, 2.0]])
PANELS = {"1 week": {"LSTM": SEEDS, "AR": [3.0, 1.0, 0.5]}, "13 weeks": {"LSTM": SEEDS + 1, "AR": [4.0, 2.0, 1.0]}}


def test_the_memory_figure_shows_the_error_of_a_single_network_all_seeds_and_the_ring():
    figure = figures.memory(WINDOWS, PANELS, ring={"1 week": ("LSTM", 13), "13 weeks": ("AR", 52)})
    for axes, (panel, lines) in zip(figure.axes, PANELS.items(), strict=True):
        assert panel in [t.get_text() for t in axes.findobj(Text)]
        drawn = {line.get_label(): line.get_ydata() for line in axes.lines}
        np.testing.assert_allclose(drawn["LSTM"], np.sqrt((lines["LSTM"] ** 2).mean(axis=0)))
        np.testing.assert_array_equal(drawn["AR"], lines["AR"])
        band = axes.collections[0].get_paths()[0].vertices[:, 1]
        assert {*lines["LSTM"].ravel()} <= set(band)
    rings = [line for axes in figure.axes for line in axes.lines if line.get_markersize() == 13]
    assert [ring.get_xdata()[0] for ring in rings] == [13, 52]
    assert rings[1].get_ydata()[0] == 1.0


def test_the_weeks_and_the_quarters_are_the_arrays():
    date, change, ahead = np.random.default_rng(0).normal(size=(3, 20))
    top, bottom = figures.weeks_and_quarters(date, change, ahead).axes
    np.testing.assert_array_equal(top.lines[1].get_ydata(), change)
    np.testing.assert_array_equal(bottom.lines[1].get_ydata(), ahead)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: report.lags_of("AR(2), 3 seasons", 1), "^name: expected AR"),
        (lambda: report.lags_of("persistence", 1), "^name: expected AR"),
        (lambda: report.of_seeds({"a": small(0)}, 13, 4, 1992), "^networks: expected names"),
        (lambda: figures.memory(WINDOWS, {"1 week": {"AR": [1.0]}}), r"^panels\['1 week'\]\['AR'\]"),
        (lambda: figures.weeks_and_quarters([1.0, 2.0], [1.0], [1.0, 2.0]), "^change"),
    ],
)
def test_bad_input_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
