"""What is measured for claim C is what its docstring says, and its controls are of one size."""

import numpy as np
import pytest
from tests.companion.claims_toy import N, toy

from companion.pages.claims import measures, past
from lstm.fast import batched


def test_small_gates_are_cleared_and_the_first_of_four_losses_is_untouched():
    model, task, batch = toy(4, forget_bias=-1.0)
    found = past.small(model, task, batch, np.random.default_rng(0))
    runs = batched.run(model.layer, batch.x)
    counts = [(runs.f[1:n, b] < 0.1).sum() for b, n in enumerate(batch.lengths)]
    assert found.entries == pytest.approx(sum(counts) / (N * (batch.lengths - 1).sum()))
    assert sum(counts) > 5
    assert found.losses[0] == pytest.approx(measures.gates(model, task, batch).loss, rel=1e-12)
    assert len(set(found.losses)) == 4
    assert found.done is True
    assert abs(found.losses[1] - found.losses[0]) < abs(found.losses[2] - found.losses[0])
    assert found.ways.sum() == pytest.approx(1, abs=1e-12)
    assert (found.typical > 0).all()


def test_an_even_share_is_1_where_every_f_is_small():
    model, task, batch = toy(5, loud=1.0)
    never = model._replace(layer=model.layer._replace(b_f=np.full(N, -9.0)))
    found = past.small(never, task, batch, np.random.default_rng(0))
    assert found.entries == 1
    assert found.carried == pytest.approx(1, abs=1e-12)
    assert 0.3 < found.typical[0] < np.sqrt(N)  # a median of sizes whose mean square is 1
    assert np.isnan(found.typical[1])
    assert abs(found.ways[0]) < 0.01  # f is 1e-4: not by the direct way


def test_where_no_f_is_small_nothing_is_cleared():
    model, task, batch = toy(6, loud=0.1, forget_bias=50.0)
    found = past.small(model, task, batch, np.random.default_rng(0))
    assert found.entries == 0
    assert len(set(found.losses)) == 1
    assert np.isnan([found.carried, *found.ways, *found.typical]).all()


def test_units_clamped_side_by_side_are_units_clamped_one_by_one():
    model, task, batch = toy(7)
    found = past.clamps(model, task, batch, np.random.default_rng(0))
    for unit in range(N):
        for value, losses in [(0.0, found.cleared), (1.0, found.kept)]:

            def change(k, i, f, o, unit=unit, value=value):
                f = f.copy()
                f[:, unit] = value
                return i, f, o

            assert losses[unit] == pytest.approx(measures.judged(model, task, batch, change)[0], rel=1e-12)
    ranks = [np.argsort(np.argsort(a)) for a in (found.mean_f, found.cleared)]
    assert found.rank == pytest.approx(1 - 6 * ((ranks[0] - ranks[1]) ** 2).sum() / (N * (N**2 - 1)))
    assert found.loss == pytest.approx(measures.judged(model, task, batch)[0], rel=1e-12)


def test_nothing_of_the_callers_is_changed():
    model, task, batch = toy(8)
    before = [a.copy() for a in (*model.layer, model.W, model.b, *batch)]
    past.clamps(model, task, batch, np.random.default_rng(0))
    past.small(model, task, batch, np.random.default_rng(0))
    for a, b in zip(before, (*model.layer, model.W, model.b, *batch), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_controls_are_means_over_several_draws():
    model, task, batch = toy(4, forget_bias=-1.0)
    many = [past.small(model, task, batch, np.random.default_rng(seed)).losses for seed in range(30)]
    one_draw = []
    for seed in range(30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(past, "DRAWS", 1)
            one_draw.append(past.small(model, task, batch, np.random.default_rng(seed)).losses)
    assert np.std(many, axis=0)[2] < np.std(one_draw, axis=0)[2]
    np.testing.assert_allclose(np.std(many, axis=0)[:2], 0, atol=1e-12)
