"""By what the ways to the gradient are measured, and how far a trace may be from the run that it says it is."""

import numpy as np
import pytest
from tests.cases import case

from lstm import bptt, cell, gradient, proofs

CASE = case(seed=5, m=2, n=3, T=4, scale=0.5)


def doubled(right):
    def twice(*given):
        found = right(*given)
        return type(found)(*(type(one)(*(2 * a for a in one)) if isinstance(one, tuple) else 2 * one for one in found))

    return twice


def test_states_that_are_doubled_are_off_by_the_whole_of_those_of_the_other_ways(monkeypatch):
    monkeypatch.setattr(gradient, "totals", doubled(gradient.totals))
    found = proofs.agreement(CASE.params, CASE.trace, CASE.reads)
    assert found[:2] == pytest.approx((1, 1), rel=1e-9)
    assert max(found[2:]) < 1e-12


def test_gradients_that_are_doubled_are_off_by_the_whole_of_those_of_the_other_ways(monkeypatch):
    monkeypatch.setattr(bptt, "backward", doubled(bptt.backward))
    found = proofs.agreement(CASE.params, CASE.trace, CASE.reads)
    assert max(found[:2]) < 1e-12
    assert found[2:] == pytest.approx((1, 1, 1, 1), rel=1e-9)


def test_shapes_that_differ_are_told():
    with pytest.raises(ValueError, match=r"^found: expected shape \(3,\), got shape \(2,\)$"):
        proofs.worst([np.ones(2)], [np.ones(3)])


def off(c_0, by):
    """What is said of a run from c_0 of which the first cell state of step 1 is off by so much."""
    trace = cell.run(CASE.params, CASE.x, CASE.h_0, np.full(3, c_0))
    c = trace.c.copy()
    c[0, 0] += by
    try:
        proofs.agreement(CASE.params, trace._replace(c=c), CASE.reads)
    except ValueError as error:
        return str(error)
    return "nothing"


def test_a_state_may_be_off_by_a_ten_thousandth_of_one_or_of_the_largest():
    assert off(0.1, 0.9e-4) == "nothing"
    assert off(0.1, 1.1e-4) == "trace.c: expected what run(params, ...) gives, got values off by 0.00011"
    for large in (100.0, -100.0):
        most = 1e-4 * np.abs(cell.run(CASE.params, CASE.x, CASE.h_0, np.full(3, large)).c).max()
        assert most > 2e-3
        assert off(large, 0.95 * most) == "nothing"
        assert off(large, 1.05 * most).startswith("trace.c: expected what run(params, ...) gives")
