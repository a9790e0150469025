"""The last value that is taken and the first that is refused, and the words of a refusal to their end."""

import numpy as np
import pytest
from tests.lstm.refusals import said

from lstm import checks, rates
from lstm.cell import Params


def test_sizes_end_at_a_million():
    assert checks.size("n", 10**6) == 10**6
    assert "got 1000001" in said(ValueError, checks.size, "n", 10**6 + 1)


@pytest.mark.parametrize("sign", [1, -1])
def test_integers_are_taken_as_far_as_float64_holds_them(sign):
    assert checks.array("x", np.array([sign * 2**53]), (1,))[0] == sign * 2.0**53
    words = said(ValueError, checks.array, "x", np.array([sign * (2**53 + 1)]), (1,))
    assert words == "x: expected int64 values that float64 holds, up to 2^53, got larger ones"


@pytest.mark.parametrize("others", [[0], [7, -7]])
def test_one_integer_that_float64_does_not_hold_is_enough(others):
    for large in (2**53 + 1, -(2**53) - 1):
        assert "up to 2^53, got larger ones" in said(ValueError, checks.array, "x", [large, *others], (None,))


def test_arrays_of_two_types_are_refused_and_of_one_are_not():
    one, two = np.zeros(2, np.float32), np.zeros(2)
    assert checks.one_type("p", [one, one]) == np.float32
    assert checks.one_type("p", [two, two]) == np.float64
    wanted = "p: expected arrays all of float32 or all of float64, got float32 and float64"
    assert said(TypeError, checks.one_type, "p", [one, two]) == wanted


def test_what_lapack_takes_already_is_not_copied():
    kept = np.ones(3)
    assert checks.for_lapack(kept) is kept
    assert checks.for_lapack(np.ones(3, np.float16)).dtype == np.float32


def test_a_refusal_says_what_came_to_its_end():
    assert said(ValueError, checks.array, "x", [[1.0], [1.0, 2.0]], None).startswith(
        "x: expected an array of any shape, got ragged lists: "
    )
    assert said(TypeError, checks.tuples_of, "runs", 3, Params) == "runs: expected a list of lstm.Params, got int"
    assert said(ValueError, checks.array, "x", [[1.0], [1.0, 2.0]], (None,)).startswith(
        "x: expected an array of shape (any length,), got ragged lists: "
    )
    assert said(TypeError, checks.array, "x", np.zeros(2, "datetime64[s]"), (2,)) == (
        "x: expected real or complex numbers, got datetime64[s] values"
    )
    none = said(ValueError, checks.tuples_of, "runs", [], Params)
    assert none == "runs: expected at least one lstm.Params, got none"


@pytest.mark.skipif(np.dtype(np.longdouble).itemsize == 8, reason="here longdouble is float64")
def test_more_digits_than_float64_has_are_refused():
    for kind in (np.longdouble, np.clongdouble):
        name = np.dtype(kind).name
        words = said(TypeError, checks.array, "x", np.zeros(2, kind), (2,))
        assert words == f"x: expected numbers of at most float64 or complex128, got {name} values"


def test_the_limits_of_a_verdict_hold_still():
    near = [0.9 - 1e-9, 0.9, 1.0, 1.1, 1.1 + 1e-9]
    assert rates.verdict(near).tolist() == [0, 1, 1, 1, 2]
    assert rates.verdict([0.5, 2.0], vanish=0.5, explode=2.0).tolist() == [1, 1]


@pytest.mark.parametrize(("vanish", "explode"), [(0.0, 1.1), (1.0, 1.1), (0.9, 1.0), (1.2, 1.3)])
def test_the_limits_of_a_verdict_stand_on_both_sides_of_1(vanish, explode):
    words = said(ValueError, rates.verdict, [1.0], vanish=vanish, explode=explode)
    assert words == f"vanish: expected 0 < vanish < 1 < explode, got {vanish} and {explode}"
