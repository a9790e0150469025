"""The explorer of the chain: one unit whose gates change once, its three products, and the paths between them."""

from typing import NamedTuple

import numpy as np

from companion.explorers.base import Explorer, Number, Whole, style
from companion.explorers.bundle import bundle
from lstm import equations, gradient, scalar
from lstm.cell import Params, Trace

T, TENTH = 30, 0.1
START = dict(t=8, f=0.9, f_2=0.9, scale=1.0, switch=18, i=0.5, o=0.9, g=0.1, i_2=0.5, o_2=0.02, g_2=0.1, c_1=1.0)
START |= dict(w_2f=0.5, w_2i=0.5, w_2g=0.7, w_2o=0.5)

# Each preset is a complete setting, and its name is a claim that the tests compute.
HELD = dict(switch=T, t=18)
PRESETS = {
    "right while the output gate is shut": {},
    "product of f is right": HELD | dict(o=0.01, o_2=0.01),
    "product of J is enough": HELD | dict(w_2o=0.0, o_2=0.9, w_2g=0.3),
    "the lost paths matter": HELD | dict(o=0.5, o_2=0.5, w_2o=4.0, c_1=2.0, g=0.4, g_2=0.4, w_2g=1.0),
    "signs differ": HELD | dict(f=0.5, f_2=0.5, t=29, g=0.0, w_2g=-2.0, c_1=0.0, o_2=0.9),
}
PRESETS = {name: START | values for name, values in PRESETS.items()}


class Split(NamedTuple):
    """dc^(T)/dc^(t) by its paths: on c alone; through h, by the gate that first enters c; through an output gate."""

    direct: float
    forget: float
    input: float
    candidate: float
    output: float


class ChainExplorer(Explorer):
    """One unit over T = 30 steps: gates f, i, o, g up to step `switch`, then f_2, i_2, o_2, g_2; c^(1) = c_1.

    The recurrent weights are `scale` times w_2*. The chosen step t is that of dc^(T)/dc^(t). Every trait is synced
    both ways with the browser. A bad value raises TraitError.
    """

    t = Whole(START["t"], 1, T - 1)
    f = Number(START["f"], 0, 1)
    f_2 = Number(START["f_2"], 0, 1)
    scale = Number(START["scale"], 0, 2)
    switch = Whole(START["switch"], 2, T)
    i = Number(START["i"], 0, 1)
    o = Number(START["o"], 0, 1)
    g = Number(START["g"], -1, 1)
    i_2 = Number(START["i_2"], 0, 1)
    o_2 = Number(START["o_2"], 0, 1)
    g_2 = Number(START["g_2"], -1, 1)
    c_1 = Number(START["c_1"], -3, 3)
    w_2f = Number(START["w_2f"], -4, 4)
    w_2i = Number(START["w_2i"], -4, 4)
    w_2g = Number(START["w_2g"], -4, 4)
    w_2o = Number(START["w_2o"], -4, 4)

    def cell(self) -> tuple[Params, Trace]:
        """The (params, trace) of the unit: two stretches of `scalar.held_gates`, the second begins where one ends."""
        weights = {name: self.scale * getattr(self, name) for name in scalar.WEIGHTS}
        early, late = ({k: getattr(self, k + end) for k in "fiog"} for end in ("", "_2"))
        params, first = scalar.held_gates(**early, **weights, c_1=self.c_1, o_1=self.o, T=self.switch)
        if self.switch == T:
            return params, first
        _, then = scalar.held_gates(**late, **weights, c_1=first.c[-1, 0], o_1=self.o, T=T - self.switch + 1)
        rows = ("i", "f", "o", "g", "c", "h", "x")
        return params, first._replace(**{k: np.vstack([getattr(first, k), getattr(then, k)[1:]]) for k in rows})

    def chains(self) -> scalar.Chains:
        """Products and true derivatives of c^(T): `scalar.Chains`."""
        return scalar.chains(*self.cell())

    def parts_at(self) -> tuple[int | None, int | None]:
        """The first step back at which the product of f, and that of J, is off by more than a tenth of the truth."""
        far = self.chains()

        def first(product: np.ndarray) -> int | None:
            off = np.flatnonzero(np.abs(product - far.chain) > TENTH * np.abs(far.chain))
            return int(off[-1]) + 1 if len(off) else None

        return first(far.product_of_f), first(far.product_of_jacobians)

    def split(self) -> Split:
        """All paths from c^(t) to c^(T), step by step forward: `Split`. Their sum is the true chain."""
        params, trace = self.cell()
        slopes, D = gradient.slopes_of(trace), equations.output_slope(trace.o, trace.c)[:, 0]
        edges = [float(getattr(params, f"W_2{k}")[0, 0]) * getattr(slopes, k)[:, 0] for k in "figo"]
        on_c, by_gate, lost_c, lost_h = 1.0, np.zeros(3), 0.0, 0.0
        for k in range(self.t, T):
            into_c, to_o = np.array([edge[k] for edge in edges[:3]]), edges[3][k]
            seen_h = D[k - 1] * np.array([on_c, *by_gate])  # h^(k) on paths that have passed no output gate
            lost_c, was_h = trace.f[k, 0] * lost_c + into_c.sum() * lost_h, lost_h
            lost_h = D[k] * lost_c + to_o * (was_h + seen_h.sum())
            by_gate = trace.f[k, 0] * by_gate + into_c.sum() * seen_h[1:] + into_c * seen_h[0]
            on_c *= trace.f[k, 0]
        return Split(*map(float, (on_c, *by_gate, lost_c)))


ChainExplorer._esm = bundle("chain/chain.js", RANGES=ChainExplorer.limits(), PRESETS=PRESETS, T=T, TENTH=TENTH)
ChainExplorer._css = style("chain/chain.css")
