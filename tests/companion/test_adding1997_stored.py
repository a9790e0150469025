"""The stored runs of the experiment of 1997: each fits its curve and its network."""

import numpy as np
import pytest
from experiments import adding1997 as made

from companion.pages.adding1997 import experiment
from companion.pages.adding1997.experiment import CORRECT
from lstm.training import stored


def kept(folder=made.runner.RESULTS):
    """(runs, networks) of the record in a folder."""
    runs = stored.load_record(folder / "adding1997.json")["runs"]
    return runs, stored.load_models(folder / "adding1997.npz")


def test_each_stored_run_fits_its_curve_and_its_network():
    runs, networks = kept()
    assert [made.name(found) for found in runs] == list(networks)
    for found in runs:
        assert len(found["curve"]) == -(-found["sequences"] // made.BLOCK)
        assert found["solved"] or found["sequences"] == made.BUDGETS[found["T"]]
        assert (found["T"], found["init"]) in made.JOBS
        assert networks[made.name(found)].W.shape == (1, experiment.UNITS)


def test_a_stored_count_of_wrong_predictions_is_that_of_the_stored_network():
    runs, networks = kept()
    first = next(found for found in runs if found["solved"])
    model, T, seed = networks[made.name(first)], first["T"], first["seed"]
    errors = experiment.fresh_errors(model, T, rng=np.random.default_rng([T, seed, 2]))
    assert abs((errors >= CORRECT).sum() - first["wrong"]) <= 1  # an error may lie on the edge on another processor
    assert errors.mean() == pytest.approx(first["test error"], rel=0.01)


def test_a_tiny_run_stores_record_and_networks_in_the_order_of_its_jobs(monkeypatch, tmp_path):
    """Two jobs of T = 20, in this process."""
    monkeypatch.setattr(made.runner, "RESULTS", tmp_path)
    monkeypatch.setattr(made, "JOBS", [(20, "forget bias")])
    monkeypatch.setattr(made, "SEEDS", range(2))
    monkeypatch.setattr(made, "BUDGETS", {20: 32})
    made.run(workers=1)
    runs, networks = kept(tmp_path)
    assert [found["seed"] for found in runs] == [0, 1]
    assert [found["sequences"] for found in runs] == [32, 32]
    assert list(networks) == ["T 20, forget bias, seed 0", "T 20, forget bias, seed 1"]
