"""The unit of the step on paper, as a run of its own."""

import numpy as np
import pytest

from companion.shared.paper import GATES, on_paper
from lstm import bptt, gradient, proofs, scalar


def test_its_gates_come_out_at_every_step_of_a_true_run():
    _, trace = on_paper(4)
    for gate, value in GATES.items():
        np.testing.assert_allclose(getattr(trace, gate), value, rtol=1e-14)
    np.testing.assert_allclose(trace.c[:, 0], [0.5, 0.7, 0.86, 0.988], rtol=1e-14)


def test_its_derivatives_are_those_of_the_unit_whose_gates_are_set():
    params, trace = on_paper(3)
    cell = dict(f=0.8, i=0.5, o=0.5, g=0.6, c_1=0.5, o_1=0.5)
    set_by_hand = scalar.held_gates(**cell, w_2f=1, w_2i=-1, w_2g=2, w_2o=1, T=3)
    np.testing.assert_allclose(gradient.chain(params, trace, 1, 3), gradient.chain(*set_by_hand, 1, 3), rtol=1e-14)


def test_its_gradients_are_those_of_the_complex_step():
    params, trace = on_paper(3)
    reads = np.array([[0.0], [0.0], [1.0]])
    found, expected = bptt.backward(params, trace, reads), proofs.gradients_by_complex_step(params, trace, reads)
    for mine, theirs in zip(found.params, expected.params, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("T", "error"), [(0, ValueError), (1.5, TypeError)])
def test_a_number_of_steps_that_is_none_is_refused(T, error):
    with pytest.raises(error, match=r"^T: "):
        on_paper(T)
