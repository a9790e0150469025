"""What is measured for claims A and B is what its docstring says, on networks that the reference code can check."""

import math

import numpy as np
import pytest
from tests.companion.claims_toy import B, N, T, by_hand, full, toy

from companion.pages.claims import measures, setting
from companion.pages.claims.interventions import rounded_in_part
from lstm import gradient
from lstm.cell import run


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
    assert found.shares.sum() == pytest.approx(1, abs=1e-12)


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


def test_each_sequence_is_asked_from_its_own_start():
    model, task, batch = toy(11)
    batch = full(batch)
    starts = np.array([2, 4, 2, 3])
    found = measures.chain(model, task._replace(starts=lambda batch: starts), batch)
    for b, s in enumerate(starts):
        trace = run(model.layer, batch.x[:, b])
        matrix = gradient.chain(model.layer, trace, s, T)
        np.testing.assert_allclose(found.true[b], np.linalg.norm(matrix, axis=0), rtol=1e-10)
        np.testing.assert_allclose(found.own[b], np.abs(np.diag(matrix)), rtol=1e-10)
        np.testing.assert_allclose(found.product[b], np.prod(trace.f[s:], axis=0), rtol=1e-10)
        reads = 2 * (trace.h @ model.W.T + model.b - batch.y[:, b]) @ model.W
        reads[: T - 2] = 0
        dl_dc = np.abs(gradient.totals(model.layer, trace, reads).dl_dc)
        np.testing.assert_allclose(found.returned[b], dl_dc[s - 1] / dl_dc[-1], rtol=1e-10)


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


def test_the_task_is_judged_on_what_it_reads():
    model, task, batch = toy(9)
    y = batch.y.copy()
    y[-1, 2] = 100.0  # past the end of this sequence
    loss = setting.mean_loss(task, batch, batch.y)
    assert loss == 0
    assert setting.mean_loss(task, batch, y) == 0
    assert measures.judged(model, task, batch._replace(y=y))[0] == measures.judged(model, task, batch)[0]


def test_a_network_whose_error_grows_too_much_no_longer_does_its_task():
    model, task, batch = toy(12)
    strict = task._replace(growth=1.5, done=lambda batch, y: (float(np.abs(y - batch.y).mean()), True))
    as_trained = measures.judged(model, strict, batch)[1]
    assert measures.judged(model, strict, batch, None, as_trained)[2]
    assert measures.judged(model, strict, batch, None, as_trained / 1.4)[2]
    assert not measures.judged(model, strict, batch, None, as_trained / 1.6)[2]
    assert measures.judged(model, strict._replace(growth=math.inf), batch, None, as_trained / 1.6)[2]
    assert not measures.gates(model, strict._replace(growth=1e-9), batch).done_rounded


def test_gates_in_part_are_rounded_as_the_interventions_say():
    model, task, batch = toy(13)
    changes = [rounded_in_part(True), rounded_in_part(False), rounded_in_part(False, 0.05), rounded_in_part(False, 0.1)]
    losses = [measures.judged(model, task, batch, change)[0] for change in changes]
    for k in range(4):
        bar = losses[k] * 1.0000001
        task_k = task._replace(done=lambda batch, y, bar=bar: (0.0, setting.mean_loss(task, batch, y) <= bar))
        found = measures.gates(model, task_k, batch).done_in_part
        assert found.tolist() == [loss <= bar for loss in losses]
