"""What a unit holds: a network built to hold the first number in one cell state, and the measures that must find it."""

import numpy as np
import pytest

from companion.pages.training import memory, runs
from lstm.cell import Params
from lstm.fast import batched
from lstm.training import models, tasks

OPEN, SHUT = 40.0, -40.0


def adder():
    """An LSTM of three units for the adding problem: unit 2 adds the marked numbers, times .01; the others forget.

    i opens at marks alone, f is open in unit 2 and shut elsewhere, g is about a hundredth of the number.
    """
    n, m = 3, 2
    zeros = {f"W_2{k}": np.zeros((n, n)) for k in "ifog"}
    W_1i = np.array([[0, 80.0]] * n)
    W_1g = np.array([[0.01, 0]] * n)
    W_1 = dict(W_1i=W_1i, W_1f=np.zeros((n, m)), W_1o=np.zeros((n, m)), W_1g=W_1g)
    b = dict(b_i=np.full(n, SHUT), b_f=np.array([SHUT, OPEN, SHUT]), b_o=np.full(n, OPEN), b_g=np.zeros(n))
    return models.Model(Params(**W_1, **zeros, **b), np.array([[0, 100.0, 0]]), np.zeros(1))


BATCH = next(tasks.adding(20, 50, rng=np.random.default_rng(0), dtype=np.float64))


def test_the_unit_that_was_built_to_hold_the_sum_is_found_and_measured():
    model = adder()
    found = memory.held(model, BATCH)
    assert found.unit == 2
    assert found.forget == pytest.approx(1)
    assert found.marked == pytest.approx(1)
    assert found.others < 1e-15
    assert found.correlation == pytest.approx(1, abs=1e-6)
    first, second = memory.numbers(BATCH.x)
    np.testing.assert_allclose(first + second, BATCH.y[-1, :, 0])
    assert found.written == pytest.approx(0.01 * np.sqrt(np.mean([first**2, second**2])), rel=1e-3)
    assert found.leaked < 1e-12


def test_the_answer_follows_the_donor_where_the_unit_is_exchanged_and_only_there():
    model = adder()
    first, second = memory.numbers(BATCH.x)
    given, own = np.roll(first, 1) + second, first + second
    np.testing.assert_allclose(memory.exchanged(model, BATCH.x, [1]), given, atol=1e-3)
    np.testing.assert_allclose(memory.exchanged(model, BATCH.x, []), own, atol=1e-3)
    np.testing.assert_allclose(memory.exchanged(model, BATCH.x, [0, 2], hidden=True), own, atol=1e-3)
    found, other = memory.held(model, BATCH), memory.held(model, BATCH, 0)
    assert found.donor < 1e-6 < 0.05 < found.own
    assert other.own < 1e-6 < 0.05 < other.donor


def test_nothing_exchanged_is_the_run_itself():
    model = models.double(runs.start("bias 1", 0)[0])
    np.testing.assert_allclose(
        memory.exchanged(model, BATCH.x, []), models.outputs(model, BATCH.x)[-1, :, 0], rtol=0, atol=1e-12
    )


def test_changes_are_those_of_13_from_a_state_of_zero():
    run = batched.run(models.double(runs.start("bias 0", 1)[0]).layer, BATCH.x)
    before = np.concatenate([np.zeros_like(run.c[:1]), run.c[:-1]])
    np.testing.assert_allclose(memory.changes(run.c), (run.f - 1) * before + run.i * run.g, atol=1e-12)


def test_a_sequence_without_its_two_marks_is_refused():
    for early in (np.zeros_like(BATCH.x), runs.marks_early(BATCH).x):
        with pytest.raises(ValueError, match=r"^x: expected one mark in each half"):
            memory.numbers(early)
