"""The ways to the gradient agree, share no code, and a broken derivation makes them disagree."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.cases import case, cases

from lstm import bptt, cell, equations, gradient, proofs
from lstm.scalar import held_gates

CASE = case(seed=3, m=2, n=3, T=5, scale=2.0)
OTHER = case(seed=4, m=2, n=3, T=5, scale=2.0)


@settings(max_examples=100)
@given(cases() | cases(many_to_one=True))
def test_all_ways_agree(case):
    worst = proofs.agreement(case.params, case.trace, case.reads)
    assert max(worst) < 1e-12, worst


@given(cases(scales=[0.5, 1.0]))
def test_every_single_parameter_agrees_on_its_own_scale(case):
    # Moderate scales only: 1 - g^2 rounds where g is saturated, and a parameter with no other path loses digits.
    hand = bptt.backward(case.params, case.trace, case.reads).params
    stepped = proofs.gradients_by_complex_step(case.params, case.trace, case.reads).params
    for name, a, b in zip(hand._fields, hand, stepped, strict=True):
        assert proofs.worst([a], [b]) < 1e-10, name  # one entry alone may be a sum that cancels


def test_the_agreement_holds_at_zero_biases_and_without_inputs_too():
    p = CASE.params._replace(**{f"b_{k}": np.zeros(3) for k in "ifog"})
    trace = cell.run(p, np.zeros_like(CASE.x), CASE.h_0, CASE.c_0)
    assert max(proofs.agreement(p, trace, CASE.reads)) < 1e-12


def test_a_loss_that_reads_nothing_agrees_exactly():
    assert proofs.agreement(CASE.params, CASE.trace, 0 * CASE.reads) == (0, 0, 0, 0, 0, 0)


def without_slope_of_tanh(o, c):
    return o


def swapped(now, c_prev, dl_dc, dl_dh, right=equations.deltas):
    d = right(now, c_prev, dl_dc, dl_dh)
    return d._replace(i=d.f, f=d.i)


def without_slope_of_f(now, c_prev, dl_dc, dl_dh, right=equations.deltas):
    d = right(now, c_prev, dl_dc, dl_dh)
    return d._replace(f=d.f / (1 - now.f))


def partial_instead_of_total(now, c_prev, dl_dc, dl_dh, right=equations.deltas):
    d = right(now, c_prev, dl_dc, dl_dh)
    return d._replace(o=0 * d.o)


BROKEN = [("output_slope", without_slope_of_tanh), ("deltas", swapped), ("deltas", without_slope_of_f)]
BROKEN += [("deltas", partial_instead_of_total)]


@pytest.mark.parametrize(("name", "wrong"), BROKEN, ids=[wrong.__name__ for _, wrong in BROKEN])
def test_every_comparison_sees_a_broken_derivation(monkeypatch, name, wrong):
    monkeypatch.setattr(equations, name, wrong)
    assert min(proofs.agreement(CASE.params, CASE.trace, CASE.reads)) > 1e-6


def test_a_broken_forward_pass_makes_the_ways_disagree(monkeypatch):
    right = equations.hidden_state
    monkeypatch.setattr(equations, "hidden_state", lambda o, c: right(o, np.sin(c)))
    trace = cell.run(CASE.params, CASE.x, CASE.h_0, CASE.c_0)
    assert min(proofs.agreement(CASE.params, trace, CASE.reads)) > 1e-6


def test_the_other_ways_use_nothing_of_the_hand_derivations(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a proof called the derivation that it is to prove")

    ways = [proofs.states_by_complex_step, proofs.states_by_jacobian, proofs.gradients_by_complex_step]
    before = [way(CASE.params, CASE.trace, CASE.reads) for way in ways]
    for module in (gradient, bptt):
        for name, value in vars(module).copy().items():
            if callable(value) and getattr(value, "__module__", "") == module.__name__ and not isinstance(value, type):
                monkeypatch.setattr(module, name, refuse)
    for name in ("output_slope", "deltas", "terms", "backward", "moved"):
        monkeypatch.setattr(equations, name, refuse)
    after = [way(CASE.params, CASE.trace, CASE.reads) for way in ways]
    for a, b in zip(before, after, strict=True):
        assert all(np.array_equal(p, q) for p, q in zip(_flat(a), _flat(b), strict=True))
    with pytest.raises(AssertionError, match="a proof called"):
        proofs.agreement(CASE.params, CASE.trace, CASE.reads)


def _flat(value):
    return [value] if isinstance(value, np.ndarray) else [a for part in value for a in _flat(part)]


@given(cases())
def test_the_two_proofs_agree_with_each_other_in_all_states(case):
    a = proofs.states_by_complex_step(case.params, case.trace, case.reads)
    b = proofs.states_by_jacobian(case.params, case.trace, case.reads)
    assert proofs.worst(a, b) < 1e-12


def test_worst_is_relative_to_the_largest_entry_and_keeps_a_nan():
    assert proofs.worst([[1.0, 4.0], [2.0]], [[1.0, 4.0], [1.0]]) == 0.25
    assert proofs.worst([[1.0]], [[4.0]]) == proofs.worst([[-7.0]], [[-4.0]]) == 0.75
    assert proofs.worst([[0.5]], [[0.0]]) == 0.5
    assert np.isnan(proofs.worst([[1.0], [np.nan]], [[1.0], [1.0]]))
    with pytest.raises(ValueError, match=r"found: expected shape \(2,\), got shape \(1,\)"):
        proofs.worst([[1.0]], [[1.0, 2.0]])


HELD = held_gates(f=0.9, i=0.5, o=0.5, g=0.5, c_1=0.5, o_1=0.5, w_2f=1, w_2i=1, w_2g=1, w_2o=1, T=3)
LOWER = CASE.trace._replace(c=CASE.trace.c - 0.01)
COMPLEX = CASE.params._replace(b_g=CASE.params.b_g + 0j)
BAD = [
    ("params", TypeError, lambda: proofs.agreement(CASE.trace, CASE.trace, CASE.reads)),
    ("reads", ValueError, lambda: proofs.agreement(CASE.params, CASE.trace, CASE.reads[1:])),
    ("reads", ValueError, lambda: proofs.states_by_jacobian(CASE.params, CASE.trace, CASE.reads[:, :1])),
    ("trace", TypeError, lambda: proofs.states_by_complex_step(CASE.params, CASE.params, CASE.reads)),
    ("trace.i", ValueError, lambda: proofs.agreement(CASE.params, OTHER.trace._replace(x=CASE.x), CASE.reads)),
    ("trace.c", ValueError, lambda: proofs.agreement(CASE.params, LOWER, CASE.reads)),
    ("params.b_g", TypeError, lambda: proofs.agreement(COMPLEX, cell.run(COMPLEX, CASE.x), CASE.reads)),
    ("trace.f", ValueError, lambda: proofs.agreement(*HELD, np.ones((3, 1)))),
    ("dc_T", ValueError, lambda: proofs.gradients_by_complex_step(CASE.params, CASE.trace, CASE.reads, CASE.c_0[1:])),
    ("trace.i", TypeError, lambda: proofs.agreement(CASE.params, cell.run(CASE.params, CASE.x + 1j), CASE.reads)),
]


@pytest.mark.parametrize(("name", "error", "call"), BAD, ids=[f"{k}-{row[0]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(name, error, call):
    with pytest.raises(error, match=f"^{name}:"):
        call()


@pytest.mark.parametrize("way", [proofs.states_by_complex_step, proofs.states_by_jacobian])
def test_the_derivatives_by_the_states_are_arrays_like_the_states(way):
    found = way(CASE.params, CASE.trace, CASE.reads)
    T, n = CASE.reads.shape
    assert [(type(a), a.shape) for a in found] == [(np.ndarray, shape) for shape in ((T, n), (T, n), (n,), (n,))]
