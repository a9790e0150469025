"""The tasks of the claims: windows without a look ahead, criteria that can be met and missed, and an honest run."""

import re

import numpy as np
import pytest
from experiments import claims as experiment

from companion import files
from companion.pages.claims import kept, setting
from lstm.training import models, reber, stored

RESULTS = files.FOLDER / "results"
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
    stages, record = experiment.train_one("sunspots", 0.02, 13)
    again, _ = experiment.train_one("sunspots", 0.02, 13)
    assert list(stages) == ["long after"] or record["solved after"] <= 60
    for stage, model in stages.items():
        np.testing.assert_array_equal(models.flatten(model), models.flatten(again[stage]))
    assert record["task"] == "sunspots"
    assert np.isfinite(record["last loss"])
    slower, _ = experiment.train_one("sunspots", 0.005, 13)
    assert not np.array_equal(models.flatten(slower["long after"]), models.flatten(stages["long after"]))


def test_the_solved_stage_is_met_on_the_way_to_the_end(monkeypatch):
    monkeypatch.setattr(setting, "UPDATES", 130)
    stages, record = experiment.train_one("sunspots", 0.02, 10)
    assert list(stages) == list(setting.STAGES[1:])
    monkeypatch.setattr(setting, "UPDATES", record["solved after"])
    other, _ = experiment.train_one("sunspots", 0.02, 10)
    np.testing.assert_array_equal(models.flatten(other["long after"]), models.flatten(stages["solved"]))


def test_chains_start_where_what_matters_first_can_stand():
    batches = setting.asked(TASKS)
    for name in ("adding", "sunspots"):
        assert (TASKS[name].starts(batches[name]) == 1).all()
    assert (batches["reber"].x[0] == batches["reber"].x[0, 0]).all()  # the first symbol is always the same
    assert (TASKS["reber"].starts(batches["reber"]) == 2).all()
    for name in ("order", "order0", "short0"):
        x, starts = batches[name].x, TASKS[name].starts(batches[name])
        for b, s in enumerate(starts):
            assert x[s - 1, b, 6:].sum() == 1
            assert x[: s - 1, b, 6:].sum() == 0


def test_the_later_years_are_judged_window_by_window_none_twice():
    for batch in (setting.judging(TASKS)["sunspots"], setting.asked(TASKS)["sunspots"]):
        assert len(np.unique(batch.x[..., 0], axis=1).T) == len(batch.lengths)
    assert len(setting.judging(TASKS)["sunspots"].lengths) == 2008 - setting.TRAINED_TO - 40
    assert len(setting.judging(TASKS)["adding"].lengths) == setting.JUDGED


def test_the_stored_networks_are_those_of_the_record():
    record, networks = stored.load_record(RESULTS / "claims.json"), stored.load_models(RESULTS / "claims.npz")
    names, before = set(), {}
    for run in record["runs"]:
        key = run["task"], run["rate"], run["seed"]
        stages = setting.STAGES[1:] if run["solved after"] else setting.STAGES[2:]
        names |= {experiment.name_of(*key, stage) for stage in stages}
        before |= {experiment.name_of(key[0], 0, key[2], setting.STAGES[0]): None}
    assert names == set(networks)
    assert [(run["task"], run["rate"], run["seed"]) for run in record["runs"]] == [
        (task, rate, seed) for task in TASKS for rate in setting.RATES for seed in setting.SEEDS
    ]
    settings = {k.lower(): getattr(setting, k) for k in ("UNITS", "BATCH", "MOST", "UPDATES")}
    assert record["settings"] == settings
    measured = kept.load(RESULTS / "claims_measured.npz")
    solved = {name for name in names if name.endswith(", solved")}
    assert set(measured["gates"]) == set(measured["chain"]) == names | set(before)
    assert (set(measured["small"]), set(measured["clamps"])) == (names, solved)


def test_the_record_names_the_commit_of_its_protocol():
    told = stored.load_record(RESULTS / "claims.json")["protocol"]
    assert told["file"] == "experiments/protocols/claims.md"
    assert re.fullmatch(r"[0-9a-f]{7,40}", told["commit"])


@pytest.mark.parametrize(("task", "rate"), [(t, r) for t in TASKS for r in setting.RATES])
def test_what_is_stored_is_what_the_networks_give(task, rate):
    networks, measured = stored.load_models(RESULTS / "claims.npz"), kept.load(RESULTS / "claims_measured.npz")
    for seed in (18,):
        for stage in setting.STAGES:
            name = experiment.name_of(task, 0 if stage == setting.STAGES[0] else rate, seed, stage)
            model = experiment.begin(experiment.tasks()[task], seed)[0]
            if stage != setting.STAGES[0]:
                model = networks.get(name)
            if model is not None:
                for kind, one in experiment.measure_one(task, stage, model).items():
                    assert kept.agree(one, measured[kind][name]), (kind, name)


@pytest.mark.parametrize(("task", "rate", "seed"), [("sunspots", 0.02, 12), ("reber", 0.005, 17)])
def test_a_stored_network_comes_out_of_its_training_again(task, rate, seed, monkeypatch):
    networks, record = stored.load_models(RESULTS / "claims.npz"), stored.load_record(RESULTS / "claims.json")
    after = next(r["solved after"] for r in record["runs"] if (r["task"], r["rate"], r["seed"]) == (task, rate, seed))
    monkeypatch.setattr(setting, "UPDATES", after)
    stages, again = experiment.train_one(task, rate, seed)
    assert abs(again["solved after"] - after) <= 2  # another processor rounds otherwise
    if again["solved after"] == after:
        stored_one = models.flatten(networks[experiment.name_of(task, rate, seed, "solved")])
        np.testing.assert_allclose(models.flatten(stages["solved"]), stored_one, rtol=0, atol=0.02)
