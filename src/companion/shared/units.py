"""Random cells of one unit, for what is said of them."""

import numpy as np

from lstm import scalar
from lstm.cell import Params, Trace


def random_unit(rng: np.random.Generator, *, T: int = 2, **given: float) -> tuple[Params, Trace]:
    """(params, trace) of a random unit over T steps, as `lstm.scalar.held_gates` has it; `given` are its arguments.

    Gates are uniform on (0, 1), the candidate on (-1, 1), weights on (-4, 4), c^(1) is standard normal.
    Raises TypeError or ValueError that names the argument.
    """
    gates = dict(zip(["f", "i", "o", "o_1"], rng.uniform(size=4), strict=True))
    gates |= dict(g=rng.uniform(-1, 1), c_1=rng.normal())
    weights = dict(zip(scalar.WEIGHTS, rng.uniform(-4, 4, 4), strict=True))
    return scalar.held_gates(**(gates | weights | given), T=T)
