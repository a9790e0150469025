"""The explorer of Eq. (15): a cell of one unit whose gates the reader sets."""

from typing import Any

from companion.explorers.base import Explorer, Number, Whole, style
from companion.explorers.bundle import bundle
from lstm import scalar
from lstm.cell import Params, Trace
from lstm.gradient import Terms
from lstm.scalar import WEIGHTS, held_gates

GATES = {k: scalar.UNIT[k] for k in "fiog"}
START = GATES | dict(T=20, c_prev=scalar.UNIT["c_1"], o_prev=scalar.UNIT["o_1"], read=1.0, read_prev=0.0)
START |= {k: scalar.UNIT[k] for k in scalar.WEIGHTS}

# Each preset is a complete setting, and its name is a claim that the tests compute.
PRESETS = {
    "kept": dict(f=0.98, i=0.1, o=0.6, g=0.5, o_prev=0.6, w_2f=0.1, w_2i=0.1, w_2g=0.1, w_2o=0.1),
    "forgotten": dict(f=0.1, i=0.3, o=0.6, g=0.5, o_prev=0.6, w_2f=0.4, w_2i=0.4, w_2g=0.4, w_2o=0.4),
    "direct term misleads": dict(f=0.5, i=0.9, o=0.9, g=0.2, o_prev=0.9, w_2g=-2.0),
    "explodes": dict(f=0.6, i=0.9, o=0.9, g=0.05, c_prev=0.2, o_prev=0.9, w_2g=1.5),
    "vanishes though f is near 1": dict(f=0.98, i=0.9, o=0.9, g=0.0, c_prev=0.2, o_prev=0.9, w_2g=-0.8),
}
PRESETS = {name: START | values for name, values in PRESETS.items()}


def held_cell(explorer: Any, T: int) -> tuple[Params, Trace]:
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

    def terms(self) -> Terms:
        """The six terms of dl/dc^(t-1), a `gradient.Terms` of floats."""
        return scalar.terms(*held_cell(self, 2), self.read, self.read_prev)

    def chains(self) -> scalar.Chains:
        """Products and true derivatives over T steps: `scalar.Chains`."""
        return scalar.chains(*held_cell(self, self.T), self.read)


Eq15Explorer._esm = bundle("eq15/eq15.js", RANGES=Eq15Explorer.limits(), PRESETS=PRESETS)
Eq15Explorer._css = style()
