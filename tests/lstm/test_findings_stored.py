"""The levels of the findings, on stored networks: those that do their task, the chrono ones too, and broken ones."""

from pathlib import Path

import numpy as np
import pytest

from lstm import Params, audit, findings
from lstm.training import models, stored, tasks

RESULTS = Path(__file__).parents[2] / "src/companion/files/results"
ADDING = stored.load_models(RESULTS / "adding.npz")
OF_1997 = stored.load_models(RESULTS / "adding1997.npz")
DRAWS = {"adding": tasks.adding, "1997": tasks.adding_1997}
MEAN = {"adding": 1 / 6, "1997": 1 / 24}  # about what it costs to predict the mean of the targets


def told(net, task="adding"):
    """(squared error, findings by name) of a network on 32 sequences of its task, T = 100."""
    net, rng = models.double(net), np.random.default_rng(2)
    batch = next(DRAWS[task](100, 32, rng=rng, dtype=np.float64))
    error, dl_dy = models.squared(models.outputs(net, batch.x), batch.y, batch.read)
    lengths = batch.lengths if task == "1997" else None
    found = findings(audit(net.layer, batch.x, dl_dy @ net.W, lengths=lengths))
    return error, {one.name: one for one in found.findings}


CHRONO = [f"chrono, seed {seed}" for seed in range(5)]


@pytest.mark.parametrize("name", [name for name in ADDING if not name.startswith("rnn")])
def test_no_network_that_has_learned_the_adding_problem_has_a_finding_to_act_on(name):
    error, found = told(ADDING[name])
    assert error < 0.01
    assert [one.name for one in found.values() if one.level == "act"] == []
    assert (name in CHRONO) == ("input gate always closed" in found), "closed gates are how chrono begins"


@pytest.mark.parametrize("kind", ["chrono", "chrono, b_i only", "forget bias", "uniform"])
def test_on_the_problem_of_1997_those_that_failed_have_a_finding_to_act_on_and_those_that_did_it_have_none(kind):
    for seed in range(5):
        error, found = told(OF_1997[f"T 100, {kind}, seed {seed}"], "1997")
        act = {one.name for one in found.values() if one.level == "act"}
        if kind == "chrono":
            assert error < 1e-3
            assert act == set()
        else:
            assert error > MEAN["1997"] / 3
            assert "gradient vanishes" in act


@pytest.mark.parametrize("name", CHRONO)
def test_the_same_networks_broken_by_saturation_have_one(name):
    net = models.double(ADDING[name])
    saturated = net._replace(layer=Params(*(20 * array for array in net.layer)))
    error, found = told(saturated)
    assert error > MEAN["adding"] / 2
    assert found["hardly written"].level == "act"
    assert len(found["hardly written"].units) >= 8


@pytest.mark.parametrize(("bias", "finding"), [("b_i", "hardly written"), ("b_o", "never read")])
def test_a_gate_that_is_shut_by_its_bias_breaks_the_network_and_is_told(bias, finding):
    net = models.double(ADDING["bias 1, seed 0"])
    error, found = told(net._replace(layer=net.layer._replace(**{bias: getattr(net.layer, bias) - 12})))
    assert error > MEAN["adding"]
    assert found[finding].level == "act"
    assert len(found[finding].units) == 16
