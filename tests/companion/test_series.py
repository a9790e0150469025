"""Windows of a series end before their places, and a batch asks for the year after each that it shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.shared import series

YEARS = np.arange(309.0)


@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 99))
def test_a_window_holds_the_years_before_its_place_and_its_target_is_the_year_itself(length, warm_up, seed):
    warm_up = min(warm_up, length)
    rng = np.random.default_rng(seed)
    z = rng.normal(size=30)
    places = rng.integers(length, 30, size=5)
    found = series.batch(z, places, length, warm_up=warm_up)
    for b, t in enumerate(places):
        np.testing.assert_array_equal(found.x[:, b, 0], z[t - length : t])
        np.testing.assert_array_equal(found.y[:, b, 0], z[t - length + 1 : t + 1])
        assert found.y[-1, b, 0] == z[t]
    np.testing.assert_array_equal(found.read[:, 0], np.arange(1, length + 1) >= warm_up)
    assert (found.lengths == length).all()


def test_a_batch_has_the_type_of_its_series():
    for dtype in (np.float32, np.float64):
        found = series.batch(YEARS.astype(dtype), [50, 60], warm_up=11)
        assert {a.dtype for a in found[:3]} == {np.dtype(dtype)}
        assert found.x.shape == (series.WINDOW, 2, 1)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: series.windows(YEARS, [39]), ValueError, "^places: expected 40 to 309, got 39"),
        (lambda: series.windows(YEARS, [310]), ValueError, "^places: expected 40 to 309"),
        (lambda: series.windows(YEARS, [50.0]), TypeError, "^places: expected whole numbers"),
        (lambda: series.batch(YEARS, [309], warm_up=9), ValueError, "^places: expected 40 to 308"),
        (lambda: series.batch(YEARS, [50], 5, warm_up=6), ValueError, "^warm_up"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call()
