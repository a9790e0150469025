"""What the report says of half-lives that are long or infinite."""

import numpy as np
import pytest

from lstm import audit, init_params
from lstm.audit.report import report


def said(b_f):
    """The quartiles of the half-lives, as the report of a cell with these forget biases, W_*f = 0, says them."""
    n = len(b_f)
    params = init_params(2, n, rng=np.random.default_rng(0))
    params = params._replace(b_f=np.array(b_f), W_1f=0 * params.W_1f, W_2f=0 * params.W_2f)
    x = np.random.default_rng(1).normal(size=(5, 3, 2))
    (line,) = [line for line in report(audit(params, x)).splitlines() if line.startswith("half-life")]
    return line.rpartition(": ")[2].split(" / ")


def test_a_half_life_that_is_infinite_is_never():
    assert said([40.0]) == ["never"] * 3
    assert said([40.0, 40.0, 40.0]) == ["never"] * 3


def test_between_a_finite_half_life_and_an_infinite_one_lies_never_and_no_nan():
    one = f"{np.log(2) / np.log1p(np.exp(-1)):.3g}"
    assert said([1.0, 40.0]) == ["never"] * 3, "between the two"
    assert said([1.0, 1.0, 40.0]) == [one, one, "never"]
    assert said([1.0, 1.0, 1.0, 1.0, 40.0]) == [one] * 3


@pytest.mark.parametrize("b_f", [20.0, 27.0])
def test_a_long_half_life_is_right_in_the_digits_that_are_said(b_f):
    exact = np.log(2) / np.log1p(np.exp(-b_f))
    assert [float(a) for a in said([b_f])] == pytest.approx([exact] * 3, rel=6e-3)


@pytest.mark.parametrize("b_f", [28.5, 33.0, 36.0])
def test_a_half_life_that_the_rounding_of_f_decides_is_only_said_to_be_long(b_f):
    assert said([b_f]) == [">1e+12"] * 3
