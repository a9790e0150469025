"""The experiments of 1997 from their jobs to their records, with tiny jobs in place of hours."""

import numpy as np
import pytest
from experiments import network1997, online, swaps1997

from companion.pages.network1997 import conditions, today
from lstm.training import stored


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The folder of the records; the protocols there are not asked for."""
    for module in (network1997, swaps1997):
        monkeypatch.setattr(module.runner, "RESULTS", tmp_path)
    monkeypatch.setattr(network1997.runner.protocol, "of", lambda name: {"file": f"{name}.md", "commit": "abc"})
    return tmp_path


def by_1997(name, method, seed):
    params, _ = conditions.draw(conditions.CONDITIONS[name], network1997.rngs(name, seed)[0])
    return {"task": name, "method": method, "seed": seed}, params


def by_today(name, init, top, seed, budget=None):
    """Solved with the second rate only; tuning is what has a budget."""
    told = {"task": name, "method": f"today, {init}", "seed": seed, "rate": top, "budget": budget}
    return told | {"solved": top == today.TOPS[1], "sequences": 10, "curve": [1.0]}, "no network is kept"


def test_the_network_of_1997_is_run_with_todays_rates_chosen_first_and_its_networks_are_kept(results, monkeypatch):
    monkeypatch.setattr(network1997, "by_1997", by_1997)
    monkeypatch.setattr(network1997, "by_today", by_today)
    network1997.run(workers=1)
    record = stored.load_record(results / "network1997.json")
    assert record["protocol"] == {"file": "network1997.md", "commit": "abc"}
    assert record["versions"].keys() == {"python", "numpy", "numba"}
    assert [one["seed"] for one in record["tuned"]] == [job[3] for job in network1997.tuning_jobs()]
    assert all(one["budget"] == network1997.TUNING_BUDGET for one in record["tuned"])
    assert record["rates"]["multiplication"] == dict.fromkeys(today.INITS, today.TOPS[1])
    theirs = network1997.jobs_of_1997()
    assert record["planned"]["temporal order"]["1997, truncated"] == 10
    assert [(one["task"], one["method"], one["seed"]) for one in record["runs"][: len(theirs)]] == theirs
    rest = record["runs"][len(theirs) :]
    assert len(rest) == 7 * 3 * 5
    assert {one["rate"] for one in rest} == {today.TOPS[1]}
    arrays = np.load(results / "network1997.npz")
    assert len(arrays.files) == 11 * len(theirs)
    params = by_1997("adding, T = 100", "1997, full gradient", 3)[1]
    assert np.array_equal(arrays["adding, T = 100/1997, full gradient/3/W_2i"], params.W_2i)
    assert not np.array_equal(arrays["adding, T = 100/1997, full gradient/4/W_2i"], params.W_2i)
    online.pack(params)  # what is kept runs again


def test_all_swaps_and_remedies_are_stored_with_their_settings(results, monkeypatch):
    def tried(model, length, data, budget, told):
        return told | {"budget": budget}

    monkeypatch.setattr(swaps1997, "tried", tried)
    swaps1997.run(workers=1)
    record = stored.load_record(results / "swaps1997.json")
    assert record["protocol"]["commit"] == "abc"
    assert record["settings"]["budgets of the remedy"] == {"100": 200_000, "500": 220_000, "1000": 853_000}
    swaps = [(one["weights"], one["biases"], one["data"]) for one in record["runs"] if one["kind"] == "swap"]
    assert swaps == swaps1997.swaps()
    assert len(swaps) == 25 + 8 + 10
    remedies = [(one["T"], one["seed"]) for one in record["runs"] if one["kind"] == "remedy"]
    assert remedies == swaps1997.remedies()
    assert len(remedies) == 15
