"""How fast a gradient vanishes or explodes: the mean factor a step, and the words for it.

The size of a chain over T - 1 steps is its spectral norm; its rate is norm^(1/(T - 1)). A rate below VANISH "vanishes",
above EXPLODE it "explodes", else it "holds". At 0.9 a gradient halves in 6.6 steps and loses a factor of ten in 22; at
1.1 it doubles in 7.3 and gains a factor of ten in 24.
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range

VERDICTS = ("vanishes", "holds", "explodes")
VANISH, EXPLODE = 0.9, 1.1
SMALLEST = np.finfo(float).tiny  # what a norm below it counts as: the logarithm stays finite


@in_range
def rate(log10_norm: ArrayLike, steps: int) -> np.ndarray:
    """The mean factor a step: 10^(log10_norm / steps), elementwise. Raises TypeError or ValueError, naming it."""
    return 10 ** (checks.real("log10_norm", log10_norm, None) / checks.whole("steps", steps, 1))


def verdict(rates: ArrayLike, *, vanish: float = VANISH, explode: float = EXPLODE) -> np.ndarray:
    """Places in `VERDICTS`, elementwise: 0 where the rate < vanish, 2 where > explode, else 1, both limits included.

    Raises TypeError or ValueError that names the argument.
    """
    low, high = checks.real("vanish", vanish, ()), checks.real("explode", explode, ())
    if not 0 < low < 1 < high:
        raise ValueError(f"vanish: expected 0 < vanish < 1 < explode, got {vanish} and {explode}")
    rates = checks.real("rates", rates, None)
    return 1 + (rates > explode) - (rates < vanish)
