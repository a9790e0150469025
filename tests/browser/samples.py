"""One of each explorer, on small data of its own: what every explorer must keep to is tried on all of these."""

from functools import cache

import numpy as np
from tests.browser.test_regime_readouts import small

from companion import explorers
from companion.explorers import Answer, CellExplorer, MuseumExplorer, RecurrenceExplorer, RegimeExplorer
from companion.pages import museum
from companion.pages.recurrences.families import families
from companion.site.alive import classes
from lstm import init_params

CLASSES = [one for one in classes().values() if one is not Answer]


@cache
def sample(cls: type) -> explorers.base.Explorer:
    """An explorer of that class."""
    if cls is MuseumExplorer:
        return cls(museum.hall())
    if cls is RecurrenceExplorer:
        return cls(families(draws=3, steps=9))
    if cls is RegimeExplorer:
        return cls(*small())
    if cls is CellExplorer:
        rng = np.random.default_rng(3)
        return cls(init_params(2, 3, rng=rng), rng.normal(size=(5, 2)), rng.normal(size=(5, 3)), t=3, unit=2)
    return cls()
