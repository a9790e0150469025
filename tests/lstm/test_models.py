"""Networks to train: losses and whole gradients by complex step through the reference, initialisations by name."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.cases import SCALES

from lstm import cell, rnn
from lstm.cell import Params
from lstm.proofs import complex_step, worst
from lstm.training import kinds, models
from lstm.training.models import Model
from lstm.training.tasks import Batch

KINDS = [*kinds.KINDS]


class Case(NamedTuple):
    model: Model
    batch: Batch


def case(kind="lstm", seed=0, B=3, T=5, m=2, n=4, k=3, scale=1.0):
    """A model and a batch of unequal lengths: weights between 0 and 2 where a step is read, some steps not read."""
    rng = np.random.default_rng(seed)
    draw = models.draw_lstm if kind == "lstm" else models.draw_rnn
    model = draw(m, n, k, rng=rng, dtype=np.float64)
    model = Model(type(model.layer)(*(scale * a for a in model.layer)), model.W, model.b)
    lengths = rng.integers(1, T, size=B, endpoint=True)
    lengths[0] = T
    inside = np.arange(T)[:, None] < lengths
    read = rng.uniform(0, 2, (T, B)) * inside * (rng.random((T, B)) < 0.7)
    read[0, 0] = 1
    y = rng.dirichlet(np.ones(k), (T, B)) * inside[..., None]
    return Case(model, Batch(rng.normal(size=(T, B, m)) * inside[..., None], y, read, lengths))


def cases():
    """Cases with B 1..3, T 3..5, m 1..3, n 1..3, k 1..3; biases are not zero."""
    sizes = [st.integers(1, 3), st.integers(3, 5), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)]
    return st.builds(case, st.sampled_from(KINDS), st.integers(0, 2**32 - 1), *sizes, st.sampled_from(SCALES[:3]))


def reference_loss(model, batch, loss):
    """l by cell.run or rnn.run, one sequence and one step after the other, real or complex."""
    run = cell.run if isinstance(model.layer, Params) else rnn.run
    total = 0
    for b, length in enumerate(batch.lengths):
        h = run(model.layer, batch.x[:length, b]).h
        for t in range(length):
            y, target, weight = model.W @ h[t] + model.b, batch.y[t, b], batch.read[t, b]
            if loss == "squared":
                total += weight * np.sum((y - target) ** 2) / len(y)
            else:
                total -= weight * np.sum(target * (y - np.log(np.sum(np.exp(y)))))
    return total / batch.read.sum()


def moved(model, place, array):
    """`model` with one of its arrays, numbered as in `flatten`, replaced."""
    arrays = [*model.layer, model.W, model.b]
    arrays[place] = array
    return Model(type(model.layer)(*arrays[:-2]), *arrays[-2:])


@settings(max_examples=15)
@given(cases(), st.sampled_from(list(models.LOSSES)))
def test_loss_and_whole_gradient_are_those_of_the_reference_by_complex_step(one, loss):
    model, batch = one
    assume(loss == "squared" or len(model.b) > 1)  # with one class there is nothing to learn, and no scale
    value, gradient, _ = models.loss_and_gradient(model, batch, loss)
    assert value == pytest.approx(reference_loss(model, batch, loss), rel=1e-12)
    arrays = [*model.layer, model.W, model.b]
    expected = [
        complex_step(lambda a, k=k: reference_loss(moved(model, k, a), batch, loss), array)
        for k, array in enumerate(arrays)
    ]
    assert worst([*gradient.layer, gradient.W, gradient.b], expected) < 1e-12


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", models.LOSSES)
def test_a_gradient_wrong_by_a_millionth_would_be_seen(kind, loss, monkeypatch):
    model, batch = case(kind)
    right = models.flatten(models.loss_and_gradient(model, batch, loss)[1])
    function = models.LOSSES[loss]
    monkeypatch.setitem(models.LOSSES, loss, lambda *a: (function(*a)[0], function(*a)[1] * (1 + 1e-6)))
    wrong = models.flatten(models.loss_and_gradient(model, batch, loss)[1])
    assert worst([wrong], [right]) > 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_by_the_inputs_is_that_of_the_complex_step(kind):
    model, batch = case(kind)
    _, dy = models.squared(models.outputs(model, batch.x), batch.y, batch.read)
    expected = complex_step(lambda x: reference_loss(model, batch._replace(x=x), "squared"), batch.x)
    assert worst([models.input_gradient(model, batch.x, dy)], [expected]) < 1e-12


@given(st.integers(0, 2**32 - 1), st.sampled_from(list(models.LOSSES)))
def test_the_gradient_of_a_loss_by_the_outputs_is_that_of_the_complex_step(seed, loss):
    rng = np.random.default_rng(seed)
    y, target, read = rng.normal(size=(3, 2, 4)), rng.normal(size=(3, 2, 4)), rng.random((3, 2))
    _, dy = models.LOSSES[loss](y, target, read)
    assert worst([dy], [complex_step(lambda a: models.LOSSES[loss](a, target, read)[0], y)]) < 1e-12


def test_losses_have_the_values_of_hand_calculations():
    y, target = np.array([[[1.0, 2.0]], [[5.0, 5.0]]]), np.array([[[0.0, 4.0]], [[0.0, 0.0]]])
    assert models.squared(y, target, np.array([[2.0], [0.0]]))[0] == (1 + 4) / 2
    assert models.squared(y, target, np.array([[3.0], [1.0]]))[0] == pytest.approx((3 * 5 + 50) / 2 / 4)
    even, one_hot = np.zeros((1, 1, 4)), np.eye(4)[None, None, 1]
    assert models.cross_entropy(even, one_hot, np.ones((1, 1)))[0] == pytest.approx(np.log(4))
    certain = models.cross_entropy(1e4 * one_hot, one_hot, np.ones((1, 1)))
    assert certain[0] == 0
    assert np.array_equal(certain[1], np.zeros((1, 1, 4)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", models.LOSSES)
def test_what_is_not_read_does_not_matter(kind, loss):
    model, batch = case(kind)
    other = batch.y + 7.0 * (batch.read == 0)[..., None]
    assert (other != batch.y).any()
    one, two = (models.loss_and_gradient(model, batch._replace(y=y), loss) for y in (batch.y, other))
    assert one[0] == two[0]
    assert np.array_equal(models.flatten(one[1]), models.flatten(two[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_outputs_are_the_readout_of_the_reference(kind):
    model, batch = case(kind)
    run = cell.run if kind == "lstm" else rnn.run
    h = np.stack([run(model.layer, batch.x[:, b]).h for b in range(3)], axis=1)
    assert worst([models.outputs(model, batch.x)], [np.einsum("kn,tbn->tbk", model.W, h) + model.b]) < 1e-12


@pytest.mark.parametrize("kind", KINDS)
def test_float32_stays_float32_and_is_near_float64(kind):
    model, batch = case(kind)
    small = models.unflatten(models.flatten(model).astype("f4"), model)
    few = Batch(*(a.astype("f4") for a in batch[:3]), batch.lengths)
    value, gradient, _ = models.loss_and_gradient(small, few)
    vector = models.flatten(gradient)
    assert vector.dtype == np.float32
    exact, by, _ = models.loss_and_gradient(model, batch)
    assert value == pytest.approx(exact, rel=1e-5)
    assert worst([vector], [models.flatten(by)]) < 1e-5


def test_memory_that_is_taken_over_changes_no_number():
    model, batch = case()
    plain = models.loss_and_gradient(model, batch)
    *_, cache = models.loss_and_gradient(case(seed=5).model, batch)
    again = models.loss_and_gradient(model, batch, reuse=cache)
    assert again[0] == plain[0]
    assert np.array_equal(models.flatten(again[1]), models.flatten(plain[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_flatten_and_unflatten_undo_each_other(kind):
    model = case(kind).model
    vector = models.flatten(model)
    back = models.unflatten(vector, model)
    for a, b in zip([*back.layer, back.W, back.b], [*model.layer, model.W, model.b], strict=True):
        assert np.array_equal(a, b)
        assert np.shares_memory(a, vector)
        assert not np.shares_memory(b, vector)
    assert type(back.layer) is type(model.layer)
    assert vector[-1] == model.b[-1]
