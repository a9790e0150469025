"""Runs of the cells of lstm.variants, and their derivatives by complex step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import cases

from lstm import proofs, variants
from lstm.variants import CELLS

every_cell = pytest.mark.parametrize("name", CELLS)
SCALES = st.sampled_from(cases.SCALES)
sizes = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(3, 7))
drawn = given(st.integers(0, 2**32 - 1), sizes, SCALES)


def case(name, seed, size=(2, 4, 6), scale=1.0):
    """A cell of CELLS, its parameters, a run from states that are not zero, and a loss that reads every step."""
    m, n, T = size
    variant, rng = CELLS[name], np.random.default_rng(seed)
    params = variant.init_params(m, n, rng=rng)
    params = type(params)(*(scale * p for p in params))
    state = (rng.uniform(-1, 1, n), rng.normal(size=n))[: 2 if variant.memory == "c" else 1]
    return variant, params, variant.run(params, rng.normal(size=(T, m)), *state), rng.normal(size=(T, n))


def memory(variant, trace, s):
    return getattr(trace, variant.memory)[s - 1]


def by_complex_step(variant, params, trace, reads, s):
    def loss(c):
        return np.sum(reads[s - 1 :] * variants.follow(variant, params, trace, s, c)[1])

    return proofs.complex_step(loss, memory(variant, trace, s))


def worst_term_error(one, change=lambda terms: terms):
    """Largest difference between the sum of the terms and the complex step, on the summed absolute terms."""
    variant, params, trace, reads = one
    total, worst = variants.totals(*one), 0.0
    for t in range(2, len(reads) + 1):
        terms = variant.terms(params, trace, t, total, reads)
        exact = by_complex_step(*one, t - 1)
        worst = max(worst, (np.abs(sum(change(terms)) - exact) / np.abs(terms).sum(axis=0)).max())
    return worst


def chain_by_complex_step(variant, params, trace, s):
    def last(c):
        return variants.follow(variant, params, trace, s, c)[0][-1]

    return proofs.complex_step(last, memory(variant, trace, s))


def chain_error(variant, params, trace):
    found, worst = variants.chains(variant, params, trace, len(trace.h)), 0.0
    for s, one in enumerate(found, start=1):
        exact = chain_by_complex_step(variant, params, trace, s)
        worst = max(worst, np.abs(one - exact).max() / max(1, np.abs(exact).max()))
    return worst
