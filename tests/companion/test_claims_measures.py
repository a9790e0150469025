"""What is measured for the claims is what its docstring says, on networks that the reference code can check."""

import numpy as np
import pytest

from companion.pages.claims import measures, past, setting
from companion.pages.claims.setting import Task
from lstm import gradient
from lstm.cell import run
from lstm.fast import batched
from lstm.training import models
from lstm.training.tasks import Batch

B, T, N = 4, 7, 3


def toy(seed=0, loud=3.0, forget_bias=0.0):
    """A task of squared errors on random sequences of unequal length, read at every step; a network, a batch."""
    rng = np.random.default_rng(seed)
    drawn = models.draw_lstm(2, N, 2, rng=rng, dtype=np.float64, forget_bias=forget_bias)
    model = drawn._replace(layer=type(drawn.layer)(*(loud * a for a in drawn.layer)))
    lengths = np.array([T, T - 1, T - 2, T])
    read = (np.arange(T)[:, None] < lengths).astype(float)
    x, y = rng.normal(size=(2, T, B, 2)) * read[..., None]
    task = Task("toy", (2, 2), "squared", 0.0, 0.1, None, None, lambda batch, y: (1.0, True), T)
    return model, task, Batch(x, y, read, lengths)


def full(batch):
    return batch._replace(read=np.ones((T, B)), lengths=np.full(B, T))


def by_hand(model, batch, b):
    """The trace of one sequence, and its squared error summed over the steps that are read."""
    trace = run(model.layer, batch.x[:, b])
    y = trace.h @ model.W.T + model.b
    return trace, (batch.read[:, b, None] * (y - batch.y[:, b]) ** 2).sum() / 2


def test_gates_are_counted_inside_the_sequences_and_the_loss_is_the_reference_cells():
    model, task, batch = toy()
    found = measures.gates(model, task, batch)
    traces, losses = zip(*(by_hand(model, batch, b) for b in range(B)), strict=True)
    values = [np.concatenate([getattr(t, k)[:n] for t, n in zip(traces, batch.lengths, strict=True)]) for k in "ifo"]
    near = [np.mean((v < 0.1) | (v > 0.9)) for v in values]
    np.testing.assert_allclose(found.near, [*near, np.mean(near)], atol=1e-15)
    assert 0 < found.near[-1] < 1
    np.testing.assert_allclose(found.tenths * np.size(values), np.histogram(values, np.linspace(0, 1, 11))[0])
    assert found.loss == pytest.approx(sum(losses) / batch.read.sum(), rel=1e-12)
    assert found.loss_rounded != pytest.approx(found.loss, rel=1e-3)


def test_the_chain_is_that_of_the_reference_column_by_column():
    model, task, batch = toy(1)
    found = measures.chain(model, task, full(batch))
    for b in range(B):
        trace = run(model.layer, batch.x[:, b])
        matrix = gradient.chain(model.layer, trace, 1, T)
        np.testing.assert_allclose(found.true[b], np.linalg.norm(matrix, axis=0), rtol=1e-10)
        np.testing.assert_allclose(found.product[b], np.prod(trace.f[1:], axis=0), rtol=1e-10)
    assert sum(found.shares) == pytest.approx(1, abs=1e-12)


def test_what_the_loss_feels_of_a_unit_is_the_total_derivative_of_the_reference():
    model, task, batch = toy(10)
    batch = full(batch)
    found = measures.chain(model, task, batch)
    for b in range(B):
        trace = run(model.layer, batch.x[:, b])
        reads = 2 * (trace.h @ model.W.T + model.b - batch.y[:, b]) @ model.W
        reads[: T - 2] = 0
        dl_dc = np.abs(gradient.totals(model.layer, trace, reads).dl_dc)
        rms = np.sqrt((dl_dc[-1] ** 2).mean())
        np.testing.assert_allclose(found.felt[b], dl_dc[0] / rms, rtol=1e-10)
        np.testing.assert_allclose(found.got[b], dl_dc[-1] / rms, rtol=1e-10)
        np.testing.assert_allclose(found.own[b], np.abs(np.diag(gradient.chain(model.layer, trace, 1, T))), rtol=1e-10)


def test_the_gradient_may_be_asked_of_another_step_in_each_sequence():
    model, task, batch = toy(11)
    batch = full(batch)
    whole = measures.chain(model, task, batch)
    assert measures.ends(model, task, batch, np.ones(B, int)) == (whole.cosine, whole.gradient_log10_ratio)
    last = measures.ends(model, task, batch, np.full(B, T))
    assert last == pytest.approx((1, 0), abs=1e-12)  # nothing lies between
    one = batch._replace(x=batch.x[:, :1], y=batch.y[:, :1], read=batch.read[:, :1], lengths=batch.lengths[:1])
    each = [measures.ends(model, task, one, [t]).cosine for t in (2, 3, 5)]
    assert len(set(each)) == 3


def test_without_recurrent_weights_the_product_of_f_is_the_whole_truth():
    model, task, batch = toy(2)
    alone = {f"W_2{k}": np.zeros((N, N)) for k in "ifog"}
    found = measures.chain(model._replace(layer=model.layer._replace(**alone)), task, full(batch))
    assert found.error < 1e-12
    assert found.one_step_error < 1e-12
    assert found.cosine == pytest.approx(1, abs=1e-12)
    assert found.gradient_log10_ratio == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(found.true, found.product, rtol=1e-12)


def test_only_the_loss_of_the_last_two_steps_is_asked_for_its_gradient():
    model, task, batch = toy(3)
    batch = full(batch)
    one = measures.chain(model, task, batch)
    y = batch.y.copy()
    y[: T - 2] += 5
    assert measures.chain(model, task, batch._replace(y=y)).cosine == one.cosine
    y[T - 2] += 5
    assert measures.chain(model, task, batch._replace(y=y)).cosine != one.cosine


def test_small_gates_are_cleared_and_the_first_of_four_losses_is_untouched():
    model, task, batch = toy(4, forget_bias=-1.0)
    found = past.small(model, task, batch, np.random.default_rng(0))
    runs = batched.run(model.layer, batch.x)
    counts = [(runs.f[1:n, b] < 0.1).sum() for b, n in enumerate(batch.lengths)]
    assert found.entries == pytest.approx(sum(counts) / (N * (batch.lengths - 1).sum()))
    assert sum(counts) > 5
    assert found.losses[0] == pytest.approx(measures.gates(model, task, batch).loss, rel=1e-12)
    assert len(set(found.losses)) == 4
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
    assert abs(found.ways[0]) < 0.01  # f is 1e-4: not by the direct path


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


def test_the_task_is_judged_on_what_it_reads():
    model, task, batch = toy(9)
    y = batch.y.copy()
    y[-1, 2] = 100.0  # past the end of this sequence
    loss = setting.mean_loss(task, batch, batch.y)
    assert loss == 0
    assert setting.mean_loss(task, batch, y) == 0
    assert measures.judged(model, task, batch._replace(y=y))[0] == measures.judged(model, task, batch)[0]
