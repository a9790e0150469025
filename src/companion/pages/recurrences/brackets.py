"""Three steps of an LSTM in two bracketings: what a scan would have to do, and what it gives."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

import lstm
from lstm import checks
from lstm.cell import Params


class Brackets(NamedTuple):
    """c^(3), (n,): (1 2) 3, which is the run; and 1 (2 3), with steps 2 and 3 composed before h^(1) is known."""

    left: np.ndarray
    right: np.ndarray


def three_steps(params: Params, x: ArrayLike) -> Brackets:
    """`Brackets` of three inputs x, (3, m), from states that are zero.

    A piece of a run is summed up as an element (A, b): A the product of its forget gates, b the memory in which it ends
    from c = 0. Its gates read the h of the piece itself, which starts from h = 0 where nothing stands before it. Raises
    TypeError or ValueError that names the argument.
    """
    x = checks.array("x", x, (3, None))
    one, both = lstm.run(params, x[:1]), lstm.run(params, x[1:])
    right = both.f.prod(axis=0) * one.c[-1] + both.c[-1]
    return Brackets(lstm.run(params, x).c[-1], right)
