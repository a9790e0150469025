"""The explorer of Eq. (15): a cell of one unit whose gates the reader sets."""

from typing import NamedTuple

import numpy as np

from companion.explorers.base import Explorer, Number, Whole, module, style
from lstm import gradient
from lstm.scalar import WEIGHTS, held_gates

START = dict(f=0.9, i=0.5, o=0.8, g=0.3, T=20, c_prev=0.5, o_prev=0.8, read=1.0, read_prev=0.0)
START |= dict(w_2f=0.5, w_2i=0.5, w_2g=1.0, w_2o=0.5)

# Each preset is a complete setting, and its name is a claim that the tests compute.
PRESETS = {
    "kept": dict(f=0.98, i=0.1, o=0.6, g=0.5, o_prev=0.6, w_2f=0.1, w_2i=0.1, w_2g=0.1, w_2o=0.1),
    "forgotten": dict(f=0.1, i=0.3, o=0.6, g=0.5, o_prev=0.6, w_2f=0.4, w_2i=0.4, w_2g=0.4, w_2o=0.4),
    "direct term misleads": dict(f=0.5, i=0.9, o=0.9, g=0.2, o_prev=0.9, w_2g=-2.0),
    "explodes": dict(f=0.6, i=0.9, o=0.9, g=0.05, c_prev=0.2, o_prev=0.9, w_2g=1.5),
    "vanishes though f is near 1": dict(f=0.98, i=0.9, o=0.9, g=0.0, c_prev=0.2, o_prev=0.9, w_2g=-0.8),
}
PRESETS = {name: START | values for name, values in PRESETS.items()}


class Chains(NamedTuple):
    """For steps s = 1, ..., T, each of shape (T,): three things never to be confused, and what they act on.

    product_of_f is f^(s+1) ... f^(T), product_of_jacobians is J4^(s+1) ... J4^(T), chain is the true
    dc^(T)/dc^(s). dl_dc is the total dl/dc^(s) of a loss that reads h^(T) only. c is the cell state c^(s).
    """

    steps: np.ndarray
    product_of_f: np.ndarray
    product_of_jacobians: np.ndarray
    chain: np.ndarray
    dl_dc: np.ndarray
    c: np.ndarray


def held_cell(explorer, T):
    """The (params, trace) of the unit that an explorer with the traits of a held cell shows, over T steps."""
    gates, weights = ({k: getattr(explorer, k) for k in names} for names in ("fiog", WEIGHTS))
    return held_gates(**gates, **weights, c_1=explorer.c_prev, o_1=explorer.o_prev, T=T)


class Eq15Explorer(Explorer):
    """Equation (15) for one unit: gates f, i, o in [0, 1] and g in [-1, 1], held constant over T steps.

    Folded away: c_prev = c^(t-1) and o_prev = o^(t-1), the weights w_2*, and what the loss l reads at once: `read` is
    dl/dh^(t), `read_prev` the same for h^(t-1). Over T steps c^(1) is c_prev, c moves by (13), and l reads h^(T).
    Every trait is synced both ways with the browser. A bad value raises TraitError.
    """

    f = Number(START["f"], 0, 1)
    i = Number(START["i"], 0, 1)
    o = Number(START["o"], 0, 1)
    g = Number(START["g"], -1, 1)
    T = Whole(START["T"], 2, 100)
    c_prev = Number(START["c_prev"], -3, 3)
    o_prev = Number(START["o_prev"], 0, 1)
    w_2f = Number(START["w_2f"], -4, 4)
    w_2i = Number(START["w_2i"], -4, 4)
    w_2g = Number(START["w_2g"], -4, 4)
    w_2o = Number(START["w_2o"], -4, 4)
    read = Number(START["read"], -2, 2)
    read_prev = Number(START["read_prev"], -2, 2)

    def terms(self):
        """The six terms of dl/dc^(t-1), a `gradient.Terms` of floats."""
        params, trace = held_cell(self, 2)
        dl_dh, reads = np.array([self.read]), np.array([self.read_prev])
        dl_dc = gradient.output_slope(trace, 2) * dl_dh
        return gradient.Terms(*(float(term[0]) for term in gradient.terms(params, trace, 2, dl_dc, dl_dh, reads)))

    def chains(self):
        """Products and true derivatives over T steps: `Chains`."""
        params, trace = held_cell(self, self.T)
        reads = np.zeros((self.T, 1))
        reads[-1] = self.read
        f, J4, chain, back = [1.0], [1.0], [1.0], np.array([1.0, 0.0])
        for t in range(self.T, 1, -1):  # back is dc^(T) by (c, h)^(t), the two moved apart
            back = back @ gradient.state_jacobian(params, trace, t)
            f.append(f[-1] * trace.f[t - 1, 0])
            J4.append(J4[-1] * gradient.step_jacobian(params, trace, t)[0, 0])
            chain.append(back @ [1.0, gradient.output_slope(trace, t - 1)[0]])
        columns = (np.array(column[::-1]) for column in (f, J4, chain))
        dl_dc = gradient.totals(params, trace, reads).dl_dc[:, 0]
        return Chains(np.arange(1, self.T + 1), *columns, dl_dc, trace.c[:, 0])


Eq15Explorer._esm = module("eq15/eq15.js", RANGES=Eq15Explorer.ranges(), PRESETS=PRESETS)
Eq15Explorer._css = style()
