"""The explorer of the memory: a unit whose gates and contents the reader draws, step by step."""

from typing import Any, NamedTuple

import numpy as np

from companion.explorers.base import Explorer, Series, Whole, style
from companion.explorers.bundle import bundle
from lstm import equations

T = 16
GATES = ("f", "i", "o")  # what `fixed` = 1, 2, 3 names


class Followed(NamedTuple):
    """Cell state c, hidden state h and slope D of h with respect to c at steps 1 to T, each (T,)."""

    c: np.ndarray
    h: np.ndarray
    D: np.ndarray


def drawn(background: float, **at: float) -> list[float]:
    """A series that has one value but for the steps named, s3=1 is step 3."""
    return [float(at.get(f"s{step}", background)) for step in range(1, T + 1)]


NOISE = [0.4, -0.6, 0.9, 0.3, 0.7, -0.5, 0.6, 0.2, -0.7, 0.8, -0.3, 0.5, 0.6, -0.4, 0.3, 0.5]
# Each is a complete setting, and its name is a claim that the tests compute.
PRESETS: dict[str, dict[str, Any]] = {
    "hold": dict(f=drawn(1), i=drawn(0, s3=1), o=drawn(0, s16=1), g=NOISE),
    "forget": dict(f=drawn(1, s9=0), i=drawn(0, s3=1, s9=1), o=drawn(0, s8=1, s16=1), g=NOISE),
    "integrate": dict(f=drawn(1), i=drawn(1), o=drawn(1), g=[round(x / 4, 2) for x in NOISE]),
    "count": dict(f=drawn(1), i=drawn(0.25), o=drawn(1), g=drawn(0, s2=1, s5=1, s6=1, s11=1, s14=1)),
    "latch": dict(
        f=drawn(1, s2=0, s7=0, s12=0), i=drawn(0, s2=1, s7=1, s12=1), o=drawn(1), g=drawn(0, s2=1, s7=-1, s12=1)
    ),
}
PRESETS = {name: setting | dict(fixed=0, t=T) for name, setting in PRESETS.items()}


class MemoryExplorer(Explorer):
    """Eqs. (13) and (14) for one unit over 16 steps, from c^(0) = 0; f, i, o and g are given at each step.

    f, i, o are lists of 16 values in [0, 1], g of 16 in [-1, 1]. `fixed` = 1, 2, 3 holds the forget, input or output
    gate at 1; 0 holds none. `t` is the step that is marked. All are synced with the browser; a bad value raises
    TraitError.
    """

    f = Series(PRESETS["hold"]["f"], 0, 1)
    i = Series(PRESETS["hold"]["i"], 0, 1)
    o = Series(PRESETS["hold"]["o"], 0, 1)
    g = Series(PRESETS["hold"]["g"], -1, 1)
    fixed = Whole(0, 0, len(GATES))
    t = Whole(T, 1, T)

    def follow(self, *, as_drawn: bool = False) -> Followed:
        """What the page shows: c, h and D over the steps; with `as_drawn` as if no gate were fixed."""
        series = {name: np.array(getattr(self, name)) for name in "fiog"}
        if self.fixed and not as_drawn:
            series[GATES[self.fixed - 1]] = np.ones(T)
        c = np.zeros(T + 1)
        for k in range(T):
            c[k + 1] = equations.cell_state(series["f"][k], c[k], series["i"][k], series["g"][k])
        h, D = (read(series["o"], c[1:]) for read in (equations.hidden_state, equations.output_slope))
        return Followed(c[1:], h, D)


MemoryExplorer._esm = bundle("memory/memory.js", RANGES=MemoryExplorer.limits(), PRESETS=PRESETS, T=T, GATES=GATES)
MemoryExplorer._css = style("memory/memory.css")
