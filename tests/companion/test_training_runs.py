"""Runs on the adding problem: paired by seed, repeatable, and their records."""

import numpy as np
import pytest

from companion.notebook import progress
from companion.pages.training import runs
from lstm import cell, rnn
from lstm.proofs import complex_step, worst
from lstm.training import models, tasks


def test_runs_of_one_seed_see_the_same_batches_and_other_seeds_others():
    first = {kind: next(runs.start(kind, 3)[1]) for kind in runs.KINDS}
    assert all(np.array_equal(first["rnn"].x, batch.x) for batch in first.values())
    assert not np.array_equal(first["rnn"].x, next(runs.start("rnn", 4)[1]).x)
    assert first["rnn"].x.shape == (runs.T, runs.BATCH, 2)


def test_networks_of_one_seed_differ_in_the_biases_of_their_kind_only():
    one, zero, chrono = (runs.start(kind, 3)[0] for kind in runs.KINDS[:3])
    np.testing.assert_allclose(one.layer.b_f - zero.layer.b_f, 1, rtol=1e-6)
    assert (chrono.layer.b_f <= np.log(runs.T - 1)).all()
    assert np.array_equal(chrono.layer.b_i, -chrono.layer.b_f)
    for name, array in zero.layer._asdict().items():
        assert np.array_equal(array, getattr(one.layer, name)) == (name != "b_f")
        assert np.array_equal(array, getattr(chrono.layer, name)) == (name not in ("b_f", "b_i"))


@pytest.mark.parametrize("T", [4, 6, 100])
def test_early_marks_are_two_in_the_first_half_and_the_target_is_their_sum(T):
    batch = next(tasks.adding(T, 500, rng=np.random.default_rng(0), dtype=np.float64))
    before = [a.copy() for a in batch]
    early = runs.marks_early(batch)
    marked = early.x[..., 1] == 1
    assert (marked[: T // 2].sum(axis=0) == 2).all()
    assert not marked[T // 2 :].any()
    np.testing.assert_allclose((early.x[..., 0] * marked).sum(axis=0), early.y[-1, :, 0])
    assert np.array_equal(early.x[..., 0], batch.x[..., 0])
    assert (marked & (batch.x[..., 1] == 1)).sum() == 500  # the first mark of each sequence stays
    for one, other in zip(before, batch, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("kind", runs.KINDS)
def test_a_run_is_repeated_by_its_seed(kind):
    one, two = (runs.adding(kind, 1, updates=3) for _ in range(2))
    assert np.array_equal(one.losses, two.losses)
    assert np.array_equal(models.flatten(one.model), models.flatten(two.model))
    assert len(one.losses) == 3


def test_a_run_that_diverges_ends_with_its_last_good_network():
    found = runs.adding("bias 1", 0, updates=9, rate=1e38)
    assert 1 <= len(found.losses) < 9
    assert np.isfinite(models.flatten(found.model)).all()


@pytest.mark.parametrize("kind", ["bias 1", "rnn"])
def test_how_much_a_step_is_felt_is_the_gradient_by_the_inputs(kind):
    model = runs.start(kind, 0)[0]
    batch = next(tasks.adding(5, 2, rng=np.random.default_rng(0), dtype=np.float64))
    exact = models.double(model)

    def loss(x):
        """The squared loss, by a forward pass of its own."""
        total, W, b = 0, exact.W, exact.b
        for k in range(2):
            h = reference(exact.layer, x[:, k])
            total += np.sum((W @ h[-1] + b - batch.y[-1, k]) ** 2)
        return total / 2

    assert worst([runs.by_inputs(model, batch)], [complex_step(loss, batch.x)]) < 1e-12


def reference(layer, x):
    return (cell.run if isinstance(layer, cell.Params) else rnn.run)(layer, x).h


def test_a_network_in_float64_has_the_same_weights():
    model = runs.start("bias 0", 0)[0]
    wide = models.double(model)
    assert models.flatten(wide).dtype == np.float64
    assert np.array_equal(models.flatten(wide), models.flatten(model))


RECORD = {
    "runs": [
        {"kind": "rnn", "seed": 0, "rate": 0.1, "updates_to": None, "curve": [3, 2]},
        {"kind": "chrono", "seed": 0, "rate": 0.1, "updates_to": 7, "curve": [2, 1]},
        {"kind": "rnn", "seed": 1, "rate": 0.1, "updates_to": 9, "curve": [5, 4]},
        {"kind": "rnn", "seed": 0, "rate": 0.2, "updates_to": 1, "curve": [0, 0]},
    ]
}


def test_courses_are_the_runs_of_one_rate_by_kind():
    found = runs.courses(RECORD, 0.1)
    assert list(found) == ["chrono", "rnn"]
    assert found["rnn"].updates_to == [None, 9]
    assert np.array_equal(found["rnn"].curves, [[3, 2], [5, 4]])
    assert found["chrono"].updates_to == [7]


def test_bad_input_is_refused_by_the_argument():
    with pytest.raises(ValueError, match=r"^kind: expected one of"):
        runs.start("gru", 0)
    with pytest.raises(ValueError, match=r"^seed: "):
        runs.start("rnn", -1)
    with pytest.raises(ValueError, match=r"^rate: expected one of \[0.1, 0.2\]"):
        runs.courses(RECORD, 0.3)
    with pytest.raises(TypeError, match=r"^model: "):
        models.double(runs.start("rnn", 0)[0].layer)


def test_the_bar_moves_with_each_update_and_is_closed_when_training_fails(monkeypatch):
    said = []

    class Line:
        def update(self):
            said.append("update")

        def close(self):
            said.append("closed")

    monkeypatch.setattr(progress, "bar", lambda total, label: Line())
    runs.adding("rnn", 0, updates=3, show=True)
    assert said == ["update"] * 3 + ["closed"]
    with pytest.raises(ValueError, match="rate"):
        runs.adding("rnn", 0, updates=3, rate=-1, show=True)
    assert said[-1:] == ["closed"]
    runs.adding("rnn", 0, updates=3)
    assert len(said) == 5
