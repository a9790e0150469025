"""A unit written down number by number is the cell of (12) with these numbers."""

import numpy as np
import pytest

from companion.shared.units import one_unit, passing_through, predictors
from lstm import gates, run, sigmoid

W_2, B = dict(i=-1.0, f=1.0, o=0.5, g=2.0), dict(i=0.0, f=1.0, o=0.1, g=-0.2)
W_1 = dict(i=0.4, f=0.3, o=-0.4, g=0.7)


def test_its_gates_are_four_regressions_on_the_input_and_the_hidden_state():
    got = gates(one_unit(W_1, W_2, B), [0.5], [0.2])
    for k in "ifog":
        z = W_1[k] * 0.5 + W_2[k] * 0.2 + B[k]
        assert getattr(got, k)[0] == pytest.approx(np.tanh(z) if k == "g" else sigmoid(z), rel=1e-14)


def test_it_may_have_several_inputs():
    params = one_unit({k: [w, 2 * w, 0] for k, w in W_1.items()}, W_2, B)
    assert params.W_1f.tolist() == [[0.3, 0.6, 0.0]]
    assert params.W_2g.tolist() == [[2.0]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (dict(w_1=dict(i=1.0)), "w_1: expected the keys i, f, o, g"),
        (dict(b=B | dict(z=1.0)), "b: expected the keys i, f, o, g"),
        (dict(w_1=W_1 | dict(f=[1.0, 2.0])), "w_1"),
        (dict(w_2=W_2 | dict(f=[1.0, 2.0])), "w_2"),
        (dict(b=B | dict(o=np.nan)), "b"),
    ],
)
def test_what_does_not_fit_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        one_unit(**(dict(w_1=W_1, w_2=W_2, b=B) | changes))


def test_a_unit_passes_through_the_gates_that_are_asked():
    first, second = dict(f=0.5, i=0.5, o=0.5, g=0.0), dict(f=0.8, i=0.5, o=0.5, g=0.6)
    params = passing_through(first, second, dict(f=1, i=-1, g=2, o=1), x=(0.25, 0.5))
    trace = run(params, [[0.25], [0.5]], [0.0], [1.0])
    for k in "ifog":
        np.testing.assert_allclose(getattr(trace, k)[:, 0], [first[k], second[k]], rtol=1e-13, atol=1e-15)
    assert trace.c[:, 0] == pytest.approx([0.5, 0.7])


@pytest.mark.parametrize(("change", "said"), [({"f": 1.0}, "first: expected gates inside"), ({"g": -1.0}, "first")])
def test_a_gate_that_no_number_gives_is_refused(change, said):
    first = dict(f=0.5, i=0.5, o=0.5, g=0.0)
    with pytest.raises(ValueError, match=said):
        passing_through(first | change, first, dict.fromkeys("ifog", 0), x=(0, 1))


def test_two_equal_inputs_cannot_tell_two_steps_apart():
    gates = dict(f=0.5, i=0.5, o=0.5, g=0.0)
    with pytest.raises(ValueError, match="x: expected two different inputs"):
        passing_through(gates, gates, dict.fromkeys("ifog", 0), x=(1, 1))


def test_the_predictors_of_gates_give_the_gates_back():
    z = predictors(dict(g=-0.6, f=0.8))
    assert list(z) == ["g", "f"]
    np.testing.assert_allclose([np.tanh(z["g"]), sigmoid(z["f"])], [-0.6, 0.8], rtol=1e-15)
