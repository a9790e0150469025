"""Right backward passes in many conventions are called right, and the convention is found or asked for by name."""

import importlib
import inspect

import numpy as np
import pytest
from tests.lstm.backward_passes import cell, joined, module, rows, whole

import lstm
from lstm import bptt
from lstm.check import convention, own
from lstm.check import task as tasks
from lstm.proofs import gradients_by_complex_step

RIGHT = {
    "batch first, a forward and a backward pass": (lambda: lstm.check(rows.backward, rows.forward), "BTm", 15),
    "the module itself": (lambda: lstm.check(rows), "BTm", 15),
    "a cell, batch first": (lambda: lstm.check(rows.step_backward, rows.step_forward), "Bm", 15),
    "a batch in columns, time last, dicts": (lambda: lstm.check(joined), "mBT", 14),
    "a cell, a batch in columns": (lambda: lstm.check(joined.cell_backward, joined.cell_forward), "mB", 15),
    "a class, two biases": (lambda: lstm.check(module.LSTM), "TBm", 19),
    "an object": (lambda: lstm.check(module.LSTM(2, 3)), "TBm", 19),
    "a cell, no batch, all in one": (lambda: lstm.check(cell.backward), "m", 15),
    "a sequence, no batch, losses on c": (lambda: lstm.check(whole.backward), "Tm", 15),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_pass_is_called_right_and_its_layout_is_found(name):
    call, layout, parts = RIGHT[name]
    found = call()
    assert found.right, str(found)
    assert f"layout={layout!r}" in found.convention
    assert len(found.parts) == parts
    assert (found.causes, found.findings, found.hints, found.words) == ((), (), (), "")
    found.assert_right()


@pytest.mark.parametrize("order", ["ifog", "fiog", "ogif", "gofi"])
def test_the_order_of_the_gates_is_found(order):
    text = inspect.getsource(whole)
    stacked = ", ".join(
        f"{'np.tanh' if k == 'g' else 'sigmoid'}(z[{j} * n : {j + 1} * n])" for j, k in enumerate(order)
    )
    line = next(line for line in text.splitlines() if line.strip().startswith("g[t], i[t]"))
    text = text.replace(line, f"        {', '.join(f'{k}[t]' for k in order)} = {stacked}")
    text = text.replace("[dzg, dzi, dzf, dzo]", "[" + ", ".join(f"dz{k}" for k in order) + "]")
    names = {}
    exec(text, names)
    found = lstm.check(names["backward"])
    assert found.right
    assert f"gates={order!r}" in found.convention


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_and_sizes_do_as_well(seed):
    assert lstm.check(rows, seed=seed, m=5, n=4, T=3, B=2).right


def no_names(a, b, c, d, e, f, u, v):
    return whole.backward(a, b, c, d, e, f, u, v)


def test_other_names_are_asked_for_and_then_taken():
    with pytest.raises(
        TypeError, match=r"^backward: expected arguments with usual names, got 'a': say what it is, names="
    ):
        lstm.check(no_names)
    names = dict(zip("abcdefuv", ["W_1", "W_2", "b", "x", "h_0", "c_0", "dh", "dc"], strict=True))
    assert lstm.check(no_names, names=names).right


def test_results_in_another_order_are_told_by_returns():
    def backward(W, U, b, x, h0, c0, dh, dc):
        return whole.backward(W, U, b, x, h0, c0, dh, dc)[::-1]

    assert lstm.check(backward, returns=("c_0", "h_0", "x", "b", "W_2", "W_1")).right


def test_a_convention_that_is_given_is_not_sought():
    assert lstm.check(whole.backward, layout="Tm", gates="gifo").right
    assert not lstm.check(whole.backward, layout="Tm", gates="ifog").right


def test_where_several_conventions_fit_alike_it_asks_for_one():
    def backward(W, U, b, x, h0, c0, dh, dc):
        return [np.full_like(a, 7.0) for a in (W, U, b, x, h0, c0)]

    with pytest.raises(ValueError, match=r"^gates, layout: expected one convention that fits, found several .*gates="):
        lstm.check(backward)


def test_the_truth_is_that_of_the_complex_step():
    task = tasks.draw(0, 2, 3, 4, 1)
    trace = lstm.run(task.params, task.x[..., 0], task.h_0[:, 0], task.c_0[:, 0])
    alone = task._replace(dh_T=0 * task.dh_T, dc=0 * task.dc)
    true = gradients_by_complex_step(task.params, trace, task.dh[..., 0], task.dc_T[:, 0])
    found = tasks.truth(alone)
    for name in lstm.Params._fields:
        np.testing.assert_allclose(found[name], getattr(true.params, name), rtol=0, atol=1e-13)
    np.testing.assert_allclose(found["x"][..., 0], true.x, rtol=0, atol=1e-13)
    np.testing.assert_allclose(found["c_0"][:, 0], true.c_0, rtol=0, atol=1e-13)
    assert isinstance(true, bptt.Gradients)


def test_the_truth_with_losses_on_every_c_is_that_of_an_own_forward_pass():
    """`whole` gives h and c of all steps here, and a real array holds them: differences, not the complex step."""
    text = inspect.getsource(whole).replace(
        "    dW, dU, db, dx = ", "    return h[1:], c[1:], None\n    dW, dU, db, dx = "
    )
    names = {}
    exec(
        text.replace(", dh, dc):\n    T, n = dh.shape", "):\n    T, n = len(x), len(h0)").replace(
            "def backward", "def forward"
        ),
        names,
    )
    subject_of = own.truth
    from lstm.check.subject import Subject

    def backward(W, U, b, x, h0, c0, dh, dc, cache):
        return whole.backward(W, U, b, x, h0, c0, dh, dc)

    subject = Subject(backward, names["forward"], {}, None)
    task = tasks.given(tasks.draw(0, 2, 3, 4, 1), subject.roles, "every")
    found, how = subject_of(subject, task, convention.Convention(layout="Tm", gates="gifo"), False)
    assert how == own.DIFFERENCES
    for name, true in tasks.truth(task).items():
        np.testing.assert_allclose(found[name], true, rtol=0, atol=1e-9)


def test_another_cell_is_compared_with_its_own_forward_pass():
    """A gate that is linear: its slope is 0.2, not s (1 - s)."""
    text = inspect.getsource(importlib.import_module("tests.lstm.backward_passes.rows"))
    linear = text.replace("return 1 / (1 + np.exp(-z))", "return 0.5 + 0.2 * z")
    right = linear.replace("i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do", "0.2 * di, 0.2 * df, 0.2 * do")
    for source, verdict in ((linear, False), (right, True)):
        names = {}
        exec(source, names)
        with pytest.raises(ValueError, match=r"^forward: expected \(12\) to \(14\), got another h"):
            lstm.check(names["backward"], names["forward"])
        found = lstm.check(names["backward"], names["forward"], truth="forward", layout="BTm")
        assert found.right is verdict
        assert found.truth == own.STEP
