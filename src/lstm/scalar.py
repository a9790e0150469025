"""A cell of one unit whose gates are held at chosen values: the stage on which Eq. (15) is shown."""

import numpy as np

from lstm import checks
from lstm.cell import Params, Trace, cell_state, hidden_state

WEIGHTS = ("w_2f", "w_2i", "w_2g", "w_2o")


def held_gates(*, f, i, o, g, c_1, o_1, w_2f, w_2i, w_2g, w_2o, T):
    """Return (params, trace) of one unit: c^(1) = c_1 and o^(1) = o_1, then f, i, o, g at steps 2 to T.

    The cell state moves by (13), the hidden state by (14). The gates are data here: inputs x^(t) that bring them
    about exist, and the gradient does not depend on them; W_1*, b_* and x are zeros that nothing reads. The
    weights w_2* are the 1 x 1 matrices W_2*. Gates i, f, o lie in [0, 1], g in [-1, 1], T >= 2.
    Raises TypeError or ValueError that names the argument.
    """
    T = checks.whole("T", T, 2)
    bounds = {"f": (f, 0, 1), "i": (i, 0, 1), "o": (o, 0, 1), "o_1": (o_1, 0, 1), "g": (g, -1, 1)}
    for name, (value, low, high) in bounds.items():
        if not low <= checks.array(name, value, ()) <= high:
            raise ValueError(f"{name}: expected a value in [{low}, {high}], got {value}")
    held = {k: np.full((T, 1), float(v)) for k, v in [("i", i), ("f", f), ("o", o), ("g", g)]}
    held["o"][0] = o_1
    c = np.full((T, 1), float(checks.array("c_1", c_1, ())))
    for k in range(1, T):
        c[k] = cell_state(held["f"][k], c[k - 1], held["i"][k], held["g"][k])
    h = np.array([hidden_state(o_t, c_t) for o_t, c_t in zip(held["o"], c, strict=True)])
    zeros = {name: np.zeros(1 if name[0] == "b" else (1, 1)) for name in Params._fields}
    weights = {"W" + w[1:]: v for w, v in zip(WEIGHTS, (w_2f, w_2i, w_2g, w_2o), strict=True)}
    weights = {name: checks.array(name, v, ()).reshape(1, 1) for name, v in weights.items()}
    trace = Trace(**held, c=c, h=h, x=np.zeros((T, 1)), h_0=np.zeros(1), c_0=np.zeros(1))
    return Params(**(zeros | weights)), trace
