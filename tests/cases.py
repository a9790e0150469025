"""Random cells for the tests: Hypothesis draws sizes, scale and seed, a NumPy generator draws the arrays."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from lstm.cell import Params, Trace, init_params, run
from lstm.equations import Gates
from lstm.fast import columns

SCALES = [0.5, 1.0, 3.0, 6.0]


class Case(NamedTuple):
    """A cell, a sequence, a loss and the run: x (T, m), h_0 and c_0 (n,), reads (T, n)."""

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    reads: np.ndarray
    trace: Trace


def case(seed, m, n, T, scale, many_to_one=False):
    """One case from plain numbers. `scale` multiplies all parameters: 0.5 leaves gates near 1/2, 6 saturates."""
    rng = np.random.default_rng(seed)
    params = Params(*(scale * p for p in init_params(m, n, rng=rng)))
    x, h_0, c_0 = rng.normal(size=(T, m)), rng.uniform(-1, 1, n), rng.normal(size=n)
    reads = rng.normal(size=(T, n))
    if many_to_one:
        reads[:-1] = 0
    return Case(params, x, h_0, c_0, reads, run(params, x, h_0, c_0))


def cases(many_to_one=False, scales=SCALES):
    """Cases with m 1..4, n 1..5, T 3..7, non-zero biases; a loss at every step, or at step T only."""
    m, n, T = st.integers(1, 4), st.integers(1, 5), st.integers(3, 7)
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(case, seeds, m, n, T, st.sampled_from(scales), st.just(many_to_one))


def slopes_off_by_a_thousandth(monkeypatch):
    """Plant a bug in lstm.fast.columns: every slope of a gate is 1.001 times what it should be."""
    right = columns.slopes
    monkeypatch.setattr(columns, "slopes", lambda now: Gates(*(1.001 * a for a in right(now))))
