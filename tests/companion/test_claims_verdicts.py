"""Every judge on every group, beside what was predicted; and what chance would have decided."""

from math import comb

import numpy as np
import pytest
from tests.companion.claims_made_up import chain, clamps, gates, small

from companion.pages.claims import chance, predictions, verdicts
from companion.pages.claims.protocol import NOTHING, OPEN, REFUTED, SUPPORTED, Verdict, verdict


class Label:
    def __init__(self, label):
        self.label = label


TASKS = {name: Label(name.upper()) for name in predictions.TASKS}
KEYS = [(task, rate, stage) for task in predictions.TASKS for stage, rate in predictions.CELLS]
LISTS = {
    "gates": {key: [gates(0.9)] * 3 for key in KEYS},
    "chain": {key: [chain()] * 3 for key in KEYS},
    "small": {key: [small()] * 3 for key in KEYS if key[0] != "adding"},
    "clamps": {key: [clamps()] * 2 for key in KEYS if key[2] == "solved"},
}


def test_every_judge_that_was_predicted_judges_and_every_cell_has_a_prediction():
    assert list(verdicts.JUDGES) == list(predictions.PREDICTED)
    found = verdicts.judged(LISTS)
    for name, cells in found.items():
        assert list(cells) == list(predictions.predicted(name))
        assert len(cells) == (12 if name == "unit by unit" else 24)
    assert found["gates at the ends"]["order", "solved", 0.005] == (SUPPORTED, 3, 0, 3)
    assert found["small f may be zero"]["adding", "solved", 0.02] == (NOTHING, 0, 0, 0)
    assert found["unit by unit"]["reber", "solved", 0.02] == (NOTHING, 2, 0, 2)
    assert sum(verdicts.tally(found).values()) == 13 * 24 + 12
    assert verdicts.tally(found)[NOTHING] == 3 * 4 + 12


def test_failed_networks_have_no_verdict():
    lists = {kind: {(t, r, "failed"): some for (t, r, _), some in groups.items()} for kind, groups in LISTS.items()}
    assert {one.networks for cells in verdicts.judged(lists).values() for one in cells.values()} == {0}


def test_a_table_of_verdicts_has_the_counts():
    found = verdicts.judged(LISTS)
    made = verdicts.table(found, ["gates at the ends", "unit by unit"], TASKS)
    assert made.headings == ["task", "solved, 0.02", "solved, 0.005", "long after, 0.02", "long after, 0.005"]
    assert made.rows[0] == ["**gates at the ends**", "", "", "", ""]
    assert made.rows[1] == ["ADDING", *["3:0/3 yes"] * 4]
    assert made.rows[8] == ["ADDING", *["2:0/2 few"] * 2, "", ""]
    alone = verdicts.table(found, ["unit by unit"], TASKS)
    assert alone.headings == ["unit by unit", "solved, 0.02", "solved, 0.005"]
    assert alone.rows == [row[:3] for row in made.rows[8:]]


def test_the_words_of_a_judge_are_counted():
    found = verdicts.judged(LISTS)
    made = verdicts.counts(found, TASKS, ["gates at the ends", "small f may be zero"])
    assert made.headings == ["claim", "yes", "no", "open", "few", "yes on"]
    assert made.rows[0][:5] == ["gates at the ends", "24", "0", "0", "0"]
    assert made.rows[1][:5] == ["small f may be zero", "20", "0", "0", "4"]
    assert made.rows[1][5] == ", ".join(f"{name.upper()} (4)" for name in predictions.TASKS if name != "adding")
    assert [row[0] for row in verdicts.counts(found, TASKS).rows] == list(verdicts.JUDGES)


def test_predictions_that_failed_are_told():
    found = verdicts.judged(LISTS)
    hits, all_, misses = verdicts.against_predictions(found)["product is the gradient"]
    letters = "".join(predictions.PREDICTED["product is the gradient"])
    assert (hits, all_) == (letters.count("S"), 24)
    assert all(word != SUPPORTED and one.word == SUPPORTED for _, word, one in misses)
    row = next(row for row in verdicts.missed_table(found).rows if row[0] == "product is the gradient")
    assert row[1] == f"{hits} of 24"
    assert f"no > yes: {letters.count('R')}" in row[2]


@pytest.mark.parametrize(("coins", "least"), [(3, 3), (4, 4), (5, 4), (8, 7), (9, 8), (10, 8)])
def test_coins_decide_as_often_as_the_rule_says(coins, least):
    every = [[k >> j & 1 for j in range(coins)] for k in range(2**coins)]
    words = [verdict(np.array(heads, bool), ~np.array(heads, bool)).word for heads in every]
    assert chance.decided(coins) == np.mean([word != OPEN for word in words])
    assert chance.decided(coins) == 2 * sum(comb(coins, k) for k in range(least, coins + 1)) / 2**coins


@pytest.mark.parametrize(("agree", "coins"), [(3, 3), (8, 9), (8, 10), (5, 10)])
def test_the_sign_test_counts_the_outcomes_in_which_a_side_has_so_many(agree, coins):
    heads = [bin(k).count("1") for k in range(2**coins)]
    least = np.mean([max(n, coins - n) >= agree for n in heads])
    assert chance.two_sided(agree, coins) == pytest.approx(least)


def test_fewer_than_three_decide_nothing_and_expectations_add_up():
    few = {1: Verdict(NOTHING, 2, 0, 2), 2: Verdict(NOTHING, 0, 0, 0)}
    assert chance.expected(few) == 0
    assert chance.expected(few | {3: Verdict(OPEN, 5, 5, 10), 4: Verdict(SUPPORTED, 3, 0, 3)}) == pytest.approx(
        2 * 56 / 1024 + 0.25
    )


def test_the_verdicts_that_fall_are_those_above_the_bar_of_benjamini_and_hochberg():
    found = {k: Verdict(SUPPORTED, 10, 0, 10) for k in range(3)}
    found |= {"weak": Verdict(REFUTED, 0, 3, 3), "open": Verdict(OPEN, 5, 5, 10), "few": Verdict(NOTHING, 2, 0, 2)}
    assert chance.p_value(found[0]) == 2 / 1024
    assert chance.p_value(found["open"]) == 1.0
    assert chance.fall(found) == ["weak"]  # 0.25 is above any bar
    assert chance.fall(found, 1e-6) == [0, 1, 2, "weak"]
