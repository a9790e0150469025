"""The experiment of the claims, small: what it writes, and that a run that was killed goes on from where it was."""

import numpy as np
import pytest
from experiments import claims as experiment
from experiments import runner

from companion.pages.claims import kept, setting, whole
from lstm.training import models, stored

SEEDS, RATES, TASK = range(10, 12), (0.02, 0.005), "sunspots"


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The folder that takes the place of experiments/results; jobs run here one by one, short ones."""
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(runner, "parallel", lambda function, jobs, workers=None: [function(*job) for job in jobs])
    monkeypatch.setattr(setting, "UPDATES", 90)
    return tmp_path / "results"


def run(parts):
    experiment.run(SEEDS, RATES, [TASK], parts)


def test_it_stores_networks_and_all_that_was_measured_of_them(results, tmp_path):
    run(tmp_path / "parts")
    record, networks = stored.load_record(results / "claims.json"), stored.load_models(results / "claims.npz")
    measured = kept.load(results / "claims_measured.npz")
    assert [(r["rate"], r["seed"]) for r in record["runs"]] == [(rate, seed) for rate in RATES for seed in SEEDS]
    assert record["settings"]["updates"] == 90
    assert set(measured["gates"]) - set(networks) == {f"{TASK}, 0, {seed}, initialised" for seed in SEEDS}
    assert set(measured["small"]) == set(networks)
    assert set(measured["clamps"]) == {name for name in networks if name.endswith("solved")} != set()
    name = f"{TASK}, 0.02, 11, long after"
    again = whole.measure(networks[name], TASK, experiment.tasks()[TASK], "long after")
    assert all(kept.agree(one, measured[kind][name]) for kind, one in again.items())


def test_a_run_that_was_killed_goes_on_from_what_was_done(results, tmp_path, monkeypatch):
    calls, train = [], experiment.training.train

    def counted(*arguments, **options):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return train(*arguments, **options)

    monkeypatch.setattr(experiment.training, "train", counted)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts")
    assert not (results / "claims.npz").exists()
    run(tmp_path / "parts")
    resumed, networks = len(calls) - 4, stored.load_models(results / "claims.npz")
    run(tmp_path / "other parts")
    from_the_start, again = len(calls) - 4 - resumed, stored.load_models(results / "claims.npz")
    assert 0 < resumed < from_the_start
    assert list(networks) == list(again)
    for name, model in networks.items():
        np.testing.assert_array_equal(models.flatten(model), models.flatten(again[name]))


def test_both_rates_begin_with_the_same_network_and_the_same_batches():
    (one, batches), (other, again) = (experiment.begin(experiment.tasks()["reber"], 15) for _ in range(2))
    np.testing.assert_array_equal(models.flatten(one), models.flatten(other))
    for a, b in zip(next(batches), next(again), strict=True):
        np.testing.assert_array_equal(a, b)


def test_where_there_is_no_repository_no_commit_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(experiment, "PROTOCOL", tmp_path / "claims.md")
    assert not experiment.protocol_commit()
