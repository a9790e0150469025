"""The experiment of 1997: the stopping rule is the paper's, the training the engine's, the record what it says."""

import numpy as np
import pytest
from experiments import adding1997 as made
from hypothesis import given
from hypothesis import strategies as st

from companion.pages.adding1997 import experiment
from companion.pages.adding1997.experiment import CORRECT, MEAN_ERROR
from companion.shared import trials
from companion.shared.trials import IN_A_ROW
from lstm import training
from lstm.training import models, tasks

made_once = made.one


def lstm(seed=0, n=4, dtype=np.float64):
    return models.draw_lstm(2, n, 1, rng=np.random.default_rng(seed), dtype=dtype)


def rng(seed=0):
    return np.random.default_rng(seed)


def few(errors):
    """A stopping rule for tests: 64 sequences."""
    return len(errors) >= 64


def test_the_rule_stops_after_2000_correct_sequences_and_not_one_before():
    good = np.full(IN_A_ROW, 0.009)
    assert experiment.rule(good)
    assert not experiment.rule(good[1:])
    assert experiment.rule(np.r_[0.5, good])
    assert not experiment.rule(np.r_[good, CORRECT])
    assert not experiment.rule(np.r_[good[1:], 0.5])


def test_the_rule_asks_for_the_average_too():
    assert not experiment.rule(np.full(IN_A_ROW, MEAN_ERROR))
    assert not experiment.rule(np.full(IN_A_ROW, 0.03))
    assert not experiment.rule(np.empty(0))


@given(st.integers(0, IN_A_ROW - 1))
def test_one_wrong_sequence_among_the_last_2000_is_enough_to_go_on(place):
    errors = np.zeros(IN_A_ROW)
    errors[place] = CORRECT
    assert not experiment.rule(errors)


def errors_of(model, batch):
    """The absolute error at the end of each sequence, one by one."""
    y = models.outputs(model, batch.x)
    return np.array([abs(y[T - 1, b, 0] - batch.y[T - 1, b, 0]) for b, T in enumerate(batch.lengths)])


@given(st.integers(20, 40), st.integers(1, 5), st.integers(0, 99))
def test_errors_at_the_end_are_those_whose_mean_square_is_the_loss(T, B, seed):
    model, batch = lstm(seed), next(tasks.adding_1997(T, B, rng=rng(seed), dtype=np.float64))
    found = trials.largest_error(models.outputs(model, batch.x), batch.y, batch.read)
    np.testing.assert_array_equal(found, errors_of(model, batch))
    assert np.mean(found**2) == pytest.approx(models.loss_and_gradient(model, batch)[0], rel=1e-12)


def test_chance_is_the_error_of_predicting_one_half():
    batch = next(tasks.adding_1997(100, 20_000, rng=rng(), dtype=np.float64))
    target = batch.y.sum(axis=0)[:, 0]
    assert np.sqrt(np.mean((target - 0.5) ** 2)) == pytest.approx(experiment.chance(100), rel=0.02)


def test_the_rate_falls_with_the_error_between_its_bounds():
    usual = experiment.chance(100)
    rates = [experiment.rate(np.full(1000, error), usual) for error in (10 * usual, usual, usual / 4, 0.0)]
    assert rates == pytest.approx([experiment.TOP, experiment.TOP, experiment.TOP / 4, experiment.LEAST])
    assert experiment.rate(np.empty(0), usual) == experiment.TOP
    late = np.r_[np.full(1000, usual), np.zeros(experiment.RECENT)]
    assert experiment.rate(late, usual) == experiment.LEAST


def test_a_run_stops_where_the_rule_says_and_leaves_the_model_as_it_was():
    model = lstm()
    before = models.flatten(model).copy()
    run = experiment.solve(model, 20, rng=rng(), budget=1000, batch=16, until=few)
    assert run.solved
    assert len(run.errors) == 64
    np.testing.assert_array_equal(models.flatten(model), before)
    assert not np.array_equal(models.flatten(run.model), before)


def test_a_run_that_does_not_meet_the_rule_ends_with_its_budget_and_says_so():
    run = experiment.solve(lstm(), 20, rng=rng(), budget=40, batch=16)
    assert not run.solved
    assert len(run.errors) == 48  # whole batches


def test_errors_are_kept_in_the_order_of_training():
    """With a rate of nearly zero the weights stand still: the errors are those of one pass over the same data."""
    still = experiment.LEAST, experiment.TOP
    try:
        experiment.LEAST = experiment.TOP = 1e-300
        run = experiment.solve(lstm(), 20, rng=rng(5), budget=32, batch=16)
    finally:
        experiment.LEAST, experiment.TOP = still
    data = tasks.adding_1997(20, 16, rng=rng(5), dtype=np.float64)
    expected = [errors_of(lstm(), next(data)) for _ in range(2)]
    np.testing.assert_allclose(run.errors, np.concatenate(expected), rtol=1e-12)


def test_the_rule_is_asked_before_the_first_update_and_after_each():
    asked, model = [], lstm()
    run = experiment.solve(model, 20, rng=rng(), budget=40, batch=16, until=lambda errors: asked.append(len(errors)))
    assert asked[:4] == [0, 16, 32, 48]
    assert not run.solved
    at_once = experiment.solve(model, 20, rng=rng(), budget=40, until=lambda errors: len(errors) == 0)
    assert at_once.solved
    assert at_once.errors.shape == (0,)
    np.testing.assert_array_equal(models.flatten(at_once.model), models.flatten(model))


def test_rate_and_rule_see_the_errors_of_all_sequences_so_far(monkeypatch):
    """With the rate watched: what it gets after each batch is the beginning of what the run returns."""
    seen, rate = [], experiment.rate
    monkeypatch.setattr(experiment, "rate", lambda errors, usual: seen.append(errors.copy()) or rate(errors, usual))
    run = experiment.solve(lstm(), 20, rng=rng(), budget=40, batch=16)
    assert [len(errors) for errors in seen] == [16, 32, 48]
    for errors in seen:
        np.testing.assert_array_equal(errors, run.errors[: len(errors)])


def test_the_same_seed_gives_the_same_run():
    one, two = (experiment.solve(lstm(), 20, rng=rng(1), budget=64) for _ in range(2))
    np.testing.assert_array_equal(one.errors, two.errors)
    np.testing.assert_array_equal(models.flatten(one.model), models.flatten(two.model))


def test_the_network_learns_and_the_test_sees_it():
    """T = 20 by the common rule of the tests: far below chance on sequences it has not seen."""
    model = models.draw_lstm(2, 8, 1, rng=rng(3), init="chrono", span=20)
    run = experiment.solve(model, 20, rng=rng(4), budget=16_000)
    before, after = (experiment.fresh_errors(m, 20, rng=rng(5), sequences=640) for m in (model, run.model))
    assert np.sqrt(np.mean(after**2)) < 0.3 * experiment.chance(20) < np.sqrt(np.mean(before**2))


def test_the_test_set_has_as_many_sequences_as_asked_for():
    assert len(experiment.fresh_errors(lstm(), 20, rng=rng(), sequences=50, batch=16)) == 50
    batch = next(tasks.adding_1997(20, 16, rng=rng(), dtype=np.float64))
    errors = experiment.fresh_errors(lstm(), 20, rng=rng(), sequences=16, batch=16)
    np.testing.assert_array_equal(errors, errors_of(lstm(), batch))


def test_a_network_that_is_no_lstm_with_two_inputs_and_one_output_is_refused_by_name():
    plain = models.draw_rnn(2, 3, 1, rng=rng())
    three, two = (models.draw_lstm(m, 3, k, rng=rng()) for m, k in [(3, 1), (2, 2)])
    for model, kind, word in [
        (plain, TypeError, "model.layer"),
        (three, ValueError, "W_1i"),
        (two, ValueError, "model.W"),
    ]:
        with pytest.raises(kind, match=word):
            experiment.solve(model, 20, rng=rng(), budget=16)
        with pytest.raises(kind, match=word):
            experiment.fresh_errors(model, 20, rng=rng())
    for name, bad in [("budget", {"budget": 0}), ("batch", {"budget": 16, "batch": 0})]:
        with pytest.raises(ValueError, match=f"{name}: expected"):
            experiment.solve(lstm(), 20, rng=rng(), **bad)


def test_an_error_that_is_not_finite_ends_the_run_as_diverged_which_is_no_ValueError():
    model = lstm(dtype=np.float32)
    model = model._replace(W=model.W * 0 + np.float32(3e38), b=np.full(1, 3e38, np.float32))
    with pytest.raises(training.Diverged, match="of the outputs") as met:
        experiment.solve(model, 20, rng=rng(), budget=64)
    assert not isinstance(met.value, ValueError)
    np.testing.assert_array_equal(models.flatten(met.value.model), models.flatten(model))
