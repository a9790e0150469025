"""Multiplication and the noisy two-sequence problem of 1997."""

import numpy as np
import pytest

from lstm.training import tasks, tasks_1997


def draw(task, T=100, B=4000, seed=0, **options):
    return next(task(T, B, rng=np.random.default_rng(seed), dtype=float, **options))


def test_the_target_of_multiplication_is_the_product_of_the_two_marked_numbers():
    batch = draw(tasks_1997.multiplication)
    for b, length in enumerate(batch.lengths[:500]):
        x = batch.x[:length, b]
        marked = x[x[:, 1] == 1, 0]
        first = x[0, 0] if len(marked) == 1 else 1.0  # the first pair was marked, and its number is 1
        assert first == 1.0
        assert np.isclose(batch.y[length - 1, b, 0], np.prod(marked))
        assert x[0, 1] == x[-1, 1] == -1
    assert (batch.read.sum(axis=0) == 1).all()


def test_its_marks_stand_where_those_of_adding_stand():
    batch, adding = draw(tasks_1997.multiplication), draw(tasks.adding_1997)
    for one in (batch, adding):
        steps = np.nonzero(one.x[..., 1] == 1)[0] + 1
        assert steps.min() == 2
        assert steps.max() == 50
    assert (np.diff(np.sort(batch.lengths)) <= 1).all()
    assert (batch.lengths.min(), batch.lengths.max()) == (100, 110)
    assert batch.x[..., 0].min() >= 0


def test_predicting_the_mean_of_the_product_gives_the_error_that_is_stated():
    target = draw(tasks_1997.multiplication, B=40_000).y.sum(axis=(0, 2))
    p = 1 / 10 + (9 / 10) / 49
    assert target.mean() == pytest.approx((1 + p) / 4, rel=0.02)
    assert target.var() == pytest.approx(p / 12 + (1 - p) * 7 / 144 + p * (1 - p) / 16, rel=0.02)


def test_two_sequences_start_with_their_class_and_go_on_with_noise_of_variance_a_fifth():
    batch = draw(tasks_1997.two_sequences)
    sign = batch.x[0, :, 0]
    assert set(sign) == {1.0, -1.0}
    assert (batch.x[:3, :, 0] == sign).all()
    later = batch.x[3:100, :, 0]
    assert later.var() == pytest.approx(0.2, rel=0.02)
    assert abs(later.mean()) < 0.01
    assert 0.45 < (sign > 0).mean() < 0.55


def test_their_targets_are_noisy_and_expected_is_without_noise():
    batch = draw(tasks_1997.two_sequences)
    clean, at = tasks_1997.expected(batch), (batch.lengths - 1, np.arange(4000), 0)
    assert np.array_equal(clean[at], np.where(batch.x[0, :, 0] > 0, 0.2, 0.8))
    noise = batch.y[at] - clean[at]
    assert noise.var() == pytest.approx(0.1, rel=0.1)
    assert (clean * (1 - batch.read[..., None]) == 0).all()


def test_other_numbers_of_leading_elements_can_be_asked_for():
    batch = draw(tasks_1997.two_sequences, leading=1)
    assert (np.abs(batch.x[1, :, 0]) != 1).all()
    with pytest.raises(ValueError, match="leading"):
        draw(tasks_1997.two_sequences, leading=100)


def test_expected_refuses_what_is_no_two_sequence_batch():
    with pytest.raises(ValueError, match=r"batch\.x"):
        tasks_1997.expected(draw(tasks.adding_1997))
    with pytest.raises(TypeError, match="batch"):
        tasks_1997.expected("adding")


@pytest.mark.parametrize("task", [tasks_1997.multiplication, tasks_1997.two_sequences])
def test_bad_arguments_are_refused_at_the_call(task):
    with pytest.raises(ValueError, match="T"):
        task(19, 1, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match="rng"):
        task(100, 1, rng=0)


@pytest.mark.parametrize("task", [tasks_1997.multiplication, tasks_1997.two_sequences])
def test_float32_has_the_same_numbers_rounded(task):
    one = next(task(40, 5, rng=np.random.default_rng(1)))
    other = next(task(40, 5, rng=np.random.default_rng(1), dtype=float))
    assert one.x.dtype == np.float32
    assert np.array_equal(one.x, other.x.astype(np.float32))
