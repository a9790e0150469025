"""Doors at the edge: how often a call checks does not depend on the number of steps."""

import sys
from pathlib import Path

import numpy as np
import pytest

from lstm import audit, audit_layers, bptt, chain, checks, init_params, product_of_f, rnn, run, terms, totals
from lstm.fast import sequence

M, N = 2, 3
ZERO = np.zeros((1, N))
CHECKS = Path(checks.__file__).name


class Case:
    """A run of T steps, read at each, and its total derivatives."""

    def __init__(self, T):
        rng = np.random.default_rng(T)
        self.T, self.x, self.reads = T, rng.normal(size=(T, M)), rng.normal(size=(T, N))
        self.params = init_params(M, N, rng=rng)
        self.upper = init_params(N, N, rng=np.random.default_rng(1))
        self.trace = run(self.params, self.x)
        self.total = totals(self.params, self.trace, self.reads)
        self.plain = rnn.init_params(M, N, rng=rng)
        self.plain_trace = rnn.run(self.plain, self.x)


CALLS = {
    "run": lambda c: run(c.params, c.x),
    "totals": lambda c: totals(c.params, c.trace, c.reads),
    "terms": lambda c: terms(c.params, c.trace, c.T - 1, c.total, c.reads),
    "chain": lambda c: chain(c.params, c.trace, 1, c.T),
    "product_of_f": lambda c: product_of_f(c.trace, 1, c.T),
    "bptt.backward": lambda c: bptt.backward(c.params, c.trace, c.reads),
    "bptt.truncated": lambda c: bptt.truncated(c.params, c.trace, c.reads, 2),
    "bptt.sliding": lambda c: bptt.sliding(c.params, c.trace, c.reads, 2),
    "audit": lambda c: audit(c.params, c.x[:, None]),
    "audit, all that it takes": lambda c: audit(
        c.params, c.x[None], c.reads[None], out=c.trace.h[None], lengths=[c.T], h_0=ZERO, c_0=ZERO, batch_first=True
    ),
    "audit_layers": lambda c: audit_layers([c.params, c.upper], c.x[:, None], lengths=[c.T - 1]),
    "fast.sequence": lambda c: sequence.backward(sequence.forward(c.params, c.x[:, None])[2], c.reads[:, None]),
    "rnn.run": lambda c: rnn.run(c.plain, c.x),
    "rnn.chain": lambda c: rnn.chain(c.plain, c.plain_trace, 0, c.T),
    "rnn.rates": lambda c: rnn.rates(c.plain, c.plain_trace, 0, c.T),
}


def count(call, case):
    """How many functions of lstm.checks run while call(case) does."""
    seen = []

    def look(frame, event, _):
        if event == "call" and Path(frame.f_code.co_filename).name == CHECKS:
            seen.append(frame.f_code.co_name)

    sys.setprofile(look)
    try:
        call(case)
    finally:
        sys.setprofile(None)
    return len(seen)


@pytest.mark.parametrize("name", CALLS)
def test_the_number_of_checks_does_not_depend_on_the_number_of_steps(name):
    short, long = (count(CALLS[name], Case(T)) for T in (6, 30))
    assert 0 < short == long


def test_a_check_in_a_loop_is_counted():
    def loop(case):
        for x_t in case.x:
            checks.array("x", x_t, (M,))

    short, long = (count(loop, Case(T)) for T in (6, 30))
    assert long - short >= 24
