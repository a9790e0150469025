"""paths: every path is there once, and their contributions add up to the derivative."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm import paths
from lstm.cell import init_params, run
from lstm.gradient import chain, product_of_f, product_of_jacobians
from lstm.scalar import held_gates

GATES = {"f": 0.9, "i": 0.6, "o": 0.7, "g": 0.5}
WEIGHTS = {"w_2f": 0.8, "w_2i": -1.1, "w_2g": 1.3, "w_2o": 0.6}
shapes = st.tuples(*[st.integers(1, 4)] * 3, st.integers(0, 2**32 - 1))


def cell(m, n, T, seed):
    """A cell with W_2* large enough that no path is negligible, begun at h^(0) = o_0 tanh c^(0)."""
    rng = np.random.default_rng(seed)
    p = init_params(m, n, rng=rng)
    p = p._replace(**{name: 2 * getattr(p, name) for name in ("W_2i", "W_2f", "W_2o", "W_2g")})
    o_0, c_0 = rng.uniform(0.1, 0.9, n), rng.normal(size=n)
    return p, run(p, rng.normal(size=(T, m)), o_0 * np.tanh(c_0), c_0), o_0


def by_complex_step(p, x, c_0, h_of_c, tiny=1e-30):
    """dc^(T)/dc^(0) column by column: h^(0) = h_of_c(c^(0)) follows c^(0)."""
    moved = [c_0 + 1j * tiny * unit for unit in np.eye(len(c_0))]
    return np.array([run(p, x, h_of_c(c), c).c[-1].imag / tiny for c in moved]).T


def assert_same(got, want, found):
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-13 * sum(c.size for c in found))  # the terms may cancel


def test_three_steps_have_91_paths_and_19_with_the_first_h_held():
    assert len(paths.enumerate_paths(0, 3)) == paths.count(0, 3) == 91
    assert len(paths.enumerate_paths(0, 3, detach={0})) == paths.count(0, 3, detach={0}) == 19
    assert len(paths.enumerate_paths(0, 3, detach=range(3))) == paths.count(0, 3, detach=range(3)) == 1


@given(st.integers(0, 5), st.integers(1, 5), st.data())
def test_both_counts_agree_whatever_is_detached(s, steps, data):
    detach = data.draw(st.sets(st.integers(s, s + steps - 1)))
    assert len(paths.enumerate_paths(s, s + steps, detach=detach)) == paths.count(s, s + steps, detach=detach)


@pytest.mark.parametrize("steps", range(1, 6))
def test_64_is_the_number_of_paths_without_an_output_edge(steps):
    assert sum("output" not in path.edges for path in paths.enumerate_paths(0, steps)) == 4**steps


def test_the_matrix_count_does_not_overflow():
    counts = [paths.count(0, k) for k in range(1, 61)]
    assert counts[-1] > 2**63
    assert all(counts[k + 2] == 5 * counts[k + 1] - counts[k] for k in range(58))  # Cayley-Hamilton: trace 5, det 1


def test_enumeration_agrees_with_a_pattern_over_all_words():
    """A path is a row of direct steps d and detours D o...o and f, i or g; all 6 + ... + 6^5 words are tried."""
    letters = dict(zip("dDofig", ["direct", "D", "output", "forget", "input", "candidate"], strict=True))
    words = ["".join(w) for length in range(1, 6) for w in itertools.product(letters, repeat=length)]
    right = [w for w in words if re.fullmatch("(d|Do*[fig])*", w) and len(w) - w.count("D") == 2]
    assert sorted(tuple(letters[a] for a in w) for w in right) == sorted(p.edges for p in paths.enumerate_paths(0, 2))


@given(shapes)
def test_from_c_0_the_paths_add_up_to_the_complex_step(shape):
    m, n, T, seed = shape
    p, trace, o_0 = cell(m, n, T, seed)
    found = paths.contributions(p, trace, 0, T, o_0=o_0)
    assert_same(paths.total(found), by_complex_step(p, trace.x, trace.c_0, lambda c: o_0 * np.tanh(c)), found)
    found = paths.contributions(p, trace, 0, T, detach={0})
    assert_same(paths.total(found), by_complex_step(p, trace.x, trace.c_0, lambda c: trace.h_0), found)


@given(shapes)
def test_all_paths_add_up_to_the_chain_and_those_without_an_output_edge_to_the_product_of_the_step_jacobians(shape):
    m, n, steps, seed = shape
    p, trace, _ = cell(m, n, steps + 1, seed)
    found = paths.contributions(p, trace, 1, steps + 1)
    assert_same(paths.total(found), chain(p, trace, 1, steps + 1), found)
    without = [c for c in found if "output" not in c.path.edges]
    assert_same(paths.total(without), product_of_jacobians(p, trace, 1, steps + 1), found)


@pytest.mark.parametrize("c_1", [0.4, 20.0])  # at 20 the slope of tanh is 2e-17, lost in 1 - tanh^2
def test_the_case_of_the_book_adds_up_to_the_complex_step_of_a_driven_cell(c_1):
    """held_gates says that an input exists which brings the gates about: here it is, one input per gate."""
    p, from_one = held_gates(**GATES, **WEIGHTS, c_1=c_1, o_1=0.7, T=4)
    trace, o_0 = paths.from_zero(from_one)
    found, same = paths.contributions(p, trace, 0, 3, o_0=o_0), paths.contributions(p, from_one, 1, 4)
    assert [c.path.edges for c in found] == [c.path.edges for c in same]
    np.testing.assert_allclose([c.value for c in found], [c.value for c in same], rtol=1e-13)

    h_before = np.array([trace.h_0, *trace.h[:-1]])[:, 0]
    aims = {k: np.log(GATES[k] / (1 - GATES[k])) for k in "ifo"} | {"g": np.arctanh(GATES["g"])}
    x = np.array([[aims[k] - WEIGHTS[f"w_2{k}"] * h for k in "ifog"] for h in h_before])
    p = p._replace(**{f"W_1{k}": row[None] for k, row in zip("ifog", np.eye(4), strict=True)})
    np.testing.assert_allclose(run(p, x, trace.h_0, trace.c_0).c, trace.c, rtol=1e-13)
    assert_same(paths.total(found), by_complex_step(p, x, trace.c_0, lambda c: o_0 * np.tanh(c)), found)


def test_with_every_h_detached_the_product_of_f_is_left():
    p, trace, _ = cell(2, 3, 4, 0)
    (alone,) = paths.contributions(p, trace, 1, 4, detach=range(1, 4))
    np.testing.assert_allclose(alone.value, np.diag(product_of_f(trace, 1, 4)), rtol=1e-14)
    np.testing.assert_allclose(paths.total(paths.contributions(p, trace, 1, 4), keep=0), alone.value, rtol=1e-14)


@pytest.mark.parametrize("keep", [0.25, 0.8, 1])
def test_a_damped_sum_is_the_mean_over_every_outcome_of_the_coins(keep):
    p, trace, _ = cell(2, 2, 4, 1)
    mean = np.zeros((2, 2))
    for detach in [(), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3)]:
        chance = keep ** (3 - len(detach)) * (1 - keep) ** len(detach)
        mean += chance * paths.total(paths.contributions(p, trace, 1, 4, detach=detach))
    found = paths.contributions(p, trace, 1, 4)
    assert_same(paths.total(found, keep), mean, found)


def test_groups_part_the_paths_and_add_up():
    p, trace, _ = cell(2, 3, 4, 2)
    found = paths.contributions(p, trace, 1, 4)
    visits, gates = (paths.grouped(found, by) for by in ("visits", "gates"))
    assert [(group.name, group.count) for group in visits] == [(0, 1), (1, 9), (2, 33), (3, 48)]
    assert len(gates) == 16 - 2  # three steps are too few for all four gates, and no path ends on the output gate
    assert [group.size for group in gates] == sorted([group.size for group in gates], reverse=True)
    for groups in (visits, gates):
        assert sum(group.count for group in groups) == 91
        assert_same(sum(group.value for group in groups), paths.total(found), found)
        assert all(group.size <= group.absolute * (1 + 1e-12) for group in groups)


def test_contributions_come_largest_first_and_ties_by_path():
    p, trace = held_gates(**GATES, w_2f=0, w_2i=0, w_2g=0, w_2o=0, c_1=0.4, o_1=0.7, T=4)
    found = paths.contributions(p, trace, 1, 4)
    assert [c.path for c in found[1:]] == sorted(c.path for c in found[1:])  # all zero but the direct path
    p, trace, _ = cell(2, 3, 4, 3)
    found = paths.contributions(p, trace, 1, 4)
    assert all(a.size >= b.size * (1 - 1e-9) for a, b in itertools.pairwise(found))


def test_a_path_is_read_backwards():
    path = paths.Path(0, ("direct", "D", "output", "forget"))
    assert path in paths.enumerate_paths(0, 3)
    assert paths.words(path) == "c3 ←forget h2 ←output h1 ←D c1 ←direct c0"
    assert (paths.visits(path), paths.gates_used(path)) == (2, "forget + output")
    assert paths.gates_used(paths.Path(0, ("direct",))) == "none"


@pytest.mark.parametrize("lost", ["forget", "input", "candidate", "output", "D", "direct"])
def test_a_lost_edge_is_seen_by_the_sum(lost, monkeypatch):
    p, trace, _ = cell(2, 3, 4, 4)
    edges = paths._edges_into
    if lost != "D":
        monkeypatch.setattr(paths, "_edges_into", lambda *a: edges(*a) | {lost: np.zeros((3, 3))})
    else:
        monkeypatch.setattr(paths.equations, "output_slope", lambda o, c: np.zeros_like(o))
    found = paths.contributions(p, trace, 1, 4)
    monkeypatch.undo()
    with pytest.raises(AssertionError):
        assert_same(paths.total(found), chain(p, trace, 1, 4), found)


def test_one_step_from_zero_has_a_direct_path_and_one_by_each_gate():
    p, trace, o_0 = cell(2, 3, 4, 7)
    found = paths.contributions(p, trace, 0, 1, o_0=o_0)
    assert sorted(c.path.edges[-1] for c in found) == ["candidate", "direct", "forget", "input"]
    shorter, o_1 = paths.from_zero(run(p, trace.x[:2], trace.h_0, trace.c_0))
    assert len(shorter.c) == 1
    np.testing.assert_array_equal(o_1, trace.o[0])


def test_nothing_of_the_caller_is_changed():
    p, trace, o_0 = cell(2, 3, 3, 6)
    before = [a.copy() for a in (*p, *trace, o_0)]
    paths.contributions(p, trace, 0, 3, o_0=o_0)[0].value[:] = paths.from_zero(trace)[0].c[:] = 0
    for a, b in zip((*p, *trace, o_0), before, strict=True):
        np.testing.assert_array_equal(a, b)
