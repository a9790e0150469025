"""What the chapter reads from the record of the runs of 1997, and the record itself."""

import numpy as np
import pytest
from experiments import network1997 as experiment

from companion import files
from companion.pages.network1997 import figures, predictions, results
from companion.pages.network1997.conditions import CONDITIONS
from lstm.training import stored
from lstm.variants import blocks

RESULTS = files.FOLDER / "results"


def run(task, method, seed, sequences=None, nearly=None, budget=100):
    """One entry of a record; sequences None: the rule was not met."""
    told = {"task": task, "method": method, "seed": seed, "budget": budget, "nearly": nearly, "wrong": 0}
    return told | {"solved": sequences is not None, "sequences": sequences or budget}


def record(*runs):
    return {"runs": list(runs)}


def test_a_group_has_the_runs_that_met_the_rule_in_order_and_counts_all():
    some = [run("temporal order", "1997, truncated", s, n, 7) for s, n in enumerate([30, None, 10])]
    (group,) = results.groups(record(*some)).values()
    assert group.runs == 3
    assert group.met.tolist() == [10, 30]
    assert group.nearly.tolist() == [7, 7, 7]
    met, missed = results.marks({("temporal order", "1997, truncated"): group})
    assert missed == {"1997, truncated": {"temporal order": 1}}
    assert met["1997, truncated"]["temporal order"].tolist() == [10, 30]


def test_the_table_has_what_was_published_beside_what_was_found():
    found = results.groups(record(run("multiplication", "1997, truncated", 0, 2_000, 1_500)))
    rows = results.table(found, results.THEIRS).rows
    at = rows.index(["**multiplication**", "published", "1,273,000", "", "", "482,000"])
    assert rows[at + 1] == ["truncated", "1 of 1", "2,000", "2,000 to 2,000", "100", "1 of 1, 1,500"]
    assert len(rows) == len(CONDITIONS) + 1, "a task that did not run has its published row alone"


def test_pairs_are_of_the_same_seed_and_of_runs_that_both_met_the_rule():
    cut, full = "1997, truncated", "1997, full gradient"
    some = [run("temporal order", cut, 0, 10), run("temporal order", full, 0, 30), run("temporal order", cut, 1, 10)]
    some += [run("temporal order", full, 1), run("adding, T = 100", full, 0, 50)]
    assert results.paired(record(*some), "temporal order", full, cut).tolist() == [3.0]


def test_runs_that_were_planned_and_not_made_are_listed():
    told = record(run("temporal order", "today, chrono", 0)) | {
        "planned": {"temporal order": {"today, chrono": 2, "1997, truncated": 1}}
    }
    assert results.unfinished(told) == [
        "temporal order, today, chrono: 1 of 2",
        "temporal order, 1997, truncated: 0 of 1",
    ]


def whole(met, nearly=1):
    """A record in which every run of every task meets the rule after `met` sequences, or none if None."""
    each = ((t, m, s) for t in CONDITIONS for m in (*results.THEIRS, *results.TODAY) for s in range(10))
    return record(*(run(*one, met, nearly) for one in each))


def test_predictions_follow_the_record():
    all_met, none_met = predictions.judged(whole(50)), predictions.judged(whole(None, None))
    assert list(all_met) == list(none_met)
    first = next(iter(all_met))
    assert all_met[first] is True
    assert none_met[first] is False
    # where everything is met, "forget bias and uniform: none" is what fails
    assert [said for text, said in all_met.items() if text.startswith("7.")] == [True]
    assert not any(said for text, said in none_met.items() if text.startswith(("3.", "4.", "5.", "7.")))
    without = record(*(one for one in whole(50)["runs"] if "1000" not in one["task"]))
    assert predictions.judged(without)["   adding, T = 1000: nearly in most runs"] is None
    told = results.outcome({"a": True, "   b": False, "c": None}).rows
    assert told == [["a", "held"], ["b", "failed"], ["c", "not run"]]


def test_the_figures_take_what_the_chapter_gives_them():
    found = results.groups(whole(50))
    published = {task: one.published.sequences for task, one in CONDITIONS.items()}
    axes = figures.to_success(published, *results.marks(found)).axes[0]
    assert [text.get_text() for text in axes.texts].count("10/10") == 5 * len(CONDITIONS)
    axes = figures.backwards({"cut": [np.ones(5)], "full": [np.arange(1, 6)]}).axes[0]
    assert axes.lines[0].get_xdata().tolist() == [4, 3, 2, 1, 0]


@pytest.fixture(scope="module")
def made():
    return stored.load_record(RESULTS / "network1997.json")


def test_every_run_that_the_protocol_plans_is_in_the_record_and_no_other(made):
    counts = {(task, method): group.runs for (task, method), group in results.groups(made).items()}
    planned = {(task, method): many for task, methods in made["planned"].items() for method, many in methods.items()}
    assert counts == planned
    assert results.unfinished(made) == []


def test_the_record_names_the_protocol_that_was_committed_before(made):
    assert made["protocol"]["file"] == "experiments/protocols/network1997.md"


@pytest.mark.parametrize(("name", "method", "seed"), [("Reber, rate 0.5", "1997, full gradient", 9)])
def test_a_stored_run_can_be_made_again(made, name, method, seed):
    told, network = experiment.by_1997(name, method, seed)
    (kept,) = [r for r in made["runs"] if (r["task"], r["method"], r["seed"]) == (name, method, seed)]
    assert (told["solved"], told["rate"]) == (kept["solved"], kept["rate"])
    assert told["sequences"] == pytest.approx(kept["sequences"], rel=0.5)  # another processor rounds otherwise
    again = results.load_networks(RESULTS / "network1997.npz")[name, method, seed]
    assert blocks.check_blocks(again)[1:] == blocks.check_blocks(network)[1:]


def test_the_rates_chosen_are_those_of_the_search(made):
    rates = experiment.chosen(made["tuned"])
    assert {(t, i): r for t, of in made["rates"].items() for i, r in of.items()} == rates
