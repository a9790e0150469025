"""Failures are kept apart, and sentences say where a claim holds, with counts."""

import numpy as np
import pytest
from tests.companion.claims_made_up import chain, gates, small

from companion.pages.claims import protocol, report
from companion.pages.claims.protocol import REFUTED, SUPPORTED
from lstm.training import models


class Label:
    def __init__(self, label):
        self.label = label


TASKS = {"a": Label("A task"), "b": Label("another")}


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
    first, second = "supported on A task (solved 3:0 of 3, long after 3:0 of 3)", "refuted on another (solved 0:3 of 3)"
    assert text.replace("\n", " ") == f"That it is so is {first}; {second}."
    assert report.tally(said, said) == {SUPPORTED: 4, REFUTED: 2}
    three = {(k, "s"): protocol.verdict([True] * 3 + [False] * 3, [False] * 6) for k in ("p", "q", "r")}
    assert report.sentence("That", three) == "That is left open on p (s 3:0 of 6), q (s 3:0 of 6) and r (s 3:0 of 6)."
    with pytest.raises(ValueError, match=r"^said: expected the words"):
        report.sentence("That", {("p", "s"): protocol.Verdict("true", 1, 0, 1)})


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
