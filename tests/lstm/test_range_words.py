"""Which argument an overflow is laid to, and what is said of it."""

import numpy as np
import pytest
from tests.lstm.refusals import said

from lstm.ranges import OutOfRange, in_range

HUGE = np.array([1e200])


@in_range
def square(first, second, third=None):
    return HUGE * HUGE


@in_range
def too_large(first):
    raise MemoryError("no room")


@pytest.mark.parametrize(
    ("given", "name", "size"),
    [
        ((np.array([1.0, -7.0, 2.0]), 3), "first", "7"),
        ((3, [np.array([0.5, 9.0]), np.ones(3)]), "second", "9"),
        (([], "words", 2), "third", "2"),
        ((np.array(["1000"]), 5), "second", "5"),
        ((np.array([3, -40]), np.array([1 + 30j])), "first", "40"),
        ((np.zeros(0), [], 0.25), "third", "0.25"),
        ((10**400, HUGE), "first", "1.8e+308"),
    ],
)
def test_it_is_laid_to_the_argument_with_the_largest_number(given, name, size):
    assert said(OutOfRange, square, *given).startswith(
        f"{name}: expected numbers with finite results, got numbers up to {size}: overflow"
    )


def test_what_does_not_fit_into_memory_is_told_so():
    assert (
        said(OutOfRange, too_large, 12) == "first: expected arrays that fit into memory, got numbers up to 12: no room"
    )
