"""Runs of the cells of lstm.recurrences with random parameters, and their derivatives by complex step."""

import numpy as np
import pytest

from lstm import proofs, recurrences, variants
from lstm.recurrences import LSTM_CELL, run, terms, variant

CELLS = {**recurrences.CELLS, "LSTM": LSTM_CELL}

every_cell = pytest.mark.parametrize("name", CELLS)
exact_cell = pytest.mark.parametrize("name", [name for name, cell in CELLS.items() if cell.exact])
scanned_cell = pytest.mark.parametrize("name", [name for name, cell in CELLS.items() if cell.scan])


def case(name, seed, size=(2, 3, 4)):
    """A cell, parameters that are all normal (no bias is zero), a run from states that are not zero, and a loss."""
    m, n, T = size
    cell, rng = CELLS[name], np.random.default_rng(seed)
    shapes = cell.shapes(m, n)
    params = type(cell.init_params(m, n, rng=rng))(**{k: rng.normal(size=shape) for k, shape in shapes.items()})
    start = rng.normal(size=n) / 2, rng.uniform(0.5, 1.5, cell.size(n))  # denominators stay away from 0
    return cell, params, run(cell, params, rng.normal(size=(T, m)), *start), rng.normal(size=(T, n))


def by_complex_step(cell, params, trace, reads, s):
    def loss(c):
        return np.sum(reads[s - 1 :] * variants.follow(variant(cell), params, trace, s, c)[1])

    return proofs.complex_step(loss, trace.c[s - 1])


def term_error(one, change=lambda found: found):
    """Largest difference between the sum of the terms and the complex step, on the largest of the summed |terms|."""
    cell, params, trace, reads = one
    total, worst = variants.totals(variant(cell), *one[1:]), 0.0
    for t in range(2, len(reads) + 1):
        found = terms(cell, params, trace, t, total, reads)
        size = sum(np.abs(term) for term in found.values())
        apart = np.abs(sum(change(found).values()) - by_complex_step(*one, t - 1))
        worst = max(worst, apart.max() / size.max())
    return worst


def chain_error(cell, params, trace):
    """Largest difference between chains and complex step, relative to the largest entry where that is above 1."""
    found, worst = variants.chains(variant(cell), params, trace, len(trace.c)), 0.0
    for s, one in enumerate(found, start=1):
        last = proofs.complex_step(
            lambda c, s=s: variants.follow(variant(cell), params, trace, s, c)[0][-1], trace.c[s - 1]
        )
        worst = max(worst, np.abs(one - last).max() / max(1, np.abs(last).max()))
    return worst
