"""Norms, scaling, and what the cells of lstm.variants refuse."""

import numpy as np
import pytest
from tests.lstm.variant_cases import case, every_cell

from lstm import variants
from lstm.variants import COUPLED, GRU, LSTM, NO_FORGET, PEEPHOLE, RNN, peephole


@every_cell
def test_norms_are_those_of_the_chain_and_of_the_product_counted_back(name):
    variant, params, trace, _ = case(name, seed=8)
    found = variants.norms(variant, [params, params], trace.x)
    assert found.true.shape == found.direct.shape == (2, 6)
    run = variant.run(params, trace.x)
    for back in range(6):
        A = variants.chains(variant, params, run, 6)[5 - back]
        assert found.true[1, back] == pytest.approx(np.linalg.norm(A, 2))
        assert found.direct[1, back] == variants.products_of_direct(variant, params, run, 6)[5 - back].max()
    assert (found.true[:, 0] == 1).all()


@every_cell
def test_scaling_multiplies_the_recurrent_matrices_and_nothing_else(name):
    params = case(name, seed=8)[1]
    for k, v in variants.scaled(params, 3)._asdict().items():
        np.testing.assert_array_equal(v, getattr(params, k) * (3 if k.startswith("W_2") else 1))


def test_the_tied_cells_start_from_the_draws_of_the_lstm_and_float32_stays_float32():
    drawn = [v.init_params(2, 3, rng=np.random.default_rng(0)) for v in (LSTM, NO_FORGET, COUPLED)]
    for params in drawn[1:]:
        for k, v in params._asdict().items():
            np.testing.assert_array_equal(v, getattr(drawn[0], k))
            assert v.all()
    for variant in (NO_FORGET, COUPLED, GRU, PEEPHOLE):
        params = variant.init_params(2, 3, rng=np.random.default_rng(0))
        params = type(params)(*(v.astype(np.float32) for v in params))
        assert variant.run(params, np.ones((4, 2), np.float32)).h.dtype == np.float32


@every_cell
def test_nothing_that_was_given_is_written_to(name):
    variant, params, trace, reads = case(name, seed=9)
    given = [*params, *trace, reads]
    before = [v.copy() for v in given]
    total = variants.totals(variant, params, trace, reads)
    variant.terms(params, trace, 3, total, reads)
    variants.chains(variant, params, trace, 6)
    variants.products_of_direct(variant, params, trace, 6)
    variants.scaled(params, 2)
    assert all((v == w).all() for v, w in zip(given, before, strict=True))


@every_cell
def test_bad_arguments_are_refused_by_name(name):
    variant, params, trace, reads = case(name, seed=9)
    total = variants.totals(variant, params, trace, reads)
    with pytest.raises(ValueError, match=r"^t: expected at least 2"):
        variant.terms(params, trace, 1, total, reads)
    with pytest.raises(TypeError, match=r"^total: expected lstm.Totals"):
        variant.terms(params, trace, 2, tuple(total), reads)
    with pytest.raises(ValueError, match=r"^reads: expected shape \(6, 4\), got shape \(4, 6\)"):
        variants.totals(variant, params, trace, reads.T)
    with pytest.raises(ValueError, match=r"^t: expected at least 1 and at most 6, got 7"):
        variants.chains(variant, params, trace, 7)
    with pytest.raises(ValueError, match=r"^s: expected at least 1"):
        variants.follow(variant, params, trace, 0, trace.h[0])
    with pytest.raises(ValueError, match=r"^x: expected shape \(any length, 2\), got shape \(6, 3\)"):
        variant.run(params, np.zeros((6, 3)))
    with pytest.raises(TypeError, match=r"^params: expected lstm."):
        variant.run(tuple(params), trace.x)
    with pytest.raises(ValueError, match=r"^b_g|^b: expected shape \(4,\), got shape \(3,\)"):
        variant.run(params._replace(**{params._fields[-1] if name == "plain RNN" else "b_g": np.zeros(3)}), trace.x)


def test_a_trace_of_another_kind_or_size_is_refused():
    small = case("GRU", seed=9, size=(2, 3, 6))[2]
    variant, params, trace, _ = case("GRU", seed=9)
    with pytest.raises(ValueError, match=r"^trace.h: expected shape \(any length, 4\), got shape \(6, 3\)"):
        variants.chains(variant, params, small, 6)
    with pytest.raises(TypeError, match=r"^trace: expected one with c, got GRUTrace"):
        variants.chains(LSTM, case("LSTM", 1)[1], trace, 6)
    with pytest.raises(TypeError, match=r"^trace: expected lstm.GRUTrace, got RNNTrace"):
        variants.chains(variant, params, case("plain RNN", 1)[2], 6)
    with pytest.raises(TypeError, match=r"^variant: expected lstm.Variant, got str"):
        variants.chains("GRU", params, trace, 6)
    with pytest.raises(ValueError, match=r"^trace.c: expected shape \(any length, 4\)"):
        peephole.state_jacobian(case("peepholes", 1)[1], case("LSTM", 1, size=(2, 3, 6))[2], 2)
    assert RNN.memory == "h"
