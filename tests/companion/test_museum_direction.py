"""One random direction: the specimen has the true slope and no exhibit has; and a check of one's own."""

import numpy as np
import pytest

from companion.pages import museum
from companion.pages.museum import cases, checkers, direction, specimen


def drawn(seed, **sizes):
    return cases.draw(seed=seed, **sizes), cases.draw(seed=10_000 + seed, **sizes)


@pytest.mark.parametrize("seed", range(3))
def test_the_true_slope_is_that_of_the_full_gradient(seed):
    case, along = drawn(seed, n=2, T=3, B=2)
    full = cases.complex_step(cases.reference_loss, case)
    assert direction.claimed_slope(full, along) == pytest.approx(direction.true_slope(case, along), rel=1e-12)


def test_the_true_slope_is_that_of_a_difference_quotient():
    case, along = drawn(4)
    ahead, behind = (cases.reference_loss(direction.moved(case, along, side * 1e-6)) for side in (1, -1))
    assert (ahead - behind) / 2e-6 == pytest.approx(direction.true_slope(case, along), rel=1e-6)


def test_a_case_moved_by_nothing_is_the_case_and_its_reads_never_move():
    case, along = drawn(0)
    still, far = direction.moved(case, along, 0), direction.moved(case, along, 2.0)
    assert all(
        np.array_equal(a, b) for a, b in zip((*still.params, *still[1:]), (*case.params, *case[1:]), strict=True)
    )
    assert all((a != b).all() for a, b in zip((*far.params, *far[1:4]), (*case.params, *case[1:4]), strict=True))
    np.testing.assert_array_equal(far.reads, case.reads)


@pytest.mark.parametrize("seed", range(5))
def test_the_specimen_has_the_slope_and_no_exhibit_has(seed):
    assert direction.difference(specimen, *drawn(seed)) < 1e-12
    for exhibit in museum.EXHIBITS:
        assert direction.difference(museum.build(exhibit), *drawn(seed)) > 1e-6


@pytest.mark.parametrize("T", [1, 2])
def test_a_check_of_ones_own_needs_two_steps_to_catch_all(T):
    check = checkers.against_reference("own", "complete at T steps", lambda: cases.draw(T=T))
    missed = {v.exhibit for v in museum.verdicts(museum.EXHIBITS, [check]) if not v.caught}
    one_step = {"dropped_cell_gradient", "last_read_only", "forgotten_time_sum", "reversed_inputs"}
    assert missed == (one_step if T == 1 else set())
