"""What lstm.scalar says of a held unit is what lstm.gradient says of the same run."""

import re

import numpy as np
import pytest

from lstm import gradient, init_params, run, scalar

T = 6
HELD = dict(f=0.9, i=0.6, o=0.7, g=-0.4, c_1=0.8, o_1=0.3, w_2f=1.5, w_2i=-2.0, w_2g=0.7, w_2o=1.1, T=T)
UNIT = scalar.held_gates(**HELD)


def reads(last, before_it=0.0):
    return np.array([[0.0]] * (T - 2) + [[before_it], [last]])


def test_the_chains_are_those_of_the_gradient_from_every_step():
    p, trace = UNIT
    found = scalar.chains(p, trace)
    assert found.steps.tolist() == [1, 2, 3, 4, 5, 6]
    for s in range(1, T + 1):
        assert found.product_of_f[s - 1] == pytest.approx(gradient.product_of_f(trace, s, T)[0], rel=1e-13)
        of_J = gradient.product_of_jacobians(p, trace, s, T)[0, 0]
        assert found.product_of_jacobians[s - 1] == pytest.approx(of_J, rel=1e-13)
        assert found.chain[s - 1] == pytest.approx(gradient.chain(p, trace, s, T)[0, 0], rel=1e-13)
    np.testing.assert_array_equal(found.c, trace.c[:, 0])


@pytest.mark.parametrize("read", [1.0, -2.5])
def test_the_loss_of_the_chains_reads_the_last_step_alone(read):
    p, trace = UNIT
    by_c = gradient.totals(p, trace, reads(read)).dl_dc[:, 0]
    np.testing.assert_allclose(scalar.chains(p, trace, read).dl_dc, by_c, rtol=1e-13)


def test_without_a_number_the_loss_of_the_chains_is_the_last_h():
    found = [scalar.chains(*UNIT).dl_dc, scalar.chains(*UNIT, read=1.0).dl_dc]
    np.testing.assert_array_equal(*found)


def test_the_terms_are_those_of_the_last_step_and_sum_to_the_total():
    p, trace = UNIT
    both = reads(1.5, -0.7)
    total = gradient.totals(p, trace, both)
    found = scalar.terms(p, trace, 1.5, -0.7)
    np.testing.assert_allclose(found, np.ravel(gradient.terms(p, trace, T, total, both)), rtol=1e-13)
    assert sum(found) == pytest.approx(total.dl_dc[T - 2, 0], rel=1e-13)
    assert all(type(term) is float for term in found)


def test_the_held_run_starts_from_nothing_and_reads_no_input():
    p, trace = scalar.held_gates(**HELD)
    assert trace.h.shape == trace.c.shape == (T, 1)
    assert (trace.h_0.tolist(), trace.c_0.tolist(), trace.x.tolist()) == ([0.0], [0.0], [[0.0]] * T)
    assert all((getattr(p, name) == 0).all() for name in p._fields if name.startswith(("W_1", "b_")))
    assert [getattr(p, f"W_2{k}").tolist() for k in "figo"] == [[[1.5]], [[-2.0]], [[0.7]], [[1.1]]]


@pytest.mark.parametrize("name", ["f", "i", "o", "o_1", "g"])
@pytest.mark.parametrize("step", [-0.25, 0.25])
def test_a_gate_just_outside_its_range_is_refused_with_the_range(name, step):
    low, high = (-1, 1) if name == "g" else (0, 1)
    bad = (high if step > 0 else low) + step
    with pytest.raises(ValueError, match=re.escape(f"{name}: expected a value in [{low}, {high}], got {bad}") + "$"):
        scalar.held_gates(**(HELD | {name: bad}))
    scalar.held_gates(**(HELD | {name: bad - step}))


def test_a_cell_of_two_units_and_complex_numbers_are_refused():
    p = init_params(1, 2, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"^trace.c: expected shape \(any length, 1\)"):
        scalar.chains(p, run(p, np.ones((3, 1))))
    p, trace = UNIT
    with pytest.raises(TypeError, match=r"^params.W_2f: expected real numbers"):
        scalar.chains(p._replace(W_2f=p.W_2f + 0j), trace)
    with pytest.raises(TypeError, match=r"^trace.x: expected real numbers"):
        scalar.terms(p, trace._replace(x=trace.x + 0j), 1.0, 0.0)
