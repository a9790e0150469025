"""The room of the newer recurrences: what its table says is measured, its stack and brackets are what they claim."""

import numpy as np
import pytest

import lstm
from companion.pages.recurrences import compared, figures, trials
from companion.pages.recurrences.brackets import three_steps
from companion.pages.recurrences.stack import blocks
from companion.style.palette import INK, LIGHT
from lstm import recurrences, variants
from lstm.recurrences import CELLS, Slopes


@pytest.fixture(scope="module")
def rows():
    return compared.measured(draws=4)


def test_a_cell_is_exact_in_the_table_where_it_says_that_it_is(rows):
    assert list(rows) == ["LSTM", "GRU", *CELLS]
    for name, cell in CELLS.items():
        assert (rows[name].off.max() < compared.ROUNDING) == cell.exact, name
        assert rows[name].off.shape == (4,)
    assert min(rows["LSTM"].off.min(), rows["GRU"].off.min()) > 0.01


def test_a_wrong_factor_would_not_be_called_exact():
    cell = CELLS["minGRU"]
    wrong = cell._replace(slopes=lambda *one: Slopes(cell.slopes(*one).direct * 1.001, {}))
    assert compared.newer(wrong, 0) > 1e-3
    row = compared.Row("one", 2024, "$f$", (), True, 1, np.array([compared.newer(wrong, 0)]))
    assert "rounding" not in repr(compared.summary([row]))


def test_the_paths_of_the_gru_are_those_of_its_terms(rows):
    variant = variants.GRU
    params = variant.init_params(2, 3, rng=np.random.default_rng(0))
    trace, reads = variant.run(params, np.ones((3, 2))), np.ones((3, 3))
    found = variant.terms(params, trace, 2, variants.totals(variant, params, trace, reads), reads)
    assert set(found._fields) == {"direct", "local", *rows["GRU"].paths}
    assert rows["GRU"].numbers == len(variant.seed(params, trace, 1)) / 3


def test_the_summary_has_a_row_a_cell_and_counts_the_state(rows):
    lines = repr(compared.summary(rows.values())).splitlines()
    assert len(lines) == 1 + len(rows)
    assert lines[0].split()[:2] == ["cell", "year"]
    costs = {name: row.numbers for name, row in rows.items()}
    assert (costs["LSTM"], costs["sLSTM"], costs["GRU of PyTorch"], costs["LRU"], costs["DeltaNet"]) == (2, 4, 1, 2, 64)
    assert costs["mLSTM"] == 64 + 1 + 1 / 64


def test_in_a_stack_each_layer_is_exact_and_the_second_moves_with_the_first():
    cell, rng = CELLS["S6 (Mamba)"], np.random.default_rng(0)
    lower, upper = cell.init_params(2, 3, rng=rng), cell.init_params(3, 3, rng=rng)
    x = rng.normal(size=(6, 2))
    for s in (1, 3):
        found = blocks(cell, lower, upper, x, s)
        np.testing.assert_allclose(found.first, found.first_product, atol=1e-14)
        np.testing.assert_allclose(found.second, found.second_product, atol=1e-14)
        assert np.abs(found.between).max() > 1e-4
    below = recurrences.run(cell, lower, x)
    moved = below.c[0] + 1e-6 * np.eye(12)[4]
    after = [variants.follow(recurrences.variant(cell), lower, below, 1, c)[1] for c in (moved, below.c[0])]
    ends = [recurrences.run(cell, upper, h).c[-1] for h in after]
    np.testing.assert_allclose((ends[0] - ends[1]) / 1e-6, blocks(cell, lower, upper, x, 1).between[:, 4], atol=1e-5)
    with pytest.raises(ValueError, match=r"^s: expected at least 1 and at most 5, got 6"):
        blocks(cell, lower, upper, x, 6)


def test_three_steps_in_two_brackets_agree_only_without_h_in_the_gates():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        params, x = lstm.init_params(2, 3, rng=rng), rng.normal(size=(3, 2))
        both, cut = three_steps(params, x), three_steps(variants.scaled(params, 0), x)
        np.testing.assert_array_equal(both.left, lstm.run(params, x).c[-1])
        assert np.abs(both.left - both.right).max() > 1e-4
        np.testing.assert_allclose(cut.left, cut.right, atol=1e-15)
    with pytest.raises(ValueError, match=r"^x: expected shape \(3, any length\), got shape \(4, 2\)"):
        three_steps(params, np.zeros((4, 2)))


def test_the_trials_see_what_is_right_and_what_is_not():
    cell = CELLS["sLSTM"]
    assert max(trials.errors(cell, 0)) < 1e-12
    forgets = cell._replace(slopes=lambda *one: Slopes(cell.slopes(*one).direct, {}))
    assert min(trials.errors(forgets, 1)) > 1e-3
    assert max(trials.along_scale(seed) for seed in range(5)) < 1e-12
    assert max(trials.both_ways(CELLS[name], 1, T=9) for name in ("LRU", "mLSTM", "RWKV-7")) < 1e-12


def test_the_figure_shows_the_depths_that_it_was_given():
    T, loop, pairs = np.array([2, 8, 64]), np.array([1, 7, 63]), np.array([1, 5, 11])
    (axes,) = figures.depths(T, loop, pairs).axes
    lines = {line.get_color(): line for line in axes.get_lines()}
    np.testing.assert_array_equal(lines[INK].get_ydata(), loop)
    np.testing.assert_array_equal(lines[LIGHT["direct"]].get_ydata(), pairs)
    assert [text.get_text() for text in axes.texts] == ["one after the other", "in pairs of pairs"]
    with pytest.raises(ValueError, match=r"^parallel: expected shape \(3,\), got shape \(2,\)"):
        figures.depths(T, loop, pairs[:2])
