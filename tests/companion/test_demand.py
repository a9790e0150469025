"""Cells with some gates held open: held they are and stay, and with all gates they are the LSTM."""

import numpy as np
import pytest

from companion.pages.demand import cells, figures, inside
from companion.shared import coins
from lstm import equations, init_params, proofs, run, training
from lstm.training import models
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


def test_least_squares_explains_what_is_linear_in_the_states_and_nothing_of_what_is_not():
    values, rng = np.random.default_rng(0).normal(size=(4000, 3)), np.random.default_rng(1)
    assert inside.explained(values, values @ [1, -2, 0.5] + 3) == pytest.approx(1)
    assert inside.explained(values, rng.normal(size=4000)) < 0.01
    assert inside.explained(values, values[:, 0] + rng.normal(size=4000)) == pytest.approx(0.5, abs=0.05)


def one_cell(gates, W=1.0):
    return models.Model(cells.by_hand(gates), np.array([[W]]), np.zeros(1))


def with_bell(batch):
    """A batch of two inputs with a third: no bell."""
    return batch._replace(x=np.concatenate([batch.x, np.zeros((*batch.x.shape[:2], 1))], axis=-1))


def test_a_cell_that_writes_at_the_mark_alone_holds_the_coin_and_one_that_writes_all_holds_a_vote():
    batch = with_bell(next(coins.keep(30, 4000, rng=np.random.default_rng(0))))
    alone, all_coins = (inside.coin(one_cell(gates), batch) for gates in ("io", ""))
    for name in ("in $c$", "in $h$", "size $s$", "$i$ at mark"):
        assert alone[name] == pytest.approx(1)
    assert (alone["$i$ later"], all_coins["$i$ later"]) == (pytest.approx(0, abs=1e-8), 1)
    assert (alone["one step"], all_coins["one step"]) == (pytest.approx(0, abs=1e-8), pytest.approx(1))
    assert all_coins["in $c$"] == pytest.approx(1 / 30, abs=0.02)
    assert all_coins["in $h$"] < all_coins["in $\\tanh(c/s)$"] < all_coins["in $c$"] + 0.01


def test_parts_that_cancel_are_counted_one_by_one_and_the_output_as_their_sum():
    batch = next(coins.recall(20, 50, rng=np.random.default_rng(0)))
    one = cells.by_hand("io")
    twice = {name: np.repeat(a, 2, axis=0) for name, a in one._asdict().items()}
    twice |= {name: np.zeros((2, 2)) for name in twice if name.startswith("W_2")}
    found = inside.parts(models.Model(type(one)(**twice), np.array([[1.0, -1.0]]), np.full(1, -0.3)), batch)
    assert found["sizes of the parts"] == pytest.approx(2 * np.tanh(1))
    assert found["size of their sum"] == pytest.approx(0)
    assert found["constant"] == pytest.approx(0.3)
    assert found["size of the output"] == pytest.approx(0.3)
    assert found["$o$ before"] == found["$o$ when asked"] == pytest.approx(1)


@pytest.mark.parametrize(("gates", "kept"), [("io", 1), ("ifo", 0)])
def test_a_bell_leaves_a_state_as_it_is_or_nothing_of_it(gates, kept):
    tossed = next(coins.count(200, 50, rng=np.random.default_rng(0)))
    bell = tossed.x[..., 1].copy()
    x = np.stack([tossed.x[..., 0], np.ones_like(bell), bell], axis=-1)  # every coin is marked
    columns = x[..., [0, 2, 1]]  # the measure reads the bell from the second input
    layer = cells.by_hand(gates)
    layer = layer._replace(**{f"W_1{k}": getattr(layer, f"W_1{k}")[:, [0, 2, 1]] for k in "ifog"})
    found = inside.emptied(models.Model(layer, np.ones((1, 1)), np.zeros(1)), tossed._replace(x=columns))
    assert found["kept at a bell"] == pytest.approx(kept, abs=0.05)
    assert (found["step 200"] > 1.5 * found["largest $|c|$, step 50"]) == (gates == "io")


def test_the_median_is_that_of_each_group():
    batch = with_bell(next(coins.keep(5, 50, rng=np.random.default_rng(0))))
    found = inside.medians(inside.coin, [[one_cell("io")] * 3, [one_cell("")]], batch)
    assert found["$i$ later"] == [pytest.approx(0, abs=1e-8), 1]
