"""The graph of one unit: the sums over its paths are the six terms, and the complex step's derivative."""

from collections import Counter

import numpy as np
import pytest

from companion.pages.unit import graph
from companion.shared.units import random_unit
from lstm import gradient, scalar

READS = np.array([0.7, -1.2, 0.4, 2.0])


def drawn(seed, T=4):
    unit = random_unit(np.random.default_rng(seed), T=T)
    return unit, graph.edges(*unit, READS[:T])


def by_term(edges):
    sums = dict.fromkeys(gradient.Terms._fields, 0.0)
    for path in graph.paths(edges, ("c", 1)):
        sums[graph.term(path)] += graph.weight(edges, path)
    return sums


def six_terms(unit):
    reads = READS[: len(unit[1].c), None]
    return gradient.terms(*unit, 2, gradient.totals(*unit, reads), reads)


@pytest.mark.parametrize("seed", range(10))
def test_each_term_is_the_sum_over_its_paths(seed):
    unit, edges = drawn(seed)
    expected = {name: value[0] for name, value in six_terms(unit)._asdict().items()}
    assert by_term(edges) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_totals_are_sums_over_paths_from_each_state(seed):
    unit, edges = drawn(seed)
    totals = gradient.totals(*unit, READS[:, None])
    for t in range(1, 5):
        assert graph.derivative(edges, ("c", t)) == pytest.approx(totals.dl_dc[t - 1, 0], rel=1e-9)
        assert graph.derivative(edges, ("h", t)) == pytest.approx(totals.dl_dh[t - 1, 0], rel=1e-9)


def test_an_edge_with_another_slope_is_seen_by_its_own_term_alone():
    unit, edges = drawn(0, T=2)
    edges[("zg", 2), ("g", 2)] *= 1.1
    expected = {name: value[0] for name, value in six_terms(unit)._asdict().items()}
    found = by_term(edges)
    assert [name for name in found if found[name] != pytest.approx(expected[name], rel=1e-9)] == ["candidate"]


def test_the_paths_of_one_and_two_steps_are_counted():
    _, edges = drawn(1, T=2)
    assert Counter(map(graph.term, graph.paths(edges, ("c", 1)))) == Counter(gradient.Terms._fields)
    last = graph.edges(*random_unit(np.random.default_rng(1), T=3), [0, 0, 1])
    paths = graph.paths(last, ("c", 1))
    assert len(paths) == len(set(paths)) == 24
    assert sum(("c", 2) in path for path in paths) == 20


def test_a_loss_that_reads_nothing_has_no_path_and_no_derivative():
    edges = graph.edges(*random_unit(np.random.default_rng(2)), [0, 0])
    assert graph.paths(edges, ("c", 1)) == []
    assert graph.derivative(edges, ("c", 1)) == 0


def test_a_path_is_written_without_its_linear_predictors():
    _, edges = drawn(3, T=2)
    path = next(path for path in graph.paths(edges, ("c", 1)) if graph.term(path) == "forget")
    assert graph.written(path, {1: "t-1", 2: "t"}) == (
        r"$c^{(t-1)} \to h^{(t-1)} \to f^{(t)} \to c^{(t)} \to h^{(t)} \to l$"
    )


def test_bad_arguments_are_refused_by_name():
    unit = random_unit(np.random.default_rng(4))
    with pytest.raises(ValueError, match=r"^reads: expected shape \(2,\)"):
        graph.edges(*unit, [1.0])
    with pytest.raises(ValueError, match=r"^f: expected a value in \[0, 1\]"):
        random_unit(np.random.default_rng(4), f=2.0)


def test_a_random_unit_is_that_of_its_generator_and_takes_what_is_given():
    one, other = (random_unit(np.random.default_rng(5), o_1=0.0) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one[1], other[1], strict=True))
    assert one[1].o[0, 0] == 0
    assert scalar.terms(*one, read=1, read_prev=1).forget == 0
