"""Eight cells on five tasks: how they are trained and judged, and the stored record and networks."""

import numpy as np
import pytest
from experiments import recurrences as experiment

from companion import files
from companion.pages.recurrences import figures, setting, trained
from lstm.recurrences.layers import LAYERS
from lstm.training import models, reber, stored

RESULTS = files.FOLDER / "results"


def drawn(task, B=3, seed=0):
    return next(setting.TASKS[task].draw(B, rng=np.random.default_rng(seed), dtype=np.float64))


@pytest.mark.parametrize("task", setting.TASKS)
@pytest.mark.parametrize("cell", ["LSTM", "RG-LRU", "DeltaNet, signed"])
def test_the_gradient_of_a_loss_is_its_slope_along_a_random_direction(cell, task):
    network, batch, loss = setting.start(cell, task, 1), drawn(task), setting.TASKS[task].loss
    _, gradient = setting.loss_and_gradient(cell, network, batch, loss)
    theta = models.flatten(network)
    way = np.random.default_rng(2).normal(size=theta.size)
    ends = [
        setting.loss_and_gradient(cell, models.unflatten(theta + k * 1e-5 * way, network), batch, loss)[0]
        for k in (-1, 1)
    ]
    assert (ends[1] - ends[0]) / 2e-5 == pytest.approx(way @ models.flatten(gradient), rel=1e-6, abs=1e-9)


def test_two_runs_of_a_seed_are_the_same_and_the_start_stays_as_it_was():
    one, two = (setting.train("minGRU", "parity", 3, 0.03, updates=30) for _ in range(2))
    assert np.array_equal(models.flatten(one[0]), models.flatten(two[0]))
    assert np.array_equal(one[1], two[1])
    assert len(one[1]) == 30
    assert one[1][-5:].mean() < one[1][:5].mean()
    assert not np.array_equal(models.flatten(one[0]), models.flatten(setting.start("minGRU", "parity", 3)))


def test_a_loss_that_is_not_finite_ends_a_run(monkeypatch):
    real, calls = setting.loss_and_gradient, []

    def breaks(*given):
        calls.append(1)
        value, gradient = real(*given)
        return (np.nan if len(calls) == 4 else value), gradient

    monkeypatch.setattr(setting, "loss_and_gradient", breaks)
    network, losses = setting.train("minGRU", "parity", 0, 0.01, updates=9)
    assert len(losses) == 3
    assert np.isfinite(models.flatten(network)).all()


@pytest.mark.parametrize("task", ["temporal order", "Reber", "parity", "swaps"])
def test_outputs_that_are_the_targets_are_without_error_and_a_wrong_class_is_counted(task):
    batch = drawn(task, 8)
    y = reber.legal_next(batch) * 1.0 if task == "Reber" else batch.y.copy()
    assert setting.TASKS[task].error(batch, y) == 0
    at = int(batch.lengths[2]) - 1
    y[at, 2] = -y[at, 2]
    share = setting.TASKS[task].error(batch, y)
    assert share == pytest.approx(1 / 8 if task in ("temporal order", "Reber") else 1 / 160)


def test_of_long_sequences_the_last_steps_are_judged():
    batch = next(setting.TASKS["parity"].beyond(4, rng=np.random.default_rng(0), dtype=np.float64))
    y = batch.y.copy()
    y[: setting.LONG - setting.LAST] *= -1
    assert setting.wrong(batch, y) == 0
    y[-1] *= -1
    assert setting.wrong(batch, y) == pytest.approx(1 / setting.LAST)


def test_networks_come_back_from_their_file_and_exact_cells_are_exact(tmp_path):
    networks = {("parity", cell, 0): setting.start(cell, "parity", 0) for cell in LAYERS}
    arrays = {
        f"{task}/{cell}/{seed}/{field}": array
        for (task, cell, seed), one in networks.items()
        for field, array in (one.layer._asdict() | {"readout W": one.W, "readout b": one.b}).items()
    }
    stored.save_arrays(tmp_path / "some.npz", arrays)
    found = trained.load(tmp_path / "some.npz")
    for key, one in networks.items():
        assert type(found[key].layer) is type(one.layer)
        assert np.array_equal(models.flatten(found[key]), models.flatten(one))
    off = trained.chains(found, ("parity",), range(1))
    for cell in LAYERS:
        assert (off[cell, "parity"].max() < 1e-13) == (cell not in ("LSTM", "sLSTM"))
    assert trained.summary(off).rows[1][1] == "rounding"
    plain, signed = (trained.along_key(found, cell, range(1)) for cell in ("DeltaNet", "DeltaNet, signed"))
    np.testing.assert_allclose(signed, 2 * plain - 1)


def test_the_rate_is_the_one_with_the_smaller_mean_loss_and_a_run_that_broke_off_costs_it():
    rates = setting.RATES
    found = {("a", "t", seed, rate): 1.0 + (rate == rates[0]) for seed in (0, 1) for rate in rates}
    assert experiment.chosen(found) == {("a", "t"): rates[1]}
    assert experiment.chosen(found | {("a", "t", 1, rates[1]): None}) == {("a", "t"): rates[0]}


def test_a_tiny_experiment_stores_records_and_networks(tmp_path, monkeypatch):
    monkeypatch.setattr(experiment.runner, "RESULTS", tmp_path)
    monkeypatch.setattr(experiment.runner.protocol, "of", lambda name: {"file": f"{name}.md", "commit": "abc"})
    monkeypatch.setattr(setting, "JUDGED", 4)
    experiment.run(updates=4, seeds=[0], names=["parity"], workers=1)
    told = stored.load_record(tmp_path / "recurrences.json")
    assert told["protocol"]["commit"] == "abc"
    assert [run["cell"] for run in told["runs"]] == list(LAYERS)
    assert len(told["tuned"]) == len(LAYERS) * len(setting.TUNING) * len(setting.RATES)
    networks = trained.load(tmp_path / "recurrences.npz")
    assert setting.judged("sLSTM", "parity", networks["parity", "sLSTM", 0]).keys() == {"error", "beyond"}


def test_the_stored_runs_are_those_of_the_protocol_and_their_networks_err_as_the_record_says():
    told = stored.load_record(RESULTS / "recurrences.json")
    assert told["settings"] == {k: getattr(setting, k.upper()) for k in ("units", "batch", "updates", "most")}
    assert len(told["runs"]) == len(LAYERS) * len(setting.TASKS) * len(setting.SEEDS)
    networks = trained.load(RESULTS / "recurrences.npz")
    for run in told["runs"][:: len(setting.SEEDS)]:
        found = setting.judged(run["cell"], run["task"], networks[run["task"], run["cell"], run["seed"]])
        for name, error in found.items():
            assert run[name] == pytest.approx(error, abs=2e-3)


def test_the_figure_has_a_filled_dot_a_short_test_and_an_open_one_a_long_test():
    panels = {"parity": {"one": ([0.1, 0.2], [0.4, 0.5]), "two": ([0.0, 0.0], [0.3, 0.1])}}
    (axes,) = figures.dots(panels, {"parity": 0.5}).axes
    short, long = axes.get_lines()[1:3]
    np.testing.assert_allclose(short.get_xdata(), [10, 20])
    np.testing.assert_allclose(long.get_xdata(), [40, 50])
    assert long.get_markerfacecolor() == "none" != short.get_markerfacecolor()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["one", "two"]
