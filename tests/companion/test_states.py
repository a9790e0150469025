"""What the page on the states tries with a cell does what it says."""

import numpy as np
import pytest

from companion.pages.states import trials
from lstm import gradient, init_params, run

RNG = np.random.default_rng(5)
PARAMS = init_params(1, 3, rng=RNG)
X = RNG.normal(size=(12, 1))


@pytest.mark.parametrize("gate", "ifo")
@pytest.mark.parametrize(("predictor", "value"), [(40.0, 1.0), (-40.0, 0.0), (0.0, 0.5)])
def test_a_held_gate_has_one_value_at_each_step_and_the_others_go_on_moving(gate, predictor, value):
    trace = run(trials.held(PARAMS, gate, predictor), X)
    np.testing.assert_allclose(getattr(trace, gate), value, atol=1e-15)
    assert all(np.ptp(getattr(trace, other)) > 1e-3 for other in "ifo" if other != gate)


def test_what_is_no_gate_cannot_be_held():
    with pytest.raises(ValueError, match=r"^gate: expected one of i, f, o, got 'g'"):
        trials.held(PARAMS, "g", 0.0)
    with pytest.raises(ValueError, match=r"^predictor"):
        trials.held(PARAMS, "f", np.inf)


def test_the_last_cell_state_is_the_sum_of_the_candidates_with_their_weights():
    trace = run(PARAMS, X)
    summed = (trials.weights(trace.f, trace.i) * trace.g).sum(axis=0)
    np.testing.assert_allclose(summed, trace.c[-1], rtol=1e-12)
    with pytest.raises(ValueError, match=r"^i: expected shape"):
        trials.weights(trace.f, trace.i[1:])


def test_a_pulse_is_left_as_the_product_of_the_gates_says_where_no_gate_hears_of_it():
    deaf = {f"W_{k}{gate}": 0 * getattr(PARAMS, f"W_{k}{gate}") for k in (1, 2) for gate in "ifo"}
    deaf["W_2g"] = 0 * PARAMS.W_2g
    first, last, by_f = trials.left(PARAMS._replace(**deaf))
    assert last == pytest.approx(by_f, rel=1e-9)
    assert 0 < last < first
    once = run(PARAMS, np.eye(31)[:, :1])
    never = run(PARAMS, np.zeros((31, 1)))
    product = gradient.product_of_f(once, 1, 31)
    assert trials.left(PARAMS)[2] == pytest.approx(np.linalg.norm(product * (once.c[0] - never.c[0])))


def test_without_tanh_the_hidden_state_is_the_output_gate_times_the_memory_and_feeds_back():
    got, usual = trials.run_without_tanh(PARAMS, X), run(PARAMS, X)
    np.testing.assert_array_equal(got.h, got.o * got.c)
    np.testing.assert_array_equal(got.c[0], usual.c[0])
    assert np.abs(got.c[1:] - usual.c[1:]).min() > 0
