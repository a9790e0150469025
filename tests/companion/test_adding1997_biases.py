"""The networks of the experiment of 1997 before training: their biases, and the half-lives that these mean."""

import numpy as np
import pytest

from companion.pages.adding1997 import experiment
from lstm.training import models


def lstm(seed=0, n=4, dtype=np.float64):
    return models.draw_lstm(2, n, 1, rng=np.random.default_rng(seed), dtype=dtype)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_biases_are_set_and_nothing_else_is():
    model = lstm(dtype=np.float32)
    new = experiment.with_biases(model, 20, [0, -3, -3, -6])
    assert new.layer.b_f.tolist() == [20] * 4
    assert new.layer.b_i.tolist() == [0, -3, -3, -6]
    assert {a.dtype for a in new.layer} == {np.dtype(np.float32)}
    for name, array in model.layer._asdict().items():
        assert name in ("b_f", "b_i") or getattr(new.layer, name) is array
    assert abs(model.layer.b_f).max() < 3  # the caller's stays
    with pytest.raises(ValueError, match="broadcast"):
        experiment.with_biases(model, 20, [0, 1])


def test_half_lives_are_those_of_a_gate_held_at_its_bias():
    model = lstm()
    f = np.array([0.5, 0.9, 0.99, 0.999])
    model = model._replace(layer=model.layer._replace(b_f=np.log(f / (1 - f))))
    np.testing.assert_allclose(f ** experiment.half_lives(model), 0.5, rtol=1e-9)


def test_half_of_chrono_has_the_biases_of_one_gate_and_leaves_the_other_near_zero():
    both, f, i = (experiment.draw(f"chrono{half}", 50, rng=rng()).layer for half in ("", ", b_f only", ", b_i only"))
    np.testing.assert_array_equal(both.b_f, -both.b_i)
    np.testing.assert_array_equal(f.b_f, both.b_f)
    np.testing.assert_array_equal(i.b_i, both.b_i)
    assert max(np.abs(f.b_i).max(), np.abs(i.b_f).max()) <= 1 / np.sqrt(experiment.UNITS) < both.b_f.max()
    with pytest.raises(ValueError, match="init: expected one of"):
        experiment.draw("orthogonal", 50, rng=rng())
