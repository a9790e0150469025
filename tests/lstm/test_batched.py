"""The batched code behind the audit is the reference, sequence by sequence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import SCALES

from lstm import equations, gradient, init_params, run
from lstm.cell import Params
from lstm.fast import batched


def batch(seed, m, n, T, B, scale):
    """(params, x (T, B, m), reads (T, B, n)), a loss at every step, biases not zero."""
    rng = np.random.default_rng(seed)
    params = Params(*(scale * p for p in init_params(m, n, rng=rng)))
    return params, rng.normal(size=(T, B, m)), rng.normal(size=(T, B, n))


shapes = {"m": st.integers(1, 4), "n": st.integers(1, 5), "T": st.integers(3, 7), "B": st.integers(1, 4)}
batches = st.builds(batch, st.integers(0, 2**32 - 1), **shapes, scale=st.sampled_from(SCALES))


def apart(ours, reference):
    """The largest difference, on the scale of the largest entry."""
    ours, reference = np.array(ours), np.array(reference)
    assert ours.shape == reference.shape
    return np.abs(ours - reference).max() / max(np.abs(reference).max(), 1e-300)


def worst(given_batch, s=1):
    """How far runs, totals, terms and chain are from the reference, the largest of all sequences."""
    params, x, reads = given_batch
    T = len(x)
    runs = batched.run(params, x)
    total = batched.totals(params, runs, reads)
    six = batched.terms(params, runs, total, reads)
    chains = batched.chain(params, runs, s, T)
    found = []
    for b in range(x.shape[1]):
        trace = run(params, x[:, b])
        one = gradient.totals(params, trace, reads[:, b])
        steps = range(2, T + 1)
        by_step = [gradient.terms(params, trace, t, one, reads[:, b]) for t in steps]
        found += [
            apart([a[:, b] for a in runs], trace[:6]),
            apart([a[:, b] for a in total], one),
            apart([a[:, b] for a in six], np.swapaxes(by_step, 0, 1)),
            apart(chains[b], gradient.chain(params, trace, s, T)),
        ]
    return max(found)


@given(batches, st.integers(1, 3))
def test_runs_totals_terms_and_chain_are_the_reference(given_batch, s):
    assert worst(given_batch, s) < 1e-12


@pytest.mark.parametrize("which", range(4))
def test_a_path_left_out_is_seen(which, monkeypatch):
    whole = equations.deltas

    def without_one(now, *rest):
        found = whole(now, *rest)
        if now.c.ndim < 3:  # the reference stays as it is
            return found
        return found._replace(**{"ifog"[which]: 0 * found[which]})

    monkeypatch.setattr(equations, "deltas", without_one)
    assert worst(batch(0, 2, 3, 5, 2, 3.0)) > 1e-3


@given(batches)
def test_the_direct_path_alone_is_the_product_of_f_for_a_loss_read_at_the_end(given_batch):
    params, x, reads = given_batch
    reads[:-1] = 0
    runs = batched.run(params, x)
    last = batched.totals(params, runs, reads).dl_dc[-1]
    found = batched.by_product_of_f(runs, reads)
    for b in range(x.shape[1]):
        trace = run(params, x[:, b])
        by_f = [gradient.product_of_f(trace, t, len(x)) * last[b] for t in range(1, len(x) + 1)]
        assert apart(found[:, b], by_f) < 1e-12


@given(batches)
def test_without_recurrent_weights_the_direct_path_is_the_whole_gradient(given_batch):
    params, x, reads = given_batch
    params = params._replace(**{f"W_2{k}": 0 * params.W_2i for k in "ifog"})
    runs = batched.run(params, x)
    assert apart(batched.by_product_of_f(runs, reads), batched.totals(params, runs, reads).dl_dc) < 1e-12


def test_float32_weights_are_computed_with_in_float64():
    params, x, _ = batch(1, 2, 3, 4, 2, 1.0)
    single = Params(*(p.astype(np.float32) for p in params))
    runs = batched.run(single, x.astype(np.float32))
    same = batched.run(Params(*(p.astype(np.float64) for p in single)), x.astype(np.float32).astype(np.float64))
    assert {a.dtype for a in runs} == {np.dtype(np.float64)}
    assert all(np.array_equal(a, b) for a, b in zip(runs, same, strict=True))


def test_what_does_not_fit_is_refused_by_its_name():
    params, x, reads = batch(2, 2, 3, 4, 2, 1.0)
    runs = batched.run(params, x)
    total = batched.totals(params, runs, reads)
    with pytest.raises(ValueError, match=r"^x: expected shape \(any length, any length, 2\), got shape \(4, 2\)"):
        batched.run(params, x[:, 0])
    with pytest.raises(TypeError, match=r"^x: expected real numbers, got complex128"):
        batched.run(params, x + 0j)
    with pytest.raises(TypeError, match=r"^params: expected arrays all of float32 or all of float64"):
        batched.run(params._replace(b_f=params.b_f.astype(np.float32)), x)
    with pytest.raises(ValueError, match=r"^reads: expected shape \(4, 2, 3\), got shape \(4, 1, 3\)"):
        batched.totals(params, runs, reads[:, :1])
    with pytest.raises(TypeError, match=r"^runs: expected lstm.Step"):
        batched.totals(params, tuple(runs), reads)
    with pytest.raises(ValueError, match=r"^runs.c: expected shape \(any length, any length, 5\)"):
        batched.chain(init_params(2, 5, rng=np.random.default_rng(0)), runs, 1, 4)
    with pytest.raises(TypeError, match=r"^total: expected lstm.Totals"):
        batched.terms(params, runs, tuple(total), reads)
    with pytest.raises(ValueError, match=r"^T: expected at least 2, got 1"):
        batched.terms(params, batched.run(params, x[:1]), total, reads[:1])
    with pytest.raises(ValueError, match=r"^s: expected at least 1 and at most 3, got 4"):
        batched.chain(params, runs, 4, 3)


def test_a_chain_that_overflows_is_refused():
    _, x, _ = batch(3, 1, 1, 400, 1, 1.0)
    one, zero = np.ones((1, 1)), np.zeros((1, 1))
    loud = Params(zero, zero, 40 * one[0], zero, zero, 40 * one[0], zero, zero, 40 * one[0], zero, 1e3 * one, zero[0])
    runs = batched.run(loud, 0 * x)
    words = r"^s: dc\^\(400\)/dc\^\(1\) leaves the range of float64, expected fewer steps, got 399$"
    with pytest.raises(ValueError, match=words):
        batched.chain(loud, runs, 1, 400)
    still = runs._replace(**{k: np.zeros_like(runs.c) for k in "ifog"})  # a second sequence that does not
    both = type(runs)(*(np.concatenate(pair, axis=1) for pair in zip(runs, still, strict=True)))
    with pytest.raises(ValueError, match=words):
        batched.chain(loud, both, 1, 400)


def test_the_chain_over_no_step_is_the_identity():
    params, x, _ = batch(6, 2, 3, 3, 2, 1.0)
    assert (batched.chain(params, batched.run(params, x), 1, 1) == np.eye(3)).all()


def test_nothing_of_the_caller_is_changed():
    params, x, reads = batch(4, 2, 3, 4, 2, 1.0)
    before = [a.copy() for a in (*params, x, reads)]
    runs = batched.run(params, x)
    batched.terms(params, runs, batched.totals(params, runs, reads), reads)
    batched.by_product_of_f(runs, reads)
    batched.chain(params, runs, 1, 4)
    assert all(np.array_equal(a, b) for a, b in zip(before, (*params, x, reads), strict=True))


@given(batches)
def test_changed_gates_are_those_that_the_steps_are_made_with(given_batch):
    params, x, _ = given_batch
    seen = []

    def change(k, i, f, o):
        seen.append((k, i.shape))
        return i if k % 2 else np.zeros_like(i), np.ones_like(f), 0.5 * o

    plain = batched.run(params, x)
    same, found = batched.run(params, x, change=lambda k, i, f, o: (i, f, o)), batched.run(params, x, change=change)
    assert apart(same, plain) == 0
    assert seen == [(k, plain.i.shape[1:]) for k in range(len(x))]
    assert (found.f == 1).all()
    assert (found.i[::2] == 0).all()
    np.testing.assert_allclose(found.c, np.cumsum(found.i * found.g, axis=0), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.h, found.o * np.tanh(found.c), rtol=1e-14)
    assert (found.o <= 0.5).all()


@pytest.mark.parametrize(("name", "value"), [("i", -0.001), ("f", 1.001), ("o", np.nan)])
def test_changed_gates_that_are_none_are_refused_by_name(name, value):
    params, x, _ = batch(0, 2, 3, 4, 2, 1.0)

    def change(k, i, f, o):
        gates = {"i": i, "f": f, "o": o}
        return tuple((gates | {name: np.full_like(gates[name], value)}).values())

    words = "expected finite" if np.isnan(value) else rf"expected gates in \[0, 1\], got {name} from {value} to {value}"
    with pytest.raises(ValueError, match=f"^change.*{words}"):
        batched.run(params, x, change=change)
    with pytest.raises(ValueError, match=r"^change: f: expected shape \(2, 3\), got shape \(2, 1\)"):
        batched.run(params, x, change=lambda k, i, f, o: (i, f[:, :1], o))
