"""One unit with round numbers, the step on paper of book/printed.ipynb, as a run of its own over several steps."""

import numpy as np

from companion.shared.units import one_unit, predictors
from lstm import checks
from lstm.cell import Params, Trace, run

GATES = {"i": 0.5, "f": 0.8, "o": 0.5, "g": 0.6}  # at every step
WEIGHTS = {"i": -1.0, "f": 1.0, "o": 1.0, "g": 2.0}  # w_2 of each, in the order of the gates
START = 0.25  # c^(0), so that c^(1) = .8 * .25 + .5 * .6 = .5


def on_paper(T: int) -> tuple[Params, Trace]:
    """Return (params, trace) of one unit over T >= 1 steps whose gates come out as `GATES` at every step.

    Nothing is set by hand: the unit has four inputs, one a gate, and x^(t) is what the linear predictor of each gate
    lacks, x_*^(t) = z_* - w_2* h^(t-1) with z_* the predictor that gives the gate. So the run is one of (12) to (14),
    and derivatives flow through its gates as through any. h^(0) = 0, biases are 0. Raises TypeError or ValueError.
    """
    T = checks.whole("T", T, 1)
    params = one_unit(dict(zip(GATES, np.eye(4), strict=True)), WEIGHTS, dict.fromkeys(GATES, 0.0))
    z, w = np.array(list(predictors(GATES).values())), np.array(list(WEIGHTS.values()))
    x, h, c = [], np.zeros(1), np.array([START])
    for _ in range(T):
        x.append(z - w * h)
        c = GATES["f"] * c + GATES["i"] * GATES["g"]
        h = GATES["o"] * np.tanh(c)
    return params, run(params, np.array(x), np.zeros(1), np.array([START]))
