"""What each part of the drawing of a cell carries, and the numbers from which that is made, over a whole run."""

from typing import Any

import numpy as np

from companion.explorers.base import digits
from companion.style.drawing import ROLES
from lstm import equations, gradient
from lstm.cell import Params, Trace

GATES = ("f", "i", "g", "o")


def forward(params: Params, trace: Trace) -> dict[str, np.ndarray]:
    """(12) to (14): {name: (T, n)}. `z_f` is the argument of f's sigmoid, and x_f, h_f, b_f are its three summands.

    The first input of each step is `x` where it is the only one, else `x_1`.
    """
    c_prev, h_prev = before(trace.c_0, trace.c), before(trace.h_0, trace.h)
    found = {"c_prev": c_prev, "h_prev": h_prev, "c": trace.c, "h": trace.h, "squashed": np.tanh(trace.c)}
    found["x" if trace.x.shape[1] == 1 else "x_1"] = np.broadcast_to(trace.x[:, :1], trace.c.shape)
    for gate in GATES:
        W_1, W_2, b = (getattr(params, f"{name}{gate}") for name in ("W_1", "W_2", "b_"))
        parts = {"x": trace.x @ W_1.T, "h": h_prev @ W_2.T, "b": np.broadcast_to(b, trace.c.shape)}
        found |= {gate: getattr(trace, gate), f"z_{gate}": sum(parts.values())}
        found |= {f"{name}_{gate}": part for name, part in parts.items()}
    return found | {"kept": trace.f * c_prev, "written": trace.i * trace.g}


def backward(params: Params, trace: Trace, reads: np.ndarray) -> dict[str, np.ndarray]:
    """(15) for a loss that reads `reads`: {name: (T, n)}. What a name calls `before` or `prev` is 0 at step 1.

    `sent_f` is what the forget gate sends back to h^(t-1), `forget` what of it reaches c^(t-1), and so on; `slope_f` is
    the slope of its sigmoid, and `beyond` what comes to c^(t) from c^(t+1).
    """
    dl_dc, dl_dh = gradient.totals(params, trace, reads)
    D, none = equations.output_slope(trace.o, trace.c), np.zeros(trace.c.shape[1])
    D_prev, read_prev, dl_dh_before = (before(none, one) for one in (D, reads, dl_dh))
    deltas = equations.deltas(trace, before(trace.c_0, trace.c), dl_dc, dl_dh)
    found = {"dl_dc": dl_dc, "dl_dh": dl_dh, "D": D, "D_prev": D_prev, "read": reads, "read_prev": read_prev}
    found |= {"through_h": D * dl_dh, "dl_dh_before": dl_dh_before, "through_before": D_prev * dl_dh_before}
    found |= {"beyond": before(none, (trace.f * dl_dc)[::-1])[::-1]}
    six = {"direct": trace.f * dl_dc, "local": D_prev * read_prev}
    for gate, term in ROLES.items():
        found[f"delta_{gate}"] = delta = getattr(deltas, gate)
        found[f"sent_{gate}"] = sent = delta @ getattr(params, f"W_2{gate}")
        value = getattr(trace, gate)
        found[f"slope_{gate}"] = 1 - value**2 if gate == "g" else value * (1 - value)
        six[term] = D_prev * sent
    return found | six | {"before": sum(six.values())}


def before(first: np.ndarray, series: np.ndarray) -> np.ndarray:
    """The series (T, n) a step later: `first` (n,), and all of it but its last row."""
    return np.vstack([first, series[:-1]])


def stored(numbers: dict[str, np.ndarray]) -> dict[str, Any]:
    """{name: for each unit a list of its numbers over the steps}, to six digits: the same on other machines."""
    return {name: digits(series.T, 6).tolist() for name, series in numbers.items()}
