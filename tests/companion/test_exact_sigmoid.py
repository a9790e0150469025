"""The sigmoid to fifty digits, by another library and by its own identities."""

from decimal import Decimal

import mpmath
import pytest

from companion.pages.gates import exact

PLACES = [-720.0, -709.5, -40.0, -5.3, -1e-3, 0.0, 0.1, 20.0, 40.0, 720.0]


@pytest.mark.parametrize("z", PLACES)
def test_it_agrees_with_mpmath_in_forty_digits(z):
    with mpmath.workdps(60):
        s = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        for mine, other in [(exact.sigmoid(z), s), (exact.slope(z), s * (1 / (1 + mpmath.exp(mpmath.mpf(z)))))]:
            assert abs(mpmath.mpf(str(mine)) / other - 1) < mpmath.mpf(10) ** -40


def test_at_zero_it_is_a_half_and_its_slope_a_quarter():
    assert exact.sigmoid(0.0) == Decimal("0.5")
    assert exact.slope(0.0) == Decimal("0.25")


def test_what_is_no_number_is_refused():
    with pytest.raises(TypeError):
        exact.sigmoid(None)
