"""Scores and paired comparisons: against hand calculations, other formulas, and simulation where the truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.shared import scores


def test_scores_by_hand():
    assert scores.rmse([3.0, 4.0]) == np.sqrt(12.5)
    np.testing.assert_array_equal(scores.rmse([[3.0, 3.0], [4.0, -4.0]]), [3, 4])
    assert scores.skill(np.ones(4), np.full(4, 2.0)) == 0.75
    assert scores.skill(np.ones(4), np.ones(4)) == 0
    assert scores.skill(np.zeros(4), np.ones(4)) == 1


def test_a_comparison_says_its_ratio_and_its_interval_in_words():
    assert scores.Comparison(11.3, 12.2, 0.9262, 0.834, 1.1051).words == "0.93 (0.83 to 1.11)"


@given(st.integers(3, 60), st.integers(0, 99))
def test_without_lags_diebold_and_marianos_statistic_is_the_paired_t_statistic(count, seed):
    d = np.random.default_rng(seed).normal(0.3, 1, count)
    student = d.mean() / (d.std(ddof=1) / np.sqrt(count))
    np.testing.assert_allclose(scores.diebold_mariano(d), student, rtol=1e-12)


def test_the_variance_counts_neighbours_once_from_each_side():
    d = np.array([1.0, 3.0, 2.0, 6.0])
    gap = d - 3
    covariance = [gap @ gap / 4, gap[1:] @ gap[:-1] / 4]
    variance = (covariance[0] + 2 * 0.5 * covariance[1]) / 4
    expected = 3 / np.sqrt(variance) * np.sqrt(3 / 4)
    np.testing.assert_allclose(scores.diebold_mariano(d, 1), expected, rtol=1e-12)


def test_the_statistic_changes_sign_with_the_order_of_the_rivals():
    d = np.random.default_rng(0).normal(size=30)
    assert scores.diebold_mariano(d, 3) == -scores.diebold_mariano(-d, 3)


@settings(max_examples=30)
@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 99))
def test_a_draw_is_made_of_blocks_that_go_round_the_end(count, block, seed):
    block = min(block, count)
    places = scores.block_draws(count, block, 7, np.random.default_rng(seed))
    assert places.shape == (7, count)
    for start in range(0, count, block):
        piece = places[:, start : start + block]
        np.testing.assert_array_equal(piece, (piece[:, :1] + np.arange(piece.shape[1])) % count)


def test_each_year_is_drawn_equally_often():
    places = scores.block_draws(20, 6, 20_000, np.random.default_rng(0))
    share = np.bincount(places.ravel()) / places.size
    assert np.abs(share - 1 / 20).max() < 0.001


def test_the_interval_of_a_forecast_against_itself_is_1_and_against_its_double_a_half():
    squared = np.random.default_rng(0).exponential(size=59)
    np.testing.assert_allclose(scores.ratio_interval(squared, squared, 11, np.random.default_rng(0)), [1, 1])
    np.testing.assert_allclose(scores.ratio_interval(squared, 4 * squared, 11, np.random.default_rng(0)), [0.5, 0.5])


def test_a_comparison_averages_squared_errors_over_seeds_before_it_takes_the_root():
    squared, reference = np.random.default_rng(0).exponential(size=(2, 5, 40))
    found = scores.compare(squared, reference[0], 7, np.random.default_rng(1))
    single = squared.mean(axis=0)
    assert found.rmse == pytest.approx(np.sqrt(squared.mean()))
    assert found.ratio == pytest.approx(found.rmse / found.reference)
    assert [found.low, found.high] == list(scores.ratio_interval(single, reference[0], 7, np.random.default_rng(1)))
    assert scores.compare(single, reference[0], 7, np.random.default_rng(1)) == found


def autocorrelated(count, rng):
    d = [rng.normal()]
    for noise in rng.normal(size=count - 1):
        d.append(0.7 * d[-1] + np.sqrt(1 - 0.49) * noise)
    return np.array(d)


def test_blocks_are_wider_than_single_years_where_neighbours_agree():
    d = autocorrelated(400, np.random.default_rng(1))
    spread = [d[scores.block_draws(400, block, 2000, np.random.default_rng(0))].mean(axis=1).std() for block in (1, 20)]
    assert spread[1] > 1.7 * spread[0]  # sqrt((1 + 0.7) / (1 - 0.7)) = 2.4 for long blocks
    lags = [abs(scores.diebold_mariano(d, lags)) for lags in (0, 20)]
    assert lags[1] < 0.7 * lags[0]


def test_an_interval_that_holds_1_is_noise_and_else_the_smaller_error_wins():
    assert scores.verdict((0.9, 1.3)).startswith("within noise")
    assert scores.verdict((1.0, 1.3)).startswith("within noise")
    assert scores.verdict((0.8, 0.99), ("A", "B")) == "A is better, beyond noise"
    assert scores.verdict((1.01, 1.2), ("A", "B")) == "B is better, beyond noise"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda rng: scores.diebold_mariano(np.zeros(5)), ValueError, "^d: expected differences that vary"),
        (lambda rng: scores.diebold_mariano(np.arange(5.0), 5), ValueError, "^lags"),
        (lambda rng: scores.block_draws(5, 6, 1, rng), ValueError, "^block"),
        (lambda rng: scores.block_draws(5, 2, 1, 0), TypeError, "^rng"),
        (lambda rng: scores.ratio_interval(np.ones(5), np.ones(4), 2, rng), ValueError, "^reference"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call(np.random.default_rng(0))
