"""The explorer of the sweep: one unit over six steps, what goes back through it, and what each parameter collects."""

from typing import Any, NamedTuple

import numpy as np

from companion.explorers.base import Explorer, Number, Whole, style
from companion.explorers.bundle import bundle
from lstm import bptt, equations, gradient, scalar
from lstm.cell import Params, Trace

T = 6
MOST = 0.9  # of the sizes of a parameter's shares, from which the page says that some steps give most
GATES = ("f", "i", "g", "o")
PARAMETERS = tuple(f"{letter}{gate}" for letter in ("b_", "w_2") for gate in GATES)
START = dict(at=T, f=0.8, o=0.5, i=0.5, g=0.6, c_0=0.25, w_2f=1.0, w_2i=-1.0, w_2g=2.0, w_2o=1.0)
LAST, EVERY, THIRD = ({f"r_{t}": int(t in steps) for t in range(1, T + 1)} for steps in ({T}, range(1, T + 1), {3}))
START |= LAST

# Each preset is a complete setting with the sweep at its end, and its name is a claim that the tests compute.
PRESETS: dict[str, dict[str, Any]] = {
    "every step is read": EVERY,
    "three steps by hand": THIRD,
    "short memory": dict(f=0.2, w_2g=0.5),
    "all through h": dict(f=0.0, i=0.9, o=0.9, g=0.2, w_2g=1.4, w_2i=0.0),
    "output gate shut": dict(o=0.0),
    "shares cancel": dict(f=0.1, o=0.9, w_2g=-4.0),
}
PRESETS = {name: START | dict(at=0) | values for name, values in PRESETS.items()}


class Swept(NamedTuple):
    """The whole sweep, step t in place t - 1: total derivatives, messages to step t - 1, each (T,), and shares.

    b and w have a row a gate, in the order of `GATES`, and a column a step: its shares of dl/db_* and dl/dw_2*.
    """

    dl_dc: np.ndarray
    dl_dh: np.ndarray
    to_c: np.ndarray
    to_h: np.ndarray
    b: np.ndarray
    w: np.ndarray


class Cancelled(NamedTuple):
    """A parameter whose shares have both signs: its name, the sum of their sizes, and their sum."""

    name: str
    sizes: float
    sum: float


class SweepExplorer(Explorer):
    """Backpropagation through time for one unit over T = 6 steps from c^(0) = c_0 and h^(0) = 0, gates held.

    The loss is the sum of those h^(t) whose r_t is 1. The sweep has gone from step T to step `at`; at 0 it has reached
    the initial states. Every trait is synced both ways with the browser. A bad value raises TraitError.
    """

    at = Whole(START["at"], 0, T)
    f = Number(START["f"], 0, 1)
    o = Number(START["o"], 0, 1)
    i = Number(START["i"], 0, 1)
    g = Number(START["g"], -1, 1)
    c_0 = Number(START["c_0"], -3, 3)
    w_2f = Number(START["w_2f"], -4, 4)
    w_2i = Number(START["w_2i"], -4, 4)
    w_2g = Number(START["w_2g"], -4, 4)
    w_2o = Number(START["w_2o"], -4, 4)
    r_1 = Whole(START["r_1"], 0, 1)
    r_2 = Whole(START["r_2"], 0, 1)
    r_3 = Whole(START["r_3"], 0, 1)
    r_4 = Whole(START["r_4"], 0, 1)
    r_5 = Whole(START["r_5"], 0, 1)
    r_6 = Whole(START["r_6"], 0, 1)

    def cell(self) -> tuple[Params, Trace]:
        """The (params, trace) of the unit: `scalar.held_gates` from a step that makes h^(0) = 0 of c^(0) = c_0."""
        held = {name: getattr(self, name) for name in (*"fiog", *scalar.WEIGHTS)}
        params, trace = scalar.held_gates(**held, c_1=self.c_0, o_1=0.0, T=T + 1)
        return params, bptt.segment(trace, 1, T + 1)

    def reads(self) -> np.ndarray:
        """What the loss reads from h^(1), ..., h^(T), of shape (T, 1)."""
        return np.array([[float(getattr(self, f"r_{t}"))] for t in range(1, T + 1)])

    def sweep(self) -> Swept:
        """All that the page shows of the sweep, by `gradient.totals` and `equations.deltas`: `Swept`."""
        params, trace = self.cell()
        dl_dc, dl_dh = gradient.totals(params, trace, self.reads())
        d = equations.deltas(trace, np.vstack([trace.c_0, trace.c[:-1]]), dl_dc, dl_dh)
        b = np.array([getattr(d, gate)[:, 0] for gate in GATES])
        weights = np.array([getattr(params, f"W_2{gate}")[0, 0] for gate in GATES])
        h_prev = np.vstack([trace.h_0, trace.h[:-1]])[:, 0]
        return Swept(dl_dc[:, 0], dl_dh[:, 0], trace.f[:, 0] * dl_dc[:, 0], weights @ b, b, b * h_prev)

    def shares(self) -> dict[str, np.ndarray]:
        """{parameter: its share at each step, (T,)}, in the order of `PARAMETERS`."""
        swept = self.sweep()
        return dict(zip(PARAMETERS, (*swept.b, *swept.w), strict=True))

    def most_from(self) -> int | None:
        """The latest step from which on the steps give most, `MOST` by size, of every parameter's shares.

        A parameter that collects nothing does not count; None where none collects anything.
        """
        sizes = [np.abs(shares) for shares in self.shares().values() if shares.any()]
        enough = [int(np.flatnonzero(np.cumsum(one[::-1])[::-1] >= MOST * one.sum())[-1]) + 1 for one in sizes]
        return min(enough, default=None)

    def cancels(self) -> Cancelled | None:
        """The parameter whose shares cancel most, relative to their sizes; None where none has shares of both signs.

        Some parameters cancel alike, up to rounding. Of those it is the first in the order of `PARAMETERS`.
        """
        found, least = None, 1.0
        for name, shares in self.shares().items():
            sizes, total = float(np.abs(shares).sum()), float(shares.sum())
            if shares.min() < 0 < shares.max() and abs(total) < sizes * least * (1 - 1e-9):
                found, least = Cancelled(name, sizes, total), abs(total) / sizes
        return found


SweepExplorer._esm = bundle("sweep/sweep.js", RANGES=SweepExplorer.limits(), PRESETS=PRESETS, T=T, MOST=MOST)
SweepExplorer._css = style("sweep/sweep.css")
