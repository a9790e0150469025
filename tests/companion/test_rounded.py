"""Numbers as text: what shows is told apart, the noise of a processor is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.style.rounded import listed, number


@given(st.floats(-1e6, 1e6), st.floats(-1e-12, 1e-12))
def test_a_number_is_written_as_its_neighbours_are(value, noise):
    short = float(f"{value:.5g}")  # what a hand may write: often beside a border of plain rounding
    assert number(short * (1 + noise)) == number(short)
    assert float(number(value)) == pytest.approx(value, rel=1e-3)


@given(st.integers(0, 399), st.floats(0.011, 10))
def test_a_changed_point_among_many_is_noticed(place, change):
    values = np.cos(np.arange(400.0)) + 2
    changed = values.copy()
    changed[place] *= 1 + change
    assert listed(changed) != listed(values)
    assert listed(changed, 4.0) != listed(values, 4.0)


def test_numbers_are_rounded_to_what_shows():
    assert listed([0.0625, 2.5, -1 / 3, 1e-17, np.nan, np.inf], 1.0) == "0.0625 2.5 -0.3333 0 nan inf"
    assert listed([1e-17, 123456, 1e-300]) == "1e-17 123500 1e-300"
    assert listed([1999.25], 10.0) == "1999.25"
    assert listed([]) == ""
    assert listed(np.arange(13.0)).startswith("0 3 6 9 12 (13, checksum ")
