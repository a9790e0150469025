"""One unit with round numbers, the step on paper of book/printed.ipynb, as a run of its own over several steps."""

import numpy as np

from lstm import checks
from lstm.cell import Params, Trace, run

GATES = {"i": 0.5, "f": 0.8, "o": 0.5, "g": 0.6}  # at every step
WEIGHTS = {"W_2i": -1.0, "W_2f": 1.0, "W_2o": 1.0, "W_2g": 2.0}
START = 0.25  # c^(0), so that c^(1) = .8 * .25 + .5 * .6 = .5


def on_paper(T: int) -> tuple[Params, Trace]:
    """Return (params, trace) of one unit over T >= 1 steps whose gates come out as `GATES` at every step.

    Nothing is set by hand: the unit has four inputs, one a gate, and x^(t) is what the linear predictor of each gate
    lacks, x_*^(t) = z_* - w_2* h^(t-1) with z_* the predictor that gives the gate. So the run is one of (12) to (14),
    and derivatives flow through its gates as through any. h^(0) = 0, biases are 0. Raises TypeError or ValueError.
    """
    T = checks.whole("T", T, 1)
    zeros = {name: np.zeros(1 if name[0] == "b" else (1, 1)) for name in Params._fields}
    inputs = {f"W_1{gate}": np.eye(4)[[k]] for k, gate in enumerate(GATES)}
    params = Params(**(zeros | inputs | {name: np.full((1, 1), w) for name, w in WEIGHTS.items()}))
    z = np.array([np.arctanh(v) if k == "g" else np.log(v / (1 - v)) for k, v in GATES.items()])
    w = np.array([WEIGHTS[f"W_2{gate}"] for gate in GATES])
    x, h, c = [], np.zeros(1), np.array([START])
    for _ in range(T):
        x.append(z - w * h)
        c = GATES["f"] * c + GATES["i"] * GATES["g"]
        h = GATES["o"] * np.tanh(c)
    return params, run(params, np.array(x), np.zeros(1), np.array([START]))
