"""What the explorer of the recurrences shows, as the page's study computes it."""

from typing import NamedTuple

import numpy as np


class Shown(NamedTuple):
    """S random cells of one kind and setting over T steps; step 1 is the earliest.

    sizes: {edge: the median over cells and steps of the spectral norm of one step's slope}, edges "direct", "D" (by
    which h follows the memory) and the other paths. true_curve, direct_curve (3, T): quartiles over the cells of log10
    of the norm of the memory's chain from step s to T, and of the product of its direct factors. off (S,): the largest
    entry of their difference at s = 1, over that of the chain.
    """

    sizes: dict[str, float]
    true_curve: np.ndarray
    direct_curve: np.ndarray
    off: np.ndarray


class Family(NamedTuple):
    """A kind of cell: its name; factor, in words; ends, {path: (from, to)}, each "c" or "h", "c" from "c" for "stays".

    settings: for each way in which parameters are drawn, a list of `Shown`, one for each factor on the weights that
    read h, or a single one where nothing reads it.
    """

    name: str
    factor: str
    ends: dict[str, tuple[str, str]]
    settings: list[list[Shown]]
