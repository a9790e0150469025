"""What the chapter reads from the record of the trained recurrences: errors, verdicts, predictions."""

import numpy as np
import pytest

from companion.pages.recurrences import outcome, predictions, setting
from lstm.recurrences.layers import LAYERS


def record(errors=None):
    """A record in which every run solves everything, but where `errors`, {(task, cell): (error, beyond)}, says else."""
    runs = []
    for task, one in setting.TASKS.items():
        for cell in LAYERS:
            error, beyond = (errors or {}).get((task, cell), (0.0, 0.0))
            told = {"task": task, "cell": cell, "error": error} | ({"beyond": beyond} if one.beyond else {})
            runs += [told | {"seed": seed} for seed in (4, 0, 1, 2, 3)]
    runs[0]["error"] = 0.009 if errors is None else runs[0]["error"]
    return {"runs": runs}


def test_errors_are_in_the_order_of_seeds_and_a_run_below_the_level_has_solved():
    found = outcome.errors(record())
    assert found["adding", "LSTM"].tolist() == [0, 0, 0, 0, 0.009]
    assert outcome.solved(found, "adding", "LSTM") == 5
    found["adding", "LSTM"][:2] = 0.01
    assert outcome.solved(found, "adding", "LSTM") == 3
    assert outcome.counts(found).rows[0][:2] == ["LSTM", "3 of 5"]
    assert outcome.spread(found, outcome.MEMORY).rows[0][1:3] == ["90 (0 to 100)", "0 (0 to 0)"]


def test_a_verdict_needs_three_runs_of_five():
    found = outcome.errors(record())
    pair = ("DeltaNet, signed", "DeltaNet")
    found["parity, 20", "DeltaNet"][:2] = 0.5
    assert outcome.verdict(found, "parity, 20", *pair) == "none"
    found["parity, 20", "DeltaNet"][:3] = 0.5
    assert outcome.verdict(found, "parity, 20", *pair) == "+3 of 5"
    assert outcome.verdict(found, "parity, 20", *pair[::-1]) == "−3 of 5"
    assert [row[3] for row in outcome.verdicts(found).rows] == ["none"] * 3 + ["+3 of 5"] + ["none"] * 3


def as_predicted():
    bad = (0.5, 0.5)
    errors = {(task, cell): bad for task in ("parity", "swaps") for cell in predictions.POSITIVE}
    errors |= {("parity", "minGRU, signed"): (0.0, 0.5), ("parity", "DeltaNet, signed"): (0.0, 0.5)}
    errors |= {("swaps", "minGRU, signed"): bad, ("swaps", "DeltaNet, signed"): (0.0, 0.5)}
    errors |= {("adding", cell): bad for cell in ("LSTM", "LSTM, cut")}
    errors |= {("temporal order", "minGRU, signed"): bad}
    errors |= {("Reber", cell): bad for cell in predictions.CUT}
    return errors


OFF = {(cell, "parity"): np.full(5, 0.9) for cell in ("LSTM", "sLSTM")}


def test_predictions_hold_where_all_is_as_predicted():
    said = predictions.judged(outcome.errors(record(as_predicted())), OFF)
    assert all(said.values()), said
    assert {row[1] for row in predictions.summary(said).rows} == {"held"}


@pytest.mark.parametrize(
    ("broken", "failed"),
    [
        ({("parity", "sLSTM"): (0.5, 0.0)}, "1."),
        ({("parity", "RG-LRU"): (0.2, 0.5)}, "the other four"),
        ({("parity", "LSTM"): (0.0, 0.5)}, "2."),
        ({("parity", "minGRU, signed"): (0.0, 0.0)}, "signed minGRU in none"),
        ({("parity", "DeltaNet, signed"): (0.0, 0.0)}, "signed DeltaNet in at most two"),
        ({("swaps", "DeltaNet, signed"): (0.5, 0.5)}, "3."),
        ({("swaps", "minGRU, signed"): (0.0, 0.5)}, "the other five"),
        ({("swaps", "sLSTM"): (0.0, 0.06)}, "4."),
        ({("swaps", "DeltaNet, signed"): (0.0, 0.0)}, "signed DeltaNet above"),
        ({("adding", "DeltaNet"): (0.1, None)}, "5."),
        ({("adding", "LSTM"): (0.0, None)}, "LSTM in at most two"),
        ({("adding", "LSTM, cut"): (0.0, None)}, "the cut LSTM"),
        ({("temporal order", "minGRU"): (0.1, None)}, "6."),
        ({("temporal order", "minGRU, signed"): (0.0, None)}, "signed minGRU in at most three"),
        ({("Reber", "LSTM"): (0.1, None)}, "7."),
        ({("Reber", "DeltaNet"): (0.0, None)}, "none of the six"),
    ],
)
def test_a_prediction_fails_where_a_result_is_not_as_predicted(broken, failed):
    said = predictions.judged(outcome.errors(record(as_predicted() | broken)), OFF)
    assert next(text.strip() for text, held in said.items() if not held).startswith(failed)
    assert list(said.values()).count(False) == 1


def test_a_chain_that_is_met_better_than_predicted_is_a_failed_prediction():
    said = predictions.judged(outcome.errors(record(as_predicted())), OFF | {("LSTM", "parity"): np.full(5, 0.4)})
    assert [text for text, held in said.items() if not held] == [list(said)[-1]]
