"""The explorer of a gate: one unit of Eq. (12) with its four regressions on x and h, each on its curve."""

from typing import Any, NamedTuple

import numpy as np

from companion.explorers.base import Explorer, Number, Whole, style
from companion.explorers.bundle import bundle
from lstm import Params, gates
from lstm.cell import Gates

ORDER = ("f", "i", "o", "g")  # what `gate` = 0, 1, 2, 3 chooses
PUSH = 0.1  # of h, whose effect on the gate the page says
START: dict[str, Any] = dict(x=0.5, h=0.23, gate=0)
START |= dict(w_1f=0.32, w_1i=0.46, w_1o=-0.46, w_1g=0.46, w_2f=1.0, w_2i=-1.0, w_2o=1.0, w_2g=2.0)
START |= dict(b_f=1.0, b_i=0.0, b_o=0.0, b_g=0.0)
# Each is a complete setting, and its name is a claim that the tests compute.
PRESETS = {
    "half open": dict(x=0.0, h=0.0, b_f=0.0),
    "open": dict(x=0.0, h=0.0, b_f=4.0),
    "shut": dict(x=0.0, h=0.0, b_f=-4.0),
    "saturated": dict(h=0.0, b_f=7.0),
    "candidate at its steepest": dict(x=0.0, h=0.0, gate=3),
}
PRESETS = {name: START | values for name, values in PRESETS.items()}


class Response(NamedTuple):
    """What a gate does: linear predictor z, value, slope, its value with h raised by `PUSH`, its steepest slope."""

    z: float
    value: float
    slope: float
    pushed: float
    steepest: float


class GateExplorer(Explorer):
    """Equation (12) for one unit with one input: x, h = h^(t-1), and for each of f, i, o, g two weights and a bias.

    `gate` 0, 1, 2, 3 chooses f, i, o or g, whose weights the sliders set. Every trait is synced with the browser. A bad
    value raises TraitError.
    """

    x = Number(START["x"], -3, 3)
    h = Number(START["h"], -1, 1)
    gate = Whole(START["gate"], 0, 3)
    w_1f = Number(START["w_1f"], -4, 4)
    w_2f = Number(START["w_2f"], -4, 4)
    b_f = Number(START["b_f"], -8, 8)
    w_1i = Number(START["w_1i"], -4, 4)
    w_2i = Number(START["w_2i"], -4, 4)
    b_i = Number(START["b_i"], -8, 8)
    w_1o = Number(START["w_1o"], -4, 4)
    w_2o = Number(START["w_2o"], -4, 4)
    b_o = Number(START["b_o"], -8, 8)
    w_1g = Number(START["w_1g"], -4, 4)
    w_2g = Number(START["w_2g"], -4, 4)
    b_g = Number(START["b_g"], -8, 8)

    def _values(self, h: float) -> Gates:
        arrays = {f"W_{k}{gate}": np.array([[getattr(self, f"w_{k}{gate}")]]) for k in (1, 2) for gate in ORDER}
        biases = {f"b_{gate}": np.array([getattr(self, f"b_{gate}")]) for gate in ORDER}
        return gates(Params(**arrays, **biases), [self.x], [h])

    def responses(self) -> dict[str, Response]:
        """{gate: what it does at x and h}, values by `lstm.gates`, in the order of ORDER."""
        now, pushed = self._values(self.h), self._values(self.h + PUSH)
        found = {}
        for gate in ORDER:
            z = getattr(self, f"w_1{gate}") * self.x + getattr(self, f"w_2{gate}") * self.h + getattr(self, f"b_{gate}")
            value = float(getattr(now, gate)[0])
            steepest, stretch = (1.0, 1) if gate == "g" else (0.25, 2)  # 1 - value would be rounded to 0 far out
            slope = float(steepest / np.cosh(z / stretch) ** 2)
            found[gate] = Response(z, value, slope, float(getattr(pushed, gate)[0]), steepest)
        return found


GateExplorer._esm = bundle("gate/gate.js", RANGES=GateExplorer.limits(), PRESETS=PRESETS, ORDER=ORDER, PUSH=PUSH)
GateExplorer._css = style("gate/gate.css")
