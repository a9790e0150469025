"""Cells with some gates held open: held they are and stay, and with all gates they are the LSTM."""

import numpy as np
import pytest

from companion.pages.demand import cells, figures
from companion.shared import coins
from lstm import equations, init_params, proofs, run, training
from lstm.variants import NO_FORGET
from lstm.variants.tied import NoForget


def drawn(gates):
    return cells.hold_open(init_params(3, 4, rng=np.random.default_rng(0)), gates)


@pytest.mark.parametrize("gates", cells.GATES)
def test_a_missing_gate_is_exactly_one_and_a_present_one_is_as_drawn(gates):
    params, whole = drawn(gates), drawn("ifo")
    one, all_gates = (equations.gates(p, np.ones(3), np.ones(4)) for p in (params, whole))
    for name in "ifo":
        expected = getattr(all_gates, name) if name in gates else 1.0
        np.testing.assert_array_equal(getattr(one, name), expected)


def test_the_carousel_is_its_equation():
    params, x = drawn(""), np.random.default_rng(1).normal(size=(5, 3))
    c = np.zeros(4)
    for t, x_t in enumerate(x):
        c = c + np.tanh(params.W_1g @ x_t + params.W_2g @ np.tanh(c) + params.b_g)
        np.testing.assert_allclose(run(params, x).c[t], c, rtol=1e-12)


def test_with_a_write_gate_the_candidate_is_weighed():
    params, x = drawn("i"), np.random.default_rng(1).normal(size=(5, 3))
    trace = run(params, x)
    np.testing.assert_allclose(np.diff(trace.c, axis=0), (trace.i * trace.g)[1:], rtol=1e-12)
    np.testing.assert_allclose(trace.h, np.tanh(trace.c), rtol=1e-12)


def test_without_a_forget_gate_the_cell_is_the_variant_of_that_name():
    params, x = drawn("io"), np.random.default_rng(1).normal(size=(5, 3))
    variant = NoForget(*(getattr(params, name) for name in NoForget._fields))
    np.testing.assert_allclose(run(params, x).c, NO_FORGET.run(variant, x).c, rtol=1e-12)


def test_without_recurrent_weights_the_factor_of_the_carousel_is_one():
    params, x = cells.by_hand(""), np.random.default_rng(1).normal(size=(9, 3))

    def last(c):
        return run(params, x, np.zeros(1), c).c[-1]

    np.testing.assert_allclose(proofs.complex_step(last, np.array([0.3])), [[1.0]], rtol=1e-14)


def test_training_leaves_a_missing_gate_where_it_is():
    trained = cells.train("i", "keep", 5, 3, seed=0, updates=20).model.layer
    for gate in "fo":
        assert (getattr(trained, f"b_{gate}") == cells.OPEN).all()
        assert not getattr(trained, f"W_1{gate}").any()
        assert not getattr(trained, f"W_2{gate}").any()
    assert (trained.b_i != cells.draw("i", 2, 3, seed=0).layer.b_i).all()


def test_a_constant_write_gate_stands_at_its_level_whatever_it_reads_and_training_leaves_it_there():
    start = cells.draw("i", 2, 3, seed=0)
    run = cells.train("i", "keep", 5, 3, seed=0, updates=5, level=0.3)
    for layer in (cells.constant(start, 0.3).layer, run.model.layer):
        gates = equations.gates(layer, np.array([5.0, -3.0]), np.array([0.9, -0.9, 0.1]))
        np.testing.assert_allclose(gates.i, 0.3, rtol=1e-12)
    for name in ("W_1g", "W_2g", "b_g"):
        assert (getattr(run.model.layer, name) != getattr(start.layer, name)).all()


def test_the_write_gate_of_the_ablation_would_move_if_it_were_not_held():
    model = cells.constant(cells.draw("i", 2, 3, seed=0), 0.3)
    batches = coins.keep(5, 8, rng=np.random.default_rng(0))
    free = training.train(model, batches, updates=5).model.layer
    assert (free.W_1i != 0).all()
    assert (free.b_i != model.layer.b_i).all()


def test_a_cell_that_is_not_fed_back_is_trained_without_what_g_reads_from_h():
    trained = cells.train("i", "keep", 5, 3, seed=0, updates=5, fed_back=False).model.layer
    assert not trained.W_2g.any()
    assert (trained.W_2i != cells.draw("i", 2, 3, seed=0).layer.W_2i).all()
    both = cells.train("i", "keep", 5, 3, seed=0, updates=5, level=0.3, fed_back=False).model.layer
    assert not both.W_2g.any()
    assert not both.W_2i.any()


@pytest.mark.parametrize("level", [0, 1, -0.2, np.nan])
def test_a_level_that_no_gate_can_have_is_refused(level):
    with pytest.raises(ValueError, match=r"^level: "):
        cells.constant(cells.draw("i", 2, 2, seed=0), level)


def test_cells_of_one_seed_start_alike_in_what_they_share():
    one, other = (cells.draw(gates, 2, 3, seed=5).layer for gates in ("i", "ifo"))
    np.testing.assert_array_equal(one.W_1i, other.W_1i)
    np.testing.assert_array_equal(one.W_2g, other.W_2g)


def test_the_cell_set_by_hand_writes_at_marks_and_empties_at_bells():
    x = np.array([[1, 1, 0], [-1, 0, 0], [1, 1, 0], [-1, 0, 1], [-1, 1, 0]], dtype=float)
    np.testing.assert_allclose(run(cells.by_hand("ifo"), x).c[:, 0], [1, 1, 2, 0, -1], atol=1e-6)
    np.testing.assert_allclose(run(cells.by_hand(""), x).c[:, 0], [1, 0, 1, 0, -1], atol=1e-6)


def test_the_error_is_one_for_who_tells_the_mean():
    batch = next(coins.count(300, 4, rng=np.random.default_rng(0)))
    silent = cells.draw("ifo", 2, 2, seed=0)
    silent = silent._replace(W=0 * silent.W, b=np.full(1, batch.y.mean()))
    assert cells.error(silent, batch) == pytest.approx(1)


def test_the_largest_step_is_that_of_the_state():
    x = np.array([[1, 1, 0], [1, 1, 0], [-1, 0, 1]], dtype=float)
    assert cells.largest_step(cells.by_hand("io"), x) == pytest.approx(1)
    assert cells.largest_step(cells.by_hand("ifo"), x) == pytest.approx(2)


def test_what_is_no_gate_or_no_task_is_refused():
    with pytest.raises(ValueError, match=r"^gates: expected letters of 'ifo', got \['x'\]"):
        cells.draw("ix", 2, 2, seed=0)
    with pytest.raises(ValueError, match=r"^task: "):
        cells.train("i", "told", 5, 2, seed=0, updates=1)


def test_the_figure_shows_each_cell_and_refuses_what_does_not_fit():
    marks, bells = np.array([1, 0, 0]), np.array([0, 0, 1])
    figure = figures.held({"bare": [1.0, 2, 3], "gated": [1.0, 1, 0]}, marks, bells)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["bare", "gated"]
    with pytest.raises(ValueError, match=r"^cells\['bare'\]: expected shape"):
        figures.held({"bare": [1.0, 2]}, marks, bells)
