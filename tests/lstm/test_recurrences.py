"""The newer recurrences: each one's Eq. (15) and chain by complex step, in 100 random cells of each kind."""

import numpy as np
import pytest
from tests.lstm.recurrence_cases import CELLS, case, chain_error, every_cell, exact_cell, scanned_cell, term_error

import lstm
from lstm import variants
from lstm.recurrences import Slopes, fitted, miss, products, run, scan, slopes, terms, variant


@every_cell
def test_the_terms_sum_to_the_total_derivative_in_100_random_cells(name):
    assert max(term_error(case(name, seed)) for seed in range(100)) < 1e-12


@every_cell
def test_the_chain_agrees_with_the_complex_step_in_100_random_cells(name):
    assert max(chain_error(*case(name, seed)[:3]) for seed in range(100)) < 1e-12


@every_cell
def test_sizes_other_than_the_usual_do_as_well(name):
    for seed, size in enumerate([(1, 1, 3), (3, 2, 5), (1, 4, 3)]):
        one = case(name, seed, size)
        assert term_error(one) < 1e-12
        assert chain_error(*one[:3]) < 1e-12


def test_the_lstm_as_such_a_cell_is_the_lstm():
    cell, params, trace, reads = case("LSTM", 5)
    plain = lstm.run(params, trace.x, trace.h_0, trace.c_0)
    np.testing.assert_array_equal(trace.c, plain.c)
    np.testing.assert_array_equal(trace.h, plain.h)
    found = terms(cell, params, trace, 3, variants.totals(variant(cell), params, trace, reads), reads)
    wanted = lstm.terms(params, plain, 3, lstm.totals(params, plain, reads), reads)
    for name, term in wanted._asdict().items():
        np.testing.assert_allclose(found[name], term, rtol=1e-12, atol=1e-15)


TERMS = [(name, term) for name, cell in CELLS.items() for term in ("direct", *cell.paths, "local")]
TERMS.remove(("RWKV-4", "local"))  # its h does not read the memory of its own step


@pytest.mark.parametrize(("name", "term"), TERMS)
def test_no_term_can_be_left_out(name, term):
    errors = [term_error(case(name, seed), lambda found: found | {term: 0 * found[term]}) for seed in range(5)]
    assert max(errors) > 1e-3


@every_cell
def test_a_cell_has_the_paths_that_it_names(name):
    cell, params, trace, reads = case(name, seed=1)
    found = terms(cell, params, trace, 2, variants.totals(variant(cell), params, trace, reads), reads)
    assert tuple(found) == ("direct", *cell.paths, "local")


@exact_cell
def test_where_nothing_but_the_direct_path_leads_into_the_memory_its_product_is_the_chain(name):
    for seed in range(100):
        cell, params, trace, _ = case(name, seed, (2, 3, 5))
        assert miss(cell, params, trace) < 1e-12


@pytest.mark.parametrize("name", [name for name, cell in CELLS.items() if not cell.exact])
def test_where_another_path_leads_into_the_memory_the_product_is_not_the_chain(name):
    assert min(miss(*case(name, seed, (2, 3, 5))[:3]) for seed in range(20)) > 1e-3


@exact_cell
def test_a_wrong_direct_factor_is_seen(name):
    cell, params, trace, _ = case(name, seed=2)

    def off(*one):
        found = cell.slopes(*one)
        return Slopes(found.direct * 1.01, found.paths)

    assert miss(cell._replace(slopes=off), params, trace) > 1e-3
    assert chain_error(cell._replace(slopes=off), params, trace) > 1e-6


@every_cell
def test_a_direct_factor_is_diagonal_where_the_table_says_so(name):
    cell, params, trace, _ = case(name, seed=3)
    factors = [slopes(cell, params, trace, t).direct for t in (2, 3)]
    a, b = (np.diag(f) if f.ndim == 1 else f for f in factors)
    assert (np.abs(a @ b - b @ a).max() < 1e-14) == cell.diagonal
    assert np.abs(products(cell, params, trace, 3)[0] - b @ a).max() < 1e-14


@scanned_cell
@pytest.mark.parametrize("T", [1, 2, 3, 7, 8, 13])
def test_one_step_after_the_other_and_pairs_of_pairs_give_the_run(name, T):
    cell, params, trace, _ = case(name, seed=T, size=(2, 3, T))
    steps = scan.elements(cell, params, trace.x)
    k = steps.b.shape[1]
    scale = [np.exp(c[-1]) if k < len(c) else 1.0 for c in (trace.c_0, *trace.c)]  # of an mLSTM
    true = trace.c[:, :k] * np.reshape(scale[1:], (T, 1))
    for found in (scan.sequential(steps), scan.parallel(steps)):
        apart = np.abs(scan.states(found, trace.c_0[:k] * scale[0]) - true)
        assert apart.max() < 1e-12 * np.abs(true).max()


def test_work_and_depth_are_those_of_the_two_bracketings():
    for T in (1, 2, 3, 8, 64, 100, 1000):
        steps = scan.Affine(np.ones((T, 1)), np.ones((T, 1)))
        one, two = scan.sequential(steps), scan.parallel(steps)
        assert (one.work, one.depth) == (T - 1, T - 1)
        assert T - 1 <= two.work <= 2 * T
        assert two.depth <= 2 * np.ceil(np.log2(T)) if T > 1 else two.depth == 0
        np.testing.assert_array_equal(two.prefix.b[:, 0], np.arange(1, T + 1))


def test_a_cell_with_paths_through_its_memory_refuses_to_be_scanned():
    cell, params, trace, _ = case("sLSTM", seed=0)
    with pytest.raises(ValueError, match=r"^cell: expected one whose step is affine in its memory, got sLSTM"):
        scan.elements(cell, params, trace.x)


@every_cell
def test_drawn_as_the_authors_draw_it_a_cell_is_fit_to_run_and_bad_arguments_are_refused_by_name(name):
    cell = CELLS[name]
    params = cell.init_params(2, 3, rng=np.random.default_rng(0))
    assert fitted(cell, params)[1:] == (2, 3)
    trace = run(cell, params, np.random.default_rng(1).normal(size=(50, 2)))
    assert np.isfinite(trace.h).all()
    first = params._fields[0]
    with pytest.raises(ValueError, match=r"^x: expected shape \(any length, 2\), got shape \(5, 3\)"):
        run(cell, params, np.zeros((5, 3)))
    with pytest.raises(ValueError, match=r"^c_0: expected shape"):
        run(cell, params, np.zeros((5, 2)), None, np.zeros(1))
    with pytest.raises(ValueError, match=rf"^params.{params._fields[1]}: expected shape"):
        run(cell, params._replace(**{params._fields[1]: np.zeros((7, 7))}), np.zeros((5, 2)))
    with pytest.raises(TypeError, match=rf"^params: expected those of .*, with {first}, got tuple"):
        run(cell, tuple(params), np.zeros((5, 2)))
    with pytest.raises(TypeError, match=r"^rng: expected"):
        cell.init_params(2, 3, rng=0)
    with pytest.raises(ValueError, match=r"^t: expected at least 2"):
        terms(cell, params, trace, 1, None, trace.h)
