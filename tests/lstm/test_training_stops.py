"""How training stops: numbers that are not finite, batches that end, bad input."""

import numpy as np
import pytest
from tests.lstm.test_training import batches, network, run

from lstm.training import Diverged, adam, clip, models, train, updates_to


def spoiled(batch, **changes):
    arrays = {name: np.full_like(getattr(batch, name), value) for name, value in changes.items()}
    return batch._replace(**arrays)


def assert_good(error, losses, good_batches, sound):
    """`error` has the first `sound` losses, and the network whose loss on its own batch was the last of them."""
    assert np.array_equal(error.losses, losses[:sound])
    value, gradient, _ = models.loss_and_gradient(error.model, good_batches[sound - 1])
    assert np.isfinite(models.flatten(gradient)).all()
    assert value == error.losses[-1]


def first(count):
    source = batches()
    return [next(source) for _ in range(count)]


def test_a_loss_that_is_not_finite_stops_with_the_last_good_network():
    good = first(12)
    bad = [*good[:7], spoiled(good[7], y=3e38), *good[8:]]
    with pytest.raises(Diverged, match=r"after 7 sound losses: the loss is inf") as stop:
        train(network(), bad, updates=12)
    assert_good(stop.value, train(network(), good, updates=12).losses, good, 7)


def test_a_gradient_that_is_not_finite_stops_with_the_last_good_network(monkeypatch):
    right, good = models.loss_and_gradient, first(12)

    def wrong(model, batch, *arguments, **options):
        if batch is good[4]:
            raise FloatingPointError("the gradient is not finite")
        return right(model, batch, *arguments, **options)

    losses = train(network(), good, updates=12).losses
    monkeypatch.setattr(models, "loss_and_gradient", wrong)
    with pytest.raises(Diverged, match="the gradient is not finite") as stop:
        train(network(), good, updates=12)
    monkeypatch.undo()
    assert_good(stop.value, losses, good, 4)


@pytest.mark.parametrize("huge", [1e39, 3e38])  # the change does not fit into float32, or its sum with the network
@pytest.mark.parametrize("updates", [6, 12])  # the sixth update is the last one, or not
def test_a_network_that_leaves_its_range_stops_with_the_last_good_one(updates, huge):
    good = first(12)

    def rate(losses):
        return 0.01 if len(losses) < 6 else huge

    with pytest.raises(Diverged, match="after 6 sound losses: the update") as stop:
        train(network(), good, rate=rate, updates=updates)
    assert_good(stop.value, train(network(), good, updates=12).losses, good, 6)


def test_a_first_loss_that_is_not_finite_leaves_the_network_of_the_start():
    with pytest.raises(Diverged, match="after 0 sound losses") as stop:
        train(network(), [spoiled(first(1)[0], y=3e38)], updates=1)
    assert stop.value.losses.shape == (0,)
    assert np.array_equal(models.flatten(stop.value.model), models.flatten(network()))
    assert isinstance(stop.value, ArithmeticError)


def test_an_exploding_run_ends_in_diverged_and_in_no_warning():
    with pytest.raises(Diverged) as stop:
        run(updates=50, rate=1e37, most=None)
    assert np.isfinite(stop.value.losses).all()
    assert np.isfinite(models.flatten(stop.value.model)).all()


def test_batches_that_end_too_early_are_refused():
    with pytest.raises(ValueError, match=r"^batches: expected at least 5, got 3"):
        train(network(), first(3), updates=5)
    source = batches()
    train(network(), source, updates=3)
    assert np.array_equal(next(source).x, first(4)[3].x), "no batch is taken that is not used"


@pytest.mark.parametrize(
    ("error", "named", "options"),
    [
        (ValueError, "rate", {"rate": 0}),
        (ValueError, "rate", {"rate": np.nan}),
        (TypeError, "rate", {"rate": None}),
        (ValueError, "rate", {"rate": lambda losses: -1.0}),
        (ValueError, "most", {"most": -1}),
        (TypeError, "most", {"most": len}),
        (ValueError, "until", {"until": 0.0}),
        (ValueError, "updates", {"updates": 0}),
        (TypeError, "updates", {"updates": 2.5}),
        (ValueError, "loss", {"loss": "hinge"}),
    ],
)
def test_bad_input_is_refused_by_the_argument(error, named, options):
    with pytest.raises(error, match=rf"^{named}: "):
        run(**options)


def test_models_batches_and_vectors_are_refused_by_name_too():
    with pytest.raises(TypeError, match=r"^model: "):
        train(network().layer, batches(), updates=1)
    with pytest.raises(TypeError, match=r"^batches: "):
        train(network(), 3, updates=1)
    with pytest.raises(TypeError, match=r"^batch: "):
        train(network(), [1], updates=1)
    with pytest.raises(TypeError, match=r"^batch.y: "):
        train(network(dtype=np.float64), [first(1)[0]._replace(x=np.zeros((5, 8, 2)))], updates=1)
    for function in (lambda v: clip(v, 1.0), lambda v: adam(v, rate=1.0)):
        with pytest.raises(ValueError, match=r"^gradient: "):
            function(np.array([np.nan]))
    with pytest.raises(ValueError, match=r"^most: "):
        clip(np.ones(2), 0)
    with pytest.raises(ValueError, match=r"^losses: "):
        updates_to(np.ones((2, 2)), 1)
