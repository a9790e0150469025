"""What the chapter on regimes draws, computes and shows, made once for the tests that look at it."""

from functools import cache

import numpy as np

from companion.explorers import RegimeExplorer
from companion.pages.regimes import places as study
from companion.shared import cells as shared

BIASES, SCALES = np.linspace(-2, 4, 13), np.linspace(0, 6, 13)
PLACES = [(b, s) for b in range(13) for s in range(13)]


@cache
def book():
    """The draws, the map's Places and the cells of the chapter."""
    draws = shared.draw_cells(16, m=2, n=8, T=30, rng=np.random.default_rng(0))
    built = shared.cases(rng=np.random.default_rng(0))
    cells = {name: study.one(draw) for name, draw in built.items()}
    return draws, study.places(draws, BIASES, SCALES), built, cells


@cache
def explorer():
    _, places, _, cells = book()
    return RegimeExplorer(places, cells)
