"""The tasks of the claims: windows without a look ahead, criteria that can be met and missed, and an honest run."""

import numpy as np
import pytest
from experiments import claims as experiment
from tests.conftest import ROOT

from companion.pages.claims import setting
from lstm.training import models, reber, stored

YEARS = np.arange(1700, 2009)
SERIES = np.random.default_rng(0).uniform(0, 100, len(YEARS))
TASKS = setting.all_tasks(YEARS, SERIES)


@pytest.mark.parametrize("name", TASKS)
def test_a_task_draws_batches_that_fit_its_network(name):
    task = TASKS[name]
    model = setting.draw_network(task, np.random.default_rng(0))
    for source in (task.draw, task.fresh):
        batch = next(source(8, np.random.default_rng(1)))
        value, _, _ = models.loss_and_gradient(model, batch, task.loss)
        y = models.outputs(model, batch.x)
        assert setting.mean_loss(task, batch, y) == pytest.approx(value, rel=1e-5)
        assert task.done(batch, y)[1] is False or name == "sunspots"
    assert np.mean(model.layer.b_f) == pytest.approx(task.forget_bias, abs=0.3)


@pytest.mark.parametrize("name", TASKS)
def test_who_knows_the_answer_does_the_task(name):
    task, rng = TASKS[name], np.random.default_rng(2)
    batch = next(task.fresh(40, rng))
    best = batch.y.astype(float)
    if name == "reber":
        best = reber.legal_next(batch).astype(float)
    assert task.done(batch, best)[1]
    assert not task.done(batch, np.roll(best, 1, axis=1) if name != "sunspots" else best + 5)[1]


def test_windows_forecast_the_next_year_and_the_later_years_are_never_trained_on():
    rng = np.random.default_rng(3)
    past = YEARS <= setting.TRAINED_TO
    z = (SERIES - SERIES[past].mean()) / SERIES[past].std()
    for source, own, other in [("draw", z[past], z[~past]), ("fresh", z[~past], z[past])]:
        batch = next(getattr(TASKS["sunspots"], source)(200, rng))
        np.testing.assert_array_equal(batch.x[1:], batch.y[:-1])
        seen = np.unique([batch.x, batch.y])
        assert np.isin(seen, own.astype(np.float32)).all()
        assert not np.isin(seen, other.astype(np.float32)).any()
        assert batch.x.dtype == batch.y.dtype == batch.read.dtype == np.float32
        assert batch.read[:10].sum() == 0  # the network has seen too little
        assert (batch.read[10:] == 1).all()


def test_the_future_does_not_change_what_is_trained_on():
    later = np.where(YEARS > setting.TRAINED_TO, 1000.0, SERIES)
    one, two = (
        next(setting.all_tasks(YEARS, s)["sunspots"].draw(5, np.random.default_rng(4))) for s in (SERIES, later)
    )
    np.testing.assert_array_equal(one.x, two.x)


def test_persistence_is_neither_better_nor_worse_than_itself():
    batch = next(TASKS["sunspots"].fresh(20, np.random.default_rng(5)))
    assert TASKS["sunspots"].done(batch, batch.x) == (1.0, False)


def test_sequences_of_one_length_are_whole():
    task = TASKS["reber"]
    batch = setting.of_length(task.fresh(64, np.random.default_rng(6)), 12, 30)
    assert batch.x.shape == (12, 30, 7)
    assert (batch.lengths == 12).all()
    assert (batch.read == 1).all()
    assert (batch.x.sum(axis=2) == 1).all()


def test_too_short_a_series_is_refused():
    with pytest.raises(ValueError, match=r"^years: expected more than 41"):
        setting.all_tasks(YEARS[:225], SERIES[:225])


def test_one_run_stores_its_stages_on_one_way(monkeypatch):
    monkeypatch.setattr(setting, "UPDATES", 60)
    stages, record = experiment.one("sunspots", 3)
    again, _ = experiment.one("sunspots", 3)
    assert list(stages) == ["initialised", "long after"] or record["solved after"] <= 60
    for stage, model in stages.items():
        np.testing.assert_array_equal(models.flatten(model), models.flatten(again[stage]))
    assert record["task"] == "sunspots"
    assert np.isfinite(record["last loss"])


def test_the_solved_stage_is_met_on_the_way_to_the_end(monkeypatch):
    monkeypatch.setattr(setting, "UPDATES", 130)
    stages, record = experiment.one("sunspots", 0)
    assert list(stages) == list(setting.STAGES)
    monkeypatch.setattr(setting, "UPDATES", record["solved after"])
    other, _ = experiment.one("sunspots", 0)
    np.testing.assert_array_equal(models.flatten(other["long after"]), models.flatten(stages["solved"]))


def test_the_stored_networks_are_those_of_the_record():
    results = ROOT / "experiments" / "results"
    record, networks = stored.load_record(results / "claims.json"), stored.load_models(results / "claims.npz")
    names = set()
    for run in record["runs"]:
        stages = setting.STAGES if run["solved after"] else (setting.STAGES[0], setting.STAGES[2])
        names |= {f"{run['task']}, {run['seed']}, {stage}" for stage in stages}
    assert names == set(networks)
    assert {run["task"] for run in record["runs"]} == set(TASKS)
    start, _ = experiment.begin(TASKS["adding"], 0)
    np.testing.assert_array_equal(models.flatten(networks["adding, 0, initialised"]), models.flatten(start))
    settings = {k.lower(): getattr(setting, k) for k in ("UNITS", "BATCH", "RATE", "MOST", "UPDATES")}
    assert record["settings"] == settings
