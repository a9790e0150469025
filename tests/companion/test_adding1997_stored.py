"""The stored runs of the experiment of 1997: each fits its curve and its network, and none is made twice."""

import numpy as np
import pytest
from experiments import adding1997 as made

from companion.pages.adding1997 import experiment
from companion.pages.adding1997.experiment import CORRECT

made_once = made.one


def test_each_stored_run_fits_its_curve_and_its_network():
    runs, networks = made.earlier()
    assert [made.name(found) for found in runs] == list(networks)
    for found in runs:
        assert len(found["curve"]) == -(-found["sequences"] // made.BLOCK)
        assert found["solved"] or found["sequences"] == made.BUDGETS[found["T"]]
        assert (found["T"], found["init"]) in made.JOBS
        assert networks[made.name(found)].W.shape == (1, experiment.UNITS)


def test_a_stored_count_of_wrong_predictions_is_that_of_the_stored_network():
    runs, networks = made.earlier()
    first = next(found for found in runs if found["solved"])
    model, T, seed = networks[made.name(first)], first["T"], first["seed"]
    errors = experiment.fresh_errors(model, T, rng=np.random.default_rng([T, seed, 2]))
    assert abs((errors >= CORRECT).sum() - first["wrong"]) <= 1  # an error may lie on the edge on another processor
    assert errors.mean() == pytest.approx(first["test error"], rel=0.01)


def test_runs_that_are_stored_are_not_made_again(monkeypatch, tmp_path):
    """Two jobs of T = 20 in this process, one of them stored before."""
    monkeypatch.setattr(made.runner, "RESULTS", tmp_path)
    monkeypatch.setattr(made, "JOBS", [(20, "forget bias")])
    monkeypatch.setattr(made, "SEEDS", range(2))
    monkeypatch.setattr(made, "BUDGETS", {20: 32})
    found, model = made_once(20, "forget bias", 0)
    made.keep([found], {made.name(found): model})
    again = []
    monkeypatch.setattr(made, "one", lambda *job: again.append(job) or made_once(*job))
    made.run(workers=1)
    assert again == [(20, "forget bias", 1)]
    runs, networks = made.earlier()
    assert [found["seed"] for found in runs] == [0, 1]
    assert list(networks) == ["T 20, forget bias, seed 0", "T 20, forget bias, seed 1"]
