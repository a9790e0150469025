"""The museum's explorer in Python: its traits, its claims, and its hall against the museum's own checks."""

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import MuseumExplorer
from companion.pages import museum
from companion.pages.museum import cases, checkers, measured, specimen
from lstm import bptt, run

HALL = museum.hall()
PLACES = {check.name: k for k, check in enumerate(museum.CHECKS)}


@pytest.mark.parametrize(
    "values", [dict(exhibit=15), dict(check=12), dict(exhibit=-1), dict(check=0.5), dict(exhibit=True)]
)
def test_a_bad_value_is_refused(values):
    with pytest.raises(TraitError, match=next(iter(values))):
        MuseumExplorer(HALL, **values)


def test_a_hall_of_another_size_or_with_an_infinite_number_is_refused():
    with pytest.raises(ValueError, match="hall: expected 15 exhibits and 12 checks, got 14 and 12"):
        MuseumExplorer(HALL._replace(exhibits=HALL.exhibits[1:]))
    with pytest.raises(ValueError, match="expected None"):
        MuseumExplorer(HALL._replace(differences=[[np.inf] * 12] * 15))


def test_the_numbers_are_handed_over_once():
    with pytest.raises(TraitError, match="data"):
        MuseumExplorer(HALL).data = {}


def test_every_verdict_is_the_museums_unrounded():
    for verdict in museum.verdicts():
        k, c = HALL.exhibits.index(verdict.exhibit), PLACES[verdict.check]
        assert HALL.caught[k][c] == verdict.caught
        assert HALL.differences[k][c] == (verdict.difference if np.isfinite(verdict.difference) else None)


def test_a_check_catches_what_is_above_its_tolerance_and_nothing_else():
    for differences, caught in zip(HALL.differences, HALL.caught, strict=True):
        assert caught == [d is None or d > limit for d, limit in zip(differences, HALL.tolerances, strict=True)]


def test_the_right_gradient_is_that_of_the_library():
    case = cases.draw()
    each = []
    for b in range(3):
        trace = run(case.params, case.x[:, :, b], case.h_0[:, b], case.c_0[:, b])
        each.append(bptt.backward(case.params, trace, case.reads[:, :, b]))
    for name, values in zip(HALL.arrays, HALL.right, strict=True):
        if name in checkers.STATES:
            wanted = np.stack([getattr(one, name) for one in each], axis=-1)
        else:
            wanted = sum(getattr(one.params, name) for one in each)
        np.testing.assert_allclose(values, np.ravel(wanted), rtol=1e-12, atol=1e-13)


def test_the_worst_array_of_an_exhibit_is_what_the_first_check_measured():
    for apart, differences in zip(HALL.apart, HALL.differences, strict=True):
        assert max(apart) == pytest.approx(differences[0], rel=1e-9)


def test_the_noted_messages_make_the_gradient_that_the_specimen_returns():
    case = cases.draw()
    noted, found = measured.trail(museum.CONTROL, case), checkers.gradients(specimen, case)
    deltas = [dict(zip(measured.MESSAGES, one, strict=True)) for one in noted]
    for gate in "ifog":
        np.testing.assert_allclose(
            sum(one[f"d_{gate}"].sum(axis=1) for one in deltas), getattr(found.params, f"b_{gate}")
        )
    assert len(noted) == 4


def test_what_notes_the_messages_finds_its_place_in_every_exhibit_or_says_so():
    for exhibit in museum.EXHIBITS:
        assert len(measured.trail(exhibit, cases.draw())) == 4
    without = museum.CONTROL._replace(changes=(("for gate, d in zip(", "for gate, d in list(zip("),))
    with pytest.raises(ValueError, match="to note the values"):
        measured.trail(without, cases.draw())


def first(name):
    steps = HALL.trail[HALL.exhibits.index(name)]
    apart = [(4 - s, HALL.messages[j]) for s, gaps in enumerate(steps) for j, gap in enumerate(gaps) if gap > 1e-10]
    return apart[0] if apart else None


def test_an_exhibit_parts_first_where_its_changed_line_says():
    assert first("missing_sigma_slope") == (4, "d_f")
    assert first("squashed_twice") == (4, "d_i")
    assert first("index_wraps") == (1, "d_f")
    assert first("transposed_W_2") == first("last_read_only") == (3, "dh")
    assert first("dropped_cell_gradient") == first("dh_overwritten") == (3, "dc")
    assert museum.partings(HALL) == [tuple(map(str, first(name) or "––")) for name in HALL.exhibits]
    returned = ("forgotten_time_sum", "mean_over_batch", "swapped_gates", "reversed_inputs")
    assert all(first(name) is None for name in returned)


@pytest.mark.parametrize("claim", dict(HALL.presets))
def test_the_check_of_a_claim_misses_its_exhibit_and_the_first_check_does_not(claim):
    exhibit, check = dict(HALL.presets)[claim].values()
    assert not HALL.caught[exhibit][check]
    assert HALL.caught[exhibit][0]


DERIVED = set(PLACES) - {"weights_only", "states_only", "shapes_only", "loss_goes_down", "own_forward"}


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_the_cost_of_a_check_is_the_steps_that_it_runs(name, monkeypatch):
    """But for two runs an array by which `analytic.complex_step` checks itself."""
    check, inner, steps = museum.CHECKS[PLACES[name]], cases.run, []
    monkeypatch.setattr(cases, "run", lambda p, x, *rest: (steps.append(len(x)), inner(p, x, *rest))[1])
    case = check.prepare()[0]
    own = 0 if name == "small_weights" else 2 * 15 * case.x.shape[0] * case.x.shape[2]
    assert sum(steps) - own == measured.cost(check) == HALL.costs[PLACES[name]]


def test_the_exhibits_own_forward_pass_costs_what_the_librarys_does():
    assert HALL.costs[PLACES["own_forward"]] == HALL.costs[PLACES["complex_step"]]


def test_a_check_of_some_arrays_costs_what_their_numbers_cost():
    all_of_it, weights, states = (HALL.costs[PLACES[name]] for name in ("complex_step", "weights_only", "states_only"))
    assert weights + states == all_of_it == 114 * 4 * 3
    assert HALL.costs[PLACES["shapes_only"]] * 60 == HALL.costs[PLACES["loss_goes_down"]] == 60 * 4 * 3
