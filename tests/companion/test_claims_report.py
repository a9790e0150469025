"""Verdicts follow the thresholds, failures are kept apart, and sentences say where a claim holds."""

import numpy as np
import pytest

from companion.pages.claims import protocol, report
from companion.pages.claims.measures import Chain, Clamps, Gates, Small
from companion.pages.claims.protocol import NOTHING, OPEN, REFUTED, SUPPORTED
from lstm.training import models


class Label:
    def __init__(self, label):
        self.label = label


TASKS = {"a": Label("A task"), "b": Label("another")}


def gates(near, done=True, rounded=True):
    return Gates(np.array([0, 0, 0, near]), np.full(10, 0.1), 1.0, 1.0, done, 1.0, 1.0, rounded)


def chain(error=0.0, ratio=0.0, cosine=1.0, length=0.0, true=((1.0,),), product=((1.0,),)):
    return Chain(ratio, error, cosine, length, 0.0, None, np.array(true), np.array(product))


def small(losses=(1, 1, 2, 1), done=(True,) * 4, carried=0.0, entries=0.2):
    return Small(entries, np.array(losses, float), np.array(done), carried, np.full(5, 0.2))


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
    assert protocol.verdict(supports, against) == word


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
        ("small_f_may_be_zero", small((1, 1.09, 2, 1)), SUPPORTED),
        ("small_f_may_be_zero", small((1, 0.5, 2, 1)), SUPPORTED),
        ("small_f_may_be_zero", small((1, 1.2, 2, 1)), OPEN),
        ("small_f_may_be_zero", small((1, 1.0, 2, 1), (True, False, True, True)), REFUTED),
        ("small_f_may_be_zero", small(entries=0.0), NOTHING),
        ("small_f_carries_no_gradient", small(carried=0.1), SUPPORTED),
        ("small_f_carries_no_gradient", small(carried=0.3), OPEN),
        ("small_f_carries_no_gradient", small(carried=0.5), REFUTED),
        ("small_f_carries_no_gradient", small(carried=np.nan, entries=0.0), NOTHING),
        ("unit_by_unit", Clamps(*[np.ones(2)] * 3, 1.0, 1.0, 0.5), SUPPORTED),
        ("unit_by_unit", Clamps(*[np.ones(2)] * 3, 1.0, 1.0, 0.2), OPEN),
        ("unit_by_unit", Clamps(*[np.ones(2)] * 3, 1.0, 1.0, -0.1), REFUTED),
    ],
)
def test_each_judge_keeps_to_its_thresholds(judge, one, word):
    assert getattr(protocol, judge)([one] * 5) == word


def test_units_are_counted_by_what_is_open_and_what_is_alive():
    some = [chain(true=[[0.1, 0.09, 5.0]], product=[[0.5, 0.2, 0.01]]), chain(true=[[0.0]], product=[[0.0]])]
    assert protocol.open_and_alive(some[:1]).tolist() == [[0, 1], [1, 1]]
    assert protocol.open_and_alive(some[1:]).tolist() == [[1, 0], [0, 0]]


@pytest.mark.parametrize(
    ("counts", "sufficient", "necessary"),
    [
        ([[7, 0], [5, 95]], SUPPORTED, SUPPORTED),
        ([[0, 95], [0, 5]], SUPPORTED, REFUTED),
        ([[0, 0], [6, 94]], OPEN, SUPPORTED),
        ([[0, 10], [20, 80]], REFUTED, OPEN),
        ([[9, 0], [0, 0]], NOTHING, NOTHING),
    ],
)
def test_sufficient_and_necessary_are_read_from_the_counts(counts, sufficient, necessary):
    assert protocol.sufficient(counts) == sufficient
    assert protocol.necessary(counts) == necessary


def test_the_protocol_states_the_thresholds_that_are_used(monkeypatch):
    assert "more than 50% of the gates" in protocol.protocol()
    monkeypatch.setattr(protocol, "GATES_NEAR", 0.7)
    assert "more than 70% of the gates" in protocol.protocol()
    assert protocol.gates_at_the_ends([gates(0.6)] * 5) == OPEN


def test_networks_are_grouped_by_their_names():
    model = models.draw_lstm(2, 3, 1, rng=np.random.default_rng(0))
    groups = report.grouped({"a, 0, solved": model, "a, 3, solved": model, "b, 0, long after": model})
    assert {k: list(v) for k, v in groups.items()} == {("a", "solved"): [0, 3], ("b", "long after"): [0]}
    for name in ["a, 0", "a, x, solved", "a, 0, done"]:
        with pytest.raises(ValueError, match=r"^networks: expected names"):
            report.grouped({name: model})


def test_networks_that_fail_are_apart_and_the_stages_in_their_order():
    marks = {
        ("a", "initialised"): {0: gates(0.0, done=False), 1: gates(0.1, done=False)},
        ("a", "long after"): {0: gates(0.7), 1: gates(0.9, done=False)},
        ("a", "solved"): {0: gates(0.6), 1: gates(0.8, done=False)},
    }
    lists = report.apart(marks, marks)
    assert list(lists) == [("a", "initialised"), ("a", "solved"), ("a", "long after"), ("a", "failed")]
    assert [[one.near[-1] for one in some] for some in lists.values()] == [[0.0, 0.1], [0.6], [0.7], [0.9]]


def test_every_network_of_a_task_meets_the_same_sequences_and_a_generator_alike():
    def measure(model, task, batch, rng):
        return model, task, batch, rng.random()

    groups = {("a", "solved"): {0: "m", 1: "n"}, ("b", "solved"): {0: "k"}}
    tasks, batches = {"a": "A", "b": "B"}, {"a": 1, "b": 2}
    found = report.measured(groups, measure, tasks, batches, lambda: np.random.default_rng(3))
    draws = {one[3] for some in found.values() for one in some.values()}
    assert len(draws) == 1
    assert found["a", "solved"][1][:3] == ("n", "A", 1)
    assert found["b", "solved"][0][:3] == ("k", "B", 2)


def test_a_table_has_a_row_for_each_group():
    lists = {("a", "solved"): [gates(0.1), gates(0.3)], ("b", "failed"): [gates(1.0)]}
    near = report.of(lambda one: one.near[-1])
    text = report.table(lists, TASKS, {"near": near, "loss": report.of("loss", ".0f", whole=False)})
    assert text.splitlines() == [
        "          n  near                loss",
        "A task",
        "  solved  2  0.10 / 0.20 / 0.30  1",
        "another",
        "  failed  1  1.00                1",
    ]
    with pytest.raises(TypeError, match=r"^columns: expected functions"):
        report.table(lists, TASKS, {"near": "near"})


def test_a_sentence_says_where_a_claim_holds_and_where_not():
    lists = {
        ("a", "solved"): [gates(0.6)] * 3,
        ("a", "long after"): [gates(0.9)] * 3,
        ("b", "solved"): [gates(0.1)] * 3,
    }
    lists |= {("b", "failed"): [gates(0.9)] * 3}
    said = report.verdicts(protocol.gates_at_the_ends, lists, TASKS)
    text = report.sentence("That it is so", said)
    assert text == "That it is so is supported on A task (solved, long after); refuted on another\n(solved)."
    three = {(k, ""): OPEN for k in ("p", "q", "r")}
    assert report.sentence("That", three) == "That is left open on p, q and r."
    with pytest.raises(ValueError, match=r"^said: expected the words"):
        report.sentence("That", {("p", ""): "true"})


def test_networks_with_too_few_small_gates_are_left_out():
    lists = {("a", "solved"): [small(entries=0.0), small(entries=0.3)], ("b", "solved"): [small(entries=0.0005)]}
    assert [one.entries for one in report.with_small_f(lists)["a", "solved"]] == [0.3]
    assert ("b", "solved") not in report.with_small_f(lists)


def test_the_plainest_example_of_each_kind_is_found():
    some = [
        chain(true=[[0.2, 0.05]], product=[[1e-9, 0.5]]),
        chain(true=[[0.5, 0.01]], product=[[1e-4, 0.3]]),
    ]
    assert report.extreme(some, "closed but alive") == (0, 0, 0)
    assert report.extreme(some, "open but dead") == (1, 0, 1)
    assert report.extreme([chain()], "open but dead") is None
    with pytest.raises(ValueError, match=r"^kind: expected"):
        report.extreme(some, "open")


def test_counts_are_added_over_stages():
    lists = {("a", "solved"): [chain()], ("a", "long after"): [chain(), chain()], ("a", "failed"): [chain()]}
    assert report.counts(lists, ("solved", "long after"))["a"].tolist() == [[0, 0], [0, 3]]
