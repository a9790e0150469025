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
    """The folder that takes the place of the stored results; short jobs, in this process."""
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(runner.protocol, "of", lambda name: {"file": f"{name}.md", "commit": "abc"})
    monkeypatch.setattr(setting, "UPDATES", 90)
    return tmp_path / "results"


def run():
    experiment.run(SEEDS, RATES, [TASK], workers=1)


def test_it_stores_networks_and_all_that_was_measured_of_them(results):
    run()
    record, networks = stored.load_record(results / "claims.json"), stored.load_models(results / "claims.npz")
    measured = kept.load(results / "claims_measured.npz")
    assert [(r["rate"], r["seed"]) for r in record["runs"]] == [(rate, seed) for rate in RATES for seed in SEEDS]
    assert record["settings"]["updates"] == 90
    assert record["protocol"]["commit"] == "abc"
    assert set(measured["gates"]) - set(networks) == {f"{TASK}, 0, {seed}, initialised" for seed in SEEDS}
    assert set(measured["small"]) == set(networks)
    assert set(measured["clamps"]) == {name for name in networks if name.endswith("solved")} != set()
    name = f"{TASK}, 0.02, 11, long after"
    again = whole.measure(networks[name], TASK, experiment.tasks()[TASK], "long after")
    assert all(kept.agree(one, measured[kind][name]) for kind, one in again.items())


def test_both_rates_begin_with_the_same_network_and_the_same_batches():
    (one, batches), (other, again) = (experiment.begin(experiment.tasks()["reber"], 15) for _ in range(2))
    np.testing.assert_array_equal(models.flatten(one), models.flatten(other))
    for a, b in zip(next(batches), next(again), strict=True):
        np.testing.assert_array_equal(a, b)
