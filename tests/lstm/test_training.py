"""Training: Adam and clipping by hand, the loop, and how it stops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm.training import adam, clip, models, tasks, train, updates_to


def network(seed=0, kind="lstm", dtype=np.float32):
    draw = models.draw_lstm if kind == "lstm" else models.draw_rnn
    return draw(2, 4, 1, rng=np.random.default_rng(seed), dtype=dtype)


def batches(seed=0, T=5, dtype=np.float32):
    return tasks.adding(T, 8, rng=np.random.default_rng(seed), dtype=dtype)


def run(updates=20, **options):
    return train(network(), batches(), **dict(updates=updates) | options)


vectors = st.lists(st.floats(-1e3, 1e3).filter(lambda x: x == 0 or abs(x) > 1e-3), min_size=1, max_size=5).map(np.array)


def test_three_updates_of_adam_are_those_of_a_calculation_by_hand():
    m = v = 0.0
    moments = None
    for t, g in enumerate([0.5, -2.0, 0.1], start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        by_hand = -0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        change, moments = adam(np.array([g]), moments, rate=0.01)
        assert change[0] == pytest.approx(by_hand, rel=1e-13)
        assert moments.updates == t


@given(vectors, st.floats(1e-5, 1.0))
def test_the_first_update_of_adam_is_the_rate_against_the_sign(gradient, rate):
    change, _ = adam(gradient, rate=rate)
    np.testing.assert_allclose(change, -rate * np.sign(gradient), rtol=1e-4)


def test_adam_takes_other_decays_and_floor():
    change, moments = adam(np.array([3.0]), rate=1.0, decay=(0.5, 0.75), floor=1.0)
    assert (moments.mean[0], moments.square[0]) == (1.5, 2.25)
    assert change[0] == -3.0 / (3.0 + 1.0)


def test_adam_keeps_what_it_is_given_and_its_type():
    gradient = np.array([1, 2], np.float32)
    _, moments = adam(gradient, rate=0.1)
    kept = [a.copy() for a in (gradient, moments.mean, moments.square)]
    change, new = adam(gradient, moments, rate=np.float64(0.1))
    assert all(map(np.array_equal, kept, (gradient, moments.mean, moments.square)))
    assert {a.dtype for a in (change, new.mean, new.square)} == {np.dtype("f4")}


def test_a_square_that_overflows_is_reported():
    with pytest.raises(FloatingPointError, match="square"):
        adam(np.array([1e20], np.float32), rate=0.1)
    with pytest.raises(FloatingPointError, match="update"):
        adam(np.array([1.0], np.float32), rate=1e39)


@given(vectors, st.floats(0.01, 100))
def test_clipping_keeps_the_direction_and_limits_the_norm(gradient, most):
    clipped, norm = clip(gradient, most), np.linalg.norm(gradient)
    if norm <= most * (1 - 1e-12):
        assert np.array_equal(clipped, gradient)
    elif norm > most * (1 + 1e-12):
        assert np.linalg.norm(clipped) == pytest.approx(most)
        np.testing.assert_allclose(clipped * norm, gradient * most, rtol=1e-12)


@pytest.mark.parametrize(("dtype", "huge"), [(np.float32, 3e38), (np.float64, 1e308)])
def test_clipping_neither_overflows_nor_makes_zero_of_a_huge_gradient(dtype, huge):
    clipped = clip(np.array([huge, -huge], dtype), 1.0)
    assert clipped.dtype == dtype
    np.testing.assert_allclose(clipped, [np.sqrt(0.5), -np.sqrt(0.5)], rtol=1e-6)


@pytest.mark.parametrize("kind", ["lstm", "rnn"])
def test_training_lowers_the_loss_and_leaves_the_network_it_was_given(kind):
    model = network(kind=kind)
    before = models.flatten(model)
    found = train(model, batches(), rate=0.02, updates=200)
    assert found.losses.shape == (200,)
    assert found.losses[-20:].mean() < 0.5 * found.losses[:5].mean()
    assert np.array_equal(models.flatten(model), before)
    assert not np.shares_memory(models.flatten(found.model), before)


def test_cross_entropy_is_lowered_too():
    model = models.draw_lstm(8, 4, 4, rng=np.random.default_rng(0))
    order = tasks.temporal_order(20, 4, rng=np.random.default_rng(0))
    few = [next(order)] * 60
    found = train(model, few, loss="cross entropy", rate=0.05, updates=60)
    assert found.losses[-1] < 0.7 * found.losses[0]


def test_the_same_seeds_give_the_same_run_and_others_another():
    one, two, other = run(), run(), train(network(1), batches(), updates=20)
    assert np.array_equal(one.losses, two.losses)
    assert np.array_equal(models.flatten(one.model), models.flatten(two.model))
    assert not np.array_equal(one.losses, other.losses)


def test_arrays_that_are_held_stay_and_the_others_go_as_if_their_gradient_were_nought():
    held, start, good = ("W_1i", "b_f"), network(), [next(batches())] * 20
    theta, moments = models.flatten(start), None
    zero = {name: np.zeros_like(getattr(start.layer, name)) for name in held}
    for batch in good:
        gradient = models.loss_and_gradient(models.unflatten(theta, start), batch)[1]
        gradient = gradient._replace(layer=gradient.layer._replace(**zero))
        change, moments = adam(clip(models.flatten(gradient), 0.05), moments, rate=0.03)
        theta = theta + change
    found = train(start, good, updates=20, most=0.05, rate=0.03, held=held).model
    assert np.array_equal(models.flatten(found), theta)
    assert {
        name for name in start.layer._fields if np.array_equal(*(getattr(m.layer, name) for m in (found, start)))
    } == set(held)


def test_what_is_no_array_of_the_layer_cannot_be_held():
    with pytest.raises(ValueError, match=r"^held: expected names among .*, got \['W_3'\]"):
        run(held=["W_1i", "W_3"])
    with pytest.raises(TypeError, match=r"^held: expected names in a collection, got the one string 'b_f'"):
        run(held="b_f")


def test_the_loop_is_its_parts_one_after_the_other_in_memory_of_their_own():
    theta, moments, losses = models.flatten(network()), None, []
    for batch, _ in zip(batches(), range(20), strict=False):
        value, gradient, _ = models.loss_and_gradient(models.unflatten(theta, network()), batch)
        change, moments = adam(clip(models.flatten(gradient), 0.05), moments, rate=0.03)
        theta = theta + change
        losses.append(value)
    found = run(most=0.05, rate=0.03)
    assert np.array_equal(found.losses, losses)
    assert np.array_equal(models.flatten(found.model), theta)


def test_batches_of_different_sizes_take_turns():
    turns = [next(batches(T=T)) for T in (5, 9, 5, 7)]
    found = train(network(), turns, updates=4)
    assert np.isfinite(found.losses).all()


def test_no_limit_is_a_limit_that_is_never_met():
    assert np.array_equal(run(most=None).losses, run(most=1e30).losses)
    assert not np.array_equal(run(most=None).losses, run(most=0.01).losses)


def test_the_rate_may_be_a_function_of_the_losses_so_far():
    seen = []

    def rate(losses):
        seen.append(list(losses))
        return np.float64(0.01)  # which must not make float64 of a float32 network

    found = run(rate=rate)
    assert np.array_equal(found.losses, run(rate=0.01).losses)
    assert [len(losses) for losses in seen] == list(range(1, 21))
    assert seen[-1] == list(found.losses)


def test_training_stops_once_the_mean_of_fifty_losses_is_low_enough():
    whole = run(updates=300, rate=0.02)
    level = (whole.losses[50:200].mean() + whole.losses[:50].mean()) / 2
    stopped = run(updates=300, rate=0.02, until=level)
    count = len(stopped.losses)
    assert 50 <= count < 300
    assert count == updates_to(whole.losses, level)
    assert np.array_equal(stopped.losses, whole.losses[:count])


def test_updates_to_a_level_are_counted_with_the_fifty_that_are_averaged():
    losses = np.concatenate([np.ones(100), np.zeros(100)])
    assert updates_to(losses, 0.5) == 126  # 24 ones and 26 zeros: 0.48
    assert updates_to(losses, 2.0) == 50
    assert updates_to(losses[:100], 0.5) is None
    assert updates_to(losses[:49], 2.0) is None
