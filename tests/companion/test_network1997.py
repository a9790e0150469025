"""The conditions of 1997 and their stopping rules."""

import numpy as np
import pytest

from companion.pages.network1997 import conditions, stopping, today
from companion.pages.network1997.conditions import CONDITIONS
from lstm.training import reber, tasks, tasks_1997
from lstm.variants import blocks


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_weights_are_as_many_as_the_paper_counts(name):
    params, trained = conditions.draw(CONDITIONS[name], rng())
    assert blocks.weights(trained) == CONDITIONS[name].published.weights
    blocks.check_blocks(params)


def test_initial_biases_are_those_of_the_paper_and_what_has_no_bias_keeps_zero():
    params, _ = conditions.draw(CONDITIONS["adding, T = 100"], rng())
    assert params.b_i.tolist() == [-3, -6]
    assert np.abs(np.concatenate([params.b_o, params.b_g, params.b])).max() <= 0.1
    params, trained = conditions.draw(CONDITIONS["Reber, rate 0.5"], rng())
    assert params.b_o.tolist() == [-1, -2, -3]
    assert not params.b_g.any()
    assert not params.b.any()
    assert not trained.b_g.any()


def errors(wrong=0, level=0.005, many=2000):
    found = np.full(many, level)
    found[:wrong] = 0.05
    return found


@pytest.mark.parametrize(
    ("found", "met"),
    [
        (errors(), True),
        (errors(many=1999), False),
        (errors(wrong=1), False),
        (np.concatenate([errors(wrong=50, many=50), errors()]), True),
        (errors(level=0.0101), False),
        (np.concatenate([errors(level=0.04, many=1), errors(many=1999)]), False),
    ],
)
def test_adding_stops_after_two_thousand_correct_ones_with_a_mean_below_a_hundredth(found, met):
    data = CONDITIONS["adding, T = 100"].data(rng(), 2)
    assert data.stop(found, None) is met


@pytest.mark.parametrize(("wrong", "met"), [(12, True), (13, False)])
def test_multiplication_stops_with_fewer_than_thirteen_wrong_ones(wrong, met):
    assert CONDITIONS["multiplication"].data(rng(), 2).stop(errors(wrong), None) is met


def test_nearly_is_the_first_place_with_fewer_than_140_wrong_of_2000():
    assert stopping.nearly(errors(139), 0.04) == 2000
    assert stopping.nearly(errors(140, many=2001), 0.04) == 2001
    assert stopping.nearly(errors(2000), 0.04) is None
    assert stopping.nearly(errors(many=1999), 0.04) is None
    found = np.concatenate([errors(3000, many=3000), errors()])
    first = stopping.nearly(found, 0.04)
    assert (found[first - 2000 : first] > 0.04).sum() == 139
    assert (found[first - 2001 : first - 1] > 0.04).sum() == 140


def test_two_sequences_stop_on_the_target_without_noise():
    data = CONDITIONS["two sequences"].data(rng(), 2)

    def good(batch, by=0.0):
        return tasks_1997.expected(batch) + by

    seen = np.ones(stopping.EVERY)
    assert data.stop(seen, good)
    assert not data.stop(np.ones(2 * stopping.EVERY), lambda batch: good(batch, 0.02))
    assert not data.stop(np.ones(2 * stopping.EVERY + 1), good), "asked once in 500 sequences"

    def one_is_off(batch):
        y = good(batch)
        y[batch.lengths[0] - 1, 0] += 0.11
        return y

    assert not data.stop(np.ones(3 * stopping.EVERY), one_is_off)
    assert data.stop(np.ones(4 * stopping.EVERY), good)


def test_reber_stops_when_training_and_test_strings_are_all_predicted():
    data = CONDITIONS["Reber, rate 0.5"].data(rng(), 3)
    seen = []

    def perfect(batch):
        seen.append(batch)
        return reber.legal_next(batch).astype(float)

    assert data.stop(np.ones(stopping.EVERY), perfect)
    first, second = (stopping._written(batch) for batch in seen)
    assert (len(first), len(second)) == (256, 256)
    assert not set(first) & set(second)
    picked = set(stopping._written(next(data.batches)))
    assert picked <= set(first)

    def one_wrong(batch):
        y = perfect(batch)
        y[batch.lengths[7] - 1, 7] *= -1
        return y

    assert not data.stop(np.ones(2 * stopping.EVERY), one_wrong)


def test_a_wrong_sequence_is_wrong_by_the_papers_measure():
    data = CONDITIONS["temporal order"].data(rng(), 2)
    batch = next(tasks.temporal_order(100, 3, rng=rng(), dtype=float))
    y = batch.y + 0.29
    y[batch.lengths[1] - 1, 1, 2] = batch.y[batch.lengths[1] - 1, 1, 2] + 0.31
    assert data.wrong(batch, y).tolist() == [False, True, False]


@pytest.mark.parametrize("name", CONDITIONS)
def test_todays_network_learns_a_little_on_every_task_and_keeps_what_it_was_given(name):
    condition = CONDITIONS[name]
    model = today.draw(condition, "chrono", rng(1))
    before = model.W.copy()
    run = today.solve(condition, model, condition.data(rng(2), today.BATCH), budget=33, top=0.01)
    assert len(run.errors) == 48, "whole batches"
    assert not run.solved
    assert np.array_equal(model.W, before)
    assert not np.array_equal(run.model.W, before)
    assert ((run.errors >= 0) & np.isfinite(run.errors)).all()


def test_todays_run_stops_when_the_rule_says_so():
    condition = CONDITIONS["adding, T = 100"]
    data = condition.data(rng(), today.BATCH)
    asked = []
    data = data._replace(stop=lambda errors, outputs: asked.append(len(errors)) or len(errors) >= 32)
    run = today.solve(condition, today.draw(condition, "uniform", rng()), data, budget=1000, top=0.01)
    assert run.solved
    assert asked == [16, 32]


def test_todays_rate_falls_with_the_error_and_stays_within_its_bounds():
    first = np.full(400, 0.2)
    assert today.rate(first, 0.03) == 0.03
    assert today.rate(np.concatenate([first, first / 4]), 0.03) == pytest.approx(0.03 / 4)
    assert today.rate(np.concatenate([first, first * 0]), 0.03) == today.LEAST
    assert today.rate(np.concatenate([first, first * 3]), 0.03) == 0.03
