"""Cells as variants at their edges: what is drawn, run and refused, and that calls reach the cell as they are made."""

import re

import numpy as np
import pytest
from tests.lstm.recurrence_cases import case

from lstm import cell, recurrences, variants
from lstm.cell import Params
from lstm.equations import sigmoid
from lstm.ranges import OutOfRange
from lstm.recurrences import LSTM_CELL, flow, scan
from lstm.recurrences.layers import LAYERS
from lstm.variants import blocks, gru, peephole, tied

TIED = {"LSTM": Params, "no forget gate": tied.NoForget, "coupled gates": tied.Coupled}


def test_the_cells_go_by_the_names_of_the_chapters():
    assert list(variants.CELLS) == ["LSTM", "no forget gate", "coupled gates", "GRU", "peepholes", "plain RNN"]


@pytest.mark.parametrize("name", TIED)
def test_tied_cells_draw_what_the_lstm_draws_under_the_same_names(name):
    found = variants.CELLS[name].init_params(3, 4, rng=np.random.default_rng(5))
    all_of_them = cell.init_params(3, 4, rng=np.random.default_rng(5))
    assert type(found) is TIED[name]
    for field, drawn in found._asdict().items():
        assert np.array_equal(drawn, getattr(all_of_them, field))


def tied_case(name, T=4, n=3, m=2):
    rng = np.random.default_rng(7)
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    p = TIED[name](*(rng.normal(size=shapes[field[:-1]]) for field in TIED[name]._fields))
    return p, rng.normal(size=(T, m)), rng.normal(size=n), rng.normal(size=n)


def gates_by_hand(p, x, h):
    found = {letter: getattr(p, f"W_1{letter}") @ x + getattr(p, f"W_2{letter}") @ h for letter in "ifog"
             if hasattr(p, f"b_{letter}")}  # fmt: skip
    found = {letter: z + getattr(p, f"b_{letter}") for letter, z in found.items()}
    f = sigmoid(found["f"]) if "f" in found else np.ones_like(h)
    return f, sigmoid(found["i"]) if "i" in found else 1 - f, sigmoid(found["o"]), np.tanh(found["g"])


@pytest.mark.parametrize("name", TIED)
def test_tied_cells_run_by_their_equations(name):
    p, x, h, c = tied_case(name)
    trace = variants.CELLS[name].run(p, x, h, c)
    for t, x_t in enumerate(x):
        f, i, o, g = gates_by_hand(p, x_t, h)
        c = f * c + i * g
        h = o * np.tanh(c)
        np.testing.assert_allclose(trace.c[t], c, rtol=1e-12)
        np.testing.assert_allclose(trace.h[t], h, rtol=1e-12)


@pytest.mark.parametrize("name", TIED)
def test_a_tied_cell_starts_again_at_step_s_with_the_output_gate_of_that_step(name):
    one, (p, *start) = variants.CELLS[name], tied_case(name)
    trace = one.run(p, *start)
    for s in (1, 3):
        h, c = one.restart(p, trace, s, np.array([0.5, -1.0, 2.0]))
        assert np.array_equal(c, [0.5, -1.0, 2.0])
        np.testing.assert_allclose(h, trace.o[s - 1] * np.tanh(c), rtol=1e-14)


@pytest.mark.parametrize("name", TIED)
def test_the_jacobian_of_a_tied_cell_is_that_of_one_more_step(name):
    one, (p, *start) = variants.CELLS[name], tied_case(name)
    trace, found = one.run(p, *start), []
    for k in range(6):
        state = np.concatenate([trace.c[1], trace.h[1]]).astype(complex)
        state[k] += 1e-30j
        after = one.run(p, trace.x[2:3], state[3:], state[:3])
        found.append(np.concatenate([after.c[0], after.h[0]]).imag / 1e-30)
    np.testing.assert_allclose(one.state_jacobian(p, trace, 3), np.transpose(found), rtol=1e-10, atol=1e-14)


def test_without_forget_gate_the_twelve_parameters_have_zeros_for_it():
    p = tied_case("no forget gate")[0]
    full = tied.as_lstm(p)
    assert all(np.array_equal(getattr(full, field), value) for field, value in p._asdict().items())
    for found, shape in ((full.W_1f, (3, 2)), (full.W_2f, (3, 3)), (full.b_f, (3,))):
        assert np.array_equal(found, np.zeros(shape))


def test_the_gru_draws_uniformly_and_its_update_bias_is_one_unless_given():
    p = gru.init_params(3, 400, rng=np.random.default_rng(0))
    given = gru.init_params(3, 400, rng=np.random.default_rng(0), update_bias=-2.5)
    for name, one in p._asdict().items():
        drawn = one - (name == "b_z")
        assert -0.05 - 1e-15 <= drawn.min() < -0.048
        assert 0.048 < drawn.max() <= 0.05 + 1e-15
        assert abs(drawn.mean()) < 5 / 20 / np.sqrt(3 * one.size)
        np.testing.assert_allclose(getattr(given, name), drawn - 2.5 * (name == "b_z"), rtol=1e-12, atol=1e-15)


def test_peepholes_are_drawn_as_wide_as_the_weights():
    p = peephole.init_params(2, 400, rng=np.random.default_rng(0))
    for one in (p.p_i, p.p_f, p.p_o):
        assert -1 / 20 <= one.min() < -0.049
        assert 0.049 < one.max() <= 1 / 20
        assert abs(one.mean()) < 5 / 20 / np.sqrt(1200)
    assert not np.array_equal(p.p_i, p.p_f)


def test_a_first_state_of_a_gru_that_does_not_fit_is_refused_by_name():
    p = gru.init_params(2, 3, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=f"^{re.escape('h_0: expected shape (3,), got shape (4,)')}$"):
        gru.run(p, np.zeros((3, 2)), np.zeros(4))


def some_blocks(n=4, C=2):
    rng = np.random.default_rng(1)
    return blocks.Blocks(**{name: rng.normal(size=shape) for name, shape in blocks.shapes(3, C, n, 2).items()})


def test_cells_that_make_no_whole_number_of_blocks_are_refused():
    p = some_blocks()._replace(b_g=np.zeros(5))
    words = r"^params\.b_g: expected as many cells as a whole number of blocks has, got 5 for 2 blocks$"
    with pytest.raises(ValueError, match=words):
        blocks.check_blocks(p)


def test_the_gradient_of_blocks_refuses_complex_parameters_by_name():
    p, x = some_blocks(), np.ones((3, 3))
    with pytest.raises(TypeError, match=r"^params\.W_1o: expected real numbers, got complex128 values$"):
        blocks.gradient(p._replace(W_1o=p.W_1o + 0j), x, blocks.run(p, x), np.ones((3, 2)))


def test_a_newer_cell_runs_from_zeros_where_nothing_is_given():
    one, p, trace, _ = case("LSTM", seed=2)
    _, i, o, g = gates_by_hand(p, trace.x[0], np.zeros(3))
    np.testing.assert_allclose(recurrences.run(one, p, trace.x).h[0], o * np.tanh(i * g), rtol=1e-12)


def test_the_direct_path_of_a_newer_cell_is_that_of_its_steps_from_first_to_last():
    for name in ("minGRU", "DeltaNet"):
        one, p, trace, _ = case(name, seed=3)
        direct, product = recurrences.variant(one).direct(p, trace), recurrences.products(one, p, trace, 4)
        assert direct.shape == product.shape == (4, *direct.shape[1:])
        whole = np.eye(direct.shape[1])
        for t in (3, 2, 1, 0):
            step = trace.steps[t]
            np.testing.assert_allclose(product[t], whole, rtol=1e-12, atol=1e-14)
            factor = np.diag(step.keep) if name == "minGRU" else np.kron(np.eye(3), step.A.T)
            np.testing.assert_allclose(direct[t], factor, rtol=1e-14)
            whole = whole @ factor


def test_the_slope_of_a_cell_is_asked_for_with_parameters_input_and_step():
    _, p, trace, reads = case("LSTM", seed=4)
    asked = []

    def slope(*arguments):
        asked.append(arguments)
        return LSTM_CELL.slope(*arguments)

    own = LSTM_CELL._replace(slope=slope)
    total = variants.totals(recurrences.variant(LSTM_CELL), p, trace, reads)
    recurrences.terms(own, p, trace, 3, total, reads)
    flow.state_jacobian(own, p, trace, 3)
    for (params, x, step), k in zip(asked, (1, 2), strict=True):
        assert isinstance(params, Params)
        assert np.array_equal(x, trace.x[k])
        assert step is trace.steps[k]


def test_the_miss_of_a_complex_run_is_refused():
    one, p, trace, _ = case("minGRU", seed=5)
    with pytest.raises(TypeError, match=f"^{re.escape('trace.c: expected real numbers, got complex128 values')}$"):
        recurrences.miss(one, p, trace._replace(c=trace.c + 0j))


def test_layers_of_the_mingru_draw_and_run_as_the_cell_does():
    for name, reach in (("minGRU", 1), ("minGRU, signed", 2)):
        p = LAYERS[name].init_params(2, 3, rng=np.random.default_rng(6))
        x = np.random.default_rng(7).normal(size=(4, 1, 2))
        c, h = np.zeros(3), LAYERS[name].forward(p, x)[0]
        for t in range(4):
            z = sigmoid(p.W_1z @ x[t, 0] + p.b_z)
            c = (1 - reach * z) * c + z * (p.W_1g @ x[t, 0] + p.b_g)
            np.testing.assert_allclose(h[t, 0], c, rtol=1e-12)


def test_doors_refuse_numbers_that_leave_the_range_by_the_names_of_their_own_arguments():
    p, one = gru.init_params(2, 3, rng=np.random.default_rng(8)), case("minGRU", seed=8)[1]
    with pytest.raises(OutOfRange, match=r"^params\.W_1z: expected numbers with finite results, got"):
        gru.step(p._replace(W_1z=np.full((3, 2), 1e200)), np.full(2, 1e199), np.zeros(3))
    with pytest.raises(OutOfRange, match=r"^params\.W_1g: expected numbers with finite results, got"):
        recurrences.run(recurrences.CELLS["minGRU"], one._replace(W_1g=np.full((3, 2), 1e200)), np.full((3, 2), 1e199))
    with pytest.raises(OutOfRange, match=r"^steps\.A: expected numbers with finite results, got"):
        scan.parallel(scan.Affine(np.full((3, 1), 1e200), np.ones((3, 1))))
