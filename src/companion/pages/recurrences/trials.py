"""One random cell at a time: its equation (R.1) against the complex step, its scale, its run in two orders."""

from typing import Any

import numpy as np

from companion.pages.recurrences import compared
from companion.pages.recurrences.compared import M, N
from lstm import proofs, recurrences, variants
from lstm.analytic import complex_step
from lstm.recurrences import Cell, Trace, exponential, scan, terms, variant


def drawn(cell: Cell, seed: int, T: int) -> tuple[Any, Trace, np.ndarray]:
    """Parameters, a run of T steps from states that are not zero, and what a loss reads from each h, (T, n).

    Parameters are as drawn before training where the seed is even, else all standard normal.
    """
    rng = np.random.default_rng(seed)
    params = compared.drawn(cell, rng, bool(seed % 2))
    c_0 = rng.uniform(0.5, 1.5, cell.size(N))
    return params, recurrences.run(cell, params, rng.normal(size=(T, M)), None, c_0), rng.normal(size=(T, N))


def errors(cell: Cell, seed: int) -> tuple[float, float]:
    """(of the sum of the terms, of the chain) of one random cell from step 2 of four, each by `proofs.worst`."""
    params, trace, reads = drawn(cell, seed, T=4)
    one = variant(cell), params, trace
    exact = complex_step(lambda c: (reads[1:] * variants.follow(*one, 2, c)[1]).sum(), trace.c[1])
    found = terms(cell, params, trace, 3, variants.totals(*one, reads), reads)
    chain = complex_step(lambda c: variants.follow(*one, 2, c)[0][-1], trace.c[1])
    return (
        proofs.worst([np.sum(list(found.values()), axis=0)], [exact]),
        proofs.worst([variants.chains(*one, 4)[1]], [chain]),
    )


def along_scale(seed: int) -> float:
    """The derivative of a random loss in the direction of an mLSTM's scale, over the summed sizes of its parts."""
    cell = recurrences.CELLS["mLSTM"]
    params, trace, reads = drawn(cell, seed, T=6)
    dl_dc = variants.totals(variant(cell), params, trace, reads).dl_dc[2]
    direction = exponential.scale(trace.c[2], 1)
    return float(abs(direction @ dl_dc) / (abs(direction) @ abs(dl_dc)))


def both_ways(cell: Cell, seed: int, T: int = 50) -> float:
    """How far `scan.sequential` and `scan.parallel` are from the plain run, `proofs.worst` of the worse."""
    params, trace, _ = drawn(cell, seed, T)
    steps = scan.elements(cell, params, trace.x)
    k = steps.b.shape[1]  # of an mLSTM (C, n) without stabiliser: its scale is put back
    scale = [np.exp(c[-1]) if k < len(c) else 1.0 for c in (trace.c_0, *trace.c)]
    true = trace.c[:, :k] * np.reshape(scale[1:], (T, 1))
    ways = [scan.states(way(steps), trace.c_0[:k] * scale[0]) for way in (scan.sequential, scan.parallel)]
    return max(proofs.worst([way], [true]) for way in ways)
