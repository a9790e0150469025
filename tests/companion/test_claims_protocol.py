"""Verdicts follow the thresholds, and each network has one voice."""

import numpy as np
import pytest
from tests.companion.claims_made_up import chain, clamps, gates, small
from tests.conftest import ROOT

from companion.pages.claims import protocol
from companion.pages.claims.protocol import NOTHING, OPEN, REFUTED, SUPPORTED


@pytest.mark.parametrize(
    ("supports", "against", "word"),
    [
        ([1, 1, 1, 1, 0], [0] * 5, SUPPORTED),
        ([0] * 5, [0, 1, 1, 1, 1], REFUTED),
        ([1, 1, 1, 0, 0], [0, 0, 0, 1, 1], OPEN),
        ([0] * 5, [0] * 5, OPEN),
        ([1, 1], [0, 0], NOTHING),
        ([], [], NOTHING),
    ],
)
def test_a_group_has_the_word_of_most_of_its_networks(supports, against, word):
    found = protocol.verdict(supports, against)
    assert found == (word, sum(supports), sum(against), len(supports))
    assert str(found) == f"{sum(supports)}:{sum(against)}/{len(supports)} {word}"


def test_a_network_cannot_be_for_and_against():
    with pytest.raises(ValueError, match=r"^against: a network cannot both"):
        protocol.verdict([True] * 3, [False, False, True])
    with pytest.raises(ValueError, match=r"^against: expected one truth a network"):
        protocol.verdict([True] * 3, [False] * 2)


@pytest.mark.parametrize(
    ("judge", "one", "word"),
    [
        ("gates_at_the_ends", gates(0.51), SUPPORTED),
        ("gates_at_the_ends", gates(0.5), OPEN),
        ("gates_at_the_ends", gates(0.2), REFUTED),
        ("gates_may_be_rounded", gates(0.9, rounded=True), SUPPORTED),
        ("gates_may_be_rounded", gates(0.9, rounded=False), REFUTED),
        ("product_is_the_chain", chain(error=0.5, ratio=-0.3), SUPPORTED),
        ("product_is_the_chain", chain(error=0.5, ratio=0.31), OPEN),
        ("product_is_the_chain", chain(error=0.9, ratio=0.0), REFUTED),
        ("product_is_the_gradient", chain(cosine=0.9, length=0.3), SUPPORTED),
        ("product_is_the_gradient", chain(cosine=0.95, length=-0.5), OPEN),
        ("product_is_the_gradient", chain(cosine=0.4, length=0.2), OPEN),
        ("product_is_the_gradient", chain(cosine=0.4, length=-2.0), REFUTED),
        ("small_f_may_be_zero", small((1, 1.09, 2, 1.95)), SUPPORTED),
        ("small_f_may_be_zero", small((1, 0.5, 2, 2)), SUPPORTED),
        ("small_f_may_be_zero", small((1, 1.2, 2, 3)), OPEN),
        ("small_f_may_be_zero", small((1, 1.0, 2, 1.005)), OPEN),  # the same doses elsewhere do nothing either
        ("small_f_may_be_zero", small((1, 1.02, 2, 1.02)), REFUTED),
        ("small_f_may_be_zero", small((1, 1.009, 2, 1.0)), OPEN),
        ("small_f_may_be_zero", small((1, 1.0, 2, 2), done=False), REFUTED),
        ("small_f_may_be_zero", small(entries=0.0), NOTHING),
        ("small_f_carries_no_gradient", small(carried=0.1), SUPPORTED),
        ("small_f_carries_no_gradient", small(carried=0.3), OPEN),
        ("small_f_carries_no_gradient", small(carried=0.5), REFUTED),
        ("small_f_carries_no_gradient", small(carried=np.nan, entries=0.0), NOTHING),
        ("small_f_is_typically_unfelt", small(typical=(0.2, 0.4)), SUPPORTED),
        ("small_f_is_typically_unfelt", small(typical=(0.3, 0.4)), OPEN),
        ("small_f_is_typically_unfelt", small(typical=(0.4, 0.4)), REFUTED),
        ("small_f_is_typically_unfelt", small(typical=(np.nan, 0.4), entries=0.0), NOTHING),
        ("unit_by_unit", clamps(0.5), SUPPORTED),
        ("unit_by_unit", clamps(0.2), OPEN),
        ("unit_by_unit", clamps(-0.1), REFUTED),
    ],
)
def test_each_judge_keeps_to_its_thresholds(judge, one, word):
    assert getattr(protocol, judge)([one] * 5).word == word


def test_units_are_counted_by_what_is_open_and_what_is_alive():
    some = [chain(true=[[0.1, 0.09, 5.0]], product=[[0.5, 0.2, 0.01]]), chain(true=[[0.0]], product=[[0.0]])]
    assert protocol.open_and_alive(some[:1]).tolist() == [[0, 1], [1, 1]]
    assert protocol.open_and_alive(some[1:]).tolist() == [[1, 0], [0, 0]]
    unfelt = [chain(true=[[0.5]], product=[[0.5]], felt=[[0.0]])]
    assert protocol.open_and_alive(unfelt).tolist() == [[0, 0], [0, 1]]
    assert protocol.open_and_alive(unfelt, "felt").tolist() == [[0, 0], [1, 0]]


def units(counts):
    """A `Chain` of one sequence with so many units [closed, open][dead, alive]."""
    (a, b), (c, d) = counts
    product = [0.0] * (a + b) + [1.0] * (c + d)
    return chain(product=[product], true=[[0.0] * a + [1.0] * b + [0.0] * c + [1.0] * d])


@pytest.mark.parametrize(
    ("counts", "sufficient", "necessary"),
    [
        ([[7, 0], [5, 95]], (SUPPORTED, 3, 0, 3), (SUPPORTED, 3, 0, 3)),
        ([[0, 95], [0, 5]], (SUPPORTED, 3, 0, 3), (REFUTED, 0, 3, 3)),
        ([[0, 0], [6, 94]], (OPEN, 0, 0, 3), (SUPPORTED, 3, 0, 3)),
        ([[0, 10], [20, 80]], (REFUTED, 0, 3, 3), (OPEN, 0, 0, 3)),
        ([[9, 0], [0, 0]], (NOTHING, 0, 0, 0), (NOTHING, 0, 0, 0)),
    ],
)
def test_sufficient_and_necessary_are_judged_of_each_network(counts, sufficient, necessary):
    assert protocol.sufficient([units(counts)] * 3) == sufficient
    assert protocol.necessary([units(counts)] * 3) == necessary


def test_one_network_with_many_units_does_not_outvote_the_others():
    some = [units([[0, 0], [0, 1000]])] + [units([[0, 0], [3, 1]])] * 4
    assert protocol.sufficient(some) == (REFUTED, 1, 4, 5)


def test_two_networks_are_too_few_however_many_units_they_have():
    assert protocol.sufficient([units([[0, 0], [0, 1000]])] * 2) == (NOTHING, 2, 0, 2)
    assert protocol.sufficient([units([[9, 0], [0, 0]])] * 8 + [units([[0, 0], [0, 5]])]).networks == 1


def test_what_a_unit_keeps_may_be_asked_of_the_loss():
    some = [chain(true=[[0.5]], product=[[0.5]], felt=[[0.0]])] * 3
    assert protocol.sufficient(some).word == SUPPORTED
    assert protocol.sufficient(some, "felt").word == REFUTED
    assert protocol.necessary(some, "felt") == (NOTHING, 0, 0, 0)


def test_a_unit_that_gets_nothing_is_not_asked_what_it_hands_back():
    some = [chain(true=[[1.0, 1.0]], product=[[0.5, 0.5]], felt=[[0.0, 3e-9]], got=[[0.0, 1e-8]])] * 3
    assert protocol.sufficient(some, "felt").word == REFUTED
    assert protocol.sufficient(some, "returned") == (SUPPORTED, 3, 0, 3)
    silent = [chain(true=[[1.0]], product=[[0.5]], felt=[[0.0]], got=[[0.0]])] * 3
    assert protocol.sufficient(silent, "returned").networks == 0


def test_the_protocol_that_was_committed_is_the_one_that_judges():
    text = (ROOT / "experiments" / "protocols" / "claims.md").read_text(encoding="utf-8")
    assert protocol.protocol() in text


def test_the_protocol_states_the_thresholds_that_are_used(monkeypatch):
    assert "more than 50% of the gates" in protocol.protocol()
    monkeypatch.setattr(protocol, "GATES_NEAR", 0.7)
    assert "more than 70% of the gates" in protocol.protocol()
    assert protocol.gates_at_the_ends([gates(0.6)] * 5).word == OPEN
