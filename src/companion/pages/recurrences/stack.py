"""Two layers of one recurrence, the second reading the h of the first: exact in each layer, not through the stack."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lstm import checks
from lstm.analytic import complex_step
from lstm.recurrences import Cell, products, run, variant
from lstm.variants import follow


class Blocks(NamedTuple):
    """Of d(c_1, c_2)^(T) / d(c_1, c_2)^(s): the true block within each layer, its product, and the block 1 to 2."""

    first: np.ndarray
    first_product: np.ndarray
    second: np.ndarray
    second_product: np.ndarray
    between: np.ndarray


def blocks(cell: Cell, lower: Any, upper: Any, x: np.ndarray, s: int) -> Blocks:
    """The `Blocks` of a stack over x, (T, m), from step s to T: by complex step, and the products of direct factors.

    lower has m inputs, upper as many as lower has units. Raises TypeError or ValueError that names the argument.
    """
    below = run(cell, lower, x)
    above = run(cell, upper, below.h)
    s = checks.whole("s", s, 1, len(x) - 1)
    before = (above.h[s - 2], above.c[s - 2]) if s > 1 else (above.h_0, above.c_0)

    def through(c: np.ndarray) -> np.ndarray:  # what the second layer's memory becomes when the first's is c at step s
        return run(cell, upper, follow(variant(cell), lower, below, s, c)[1], *before).c[-1]

    def within(params: Any, trace: Any) -> Callable[[np.ndarray], np.ndarray]:
        return lambda c: follow(variant(cell), params, trace, s, c)[0][-1]

    return Blocks(
        complex_step(within(lower, below), below.c[s - 1]),
        products(cell, lower, below, len(x))[s - 1],
        complex_step(within(upper, above), above.c[s - 1]),
        products(cell, upper, above, len(x))[s - 1],
        complex_step(through, below.c[s - 1]),
    )
