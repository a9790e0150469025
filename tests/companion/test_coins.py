"""The three tasks with coins: what is marked, asked and counted, and what is refused."""

import numpy as np
import pytest

from companion.shared import coins
from lstm import training
from lstm.rnn import RNNParams
from lstm.training import models


def rng():
    return np.random.default_rng(0)


def test_the_coin_to_keep_is_that_of_the_first_step_and_told_at_the_last():
    batch = next(coins.keep(7, 50, rng=rng()))
    assert set(np.unique(batch.x[..., 0])) == {-1.0, 1.0}
    assert (batch.x[..., 1].argmax(axis=0) == 0).all()
    assert (batch.x[..., 1].sum(axis=0) == 1).all()
    np.testing.assert_array_equal(batch.y[-1, :, 0], batch.x[0, :, 0])
    assert batch.read.sum() == 50 == batch.read[-1].sum()


def test_recall_asks_once_in_the_second_half_and_weighs_the_answer_as_the_silence():
    batch = next(coins.recall(20, 400, rng=rng()))
    asked = batch.x[..., 2] == 1
    assert (asked.sum(axis=0) == 1).all()
    assert set(asked.argmax(axis=0) + 1) == set(range(11, 21))
    np.testing.assert_array_equal(batch.y.sum(axis=0)[:, 0], batch.x[0, :, 0])
    assert (batch.y[~asked] == 0).all()
    assert batch.read[asked].sum() == batch.read[~asked].sum()


def test_the_count_is_the_sum_of_the_coins_since_the_bell():
    x, y = (a[:, 0] for a in next(coins.count(200, 1, rng=rng()))[:2])
    last = np.flatnonzero(x[:, 1])[-1]
    assert y[last, 0] == 0
    assert x[0, 1] == 0
    assert y[-1, 0] * coins.COUNT == pytest.approx(x[last + 1 :, 0].sum())
    assert 0.05 < x[:, 1].mean() < 0.15


def test_who_tells_the_coin_of_the_step_has_told_it_by_chance_only():
    layer = RNNParams(np.array([[1.0, 0.0]]), np.zeros((1, 1)), np.zeros(1))
    model = models.Model(layer, np.ones((1, 1)), np.zeros(1))
    assert coins.told(model, next(coins.keep(9, 2000, rng=rng()))) == pytest.approx(0.5, abs=0.05)
    assert not coins.solved(training.Run(model, np.zeros(1)), next(coins.keep(9, 2000, rng=rng())))


@pytest.mark.parametrize(("task", "least"), [(coins.keep, 2), (coins.recall, 4), (coins.count, 2)])
def test_a_sequence_that_is_too_short_is_refused(task, least):
    with pytest.raises(ValueError, match=r"^T: "):
        task(least - 1, 1, rng=rng())
