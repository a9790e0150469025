"""The explorer of the recurrences: any of their cells on one drawing, its paths lit or gone, product beside truth."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from companion.explorers.base import Computed, Whole, digits, style
from companion.explorers.bundle import bundle
from companion.explorers.recurrences.data import Family, Shown
from lstm import checks

CELLS = 14
SCALES = (0, 0.25, 0.5, 1, 2)  # factors on the weights that read h
WAYS = ("drawn as before training", "standard normal")
EXACT, LEAST = 1e-13, -30  # what counts as rounding; log10 of the smallest norm for which the chart has room
START = dict(cell=0, scale=3, way=0)
# Each preset names a cell in its place in the list of families; its name is a claim that the tests compute.
PRESETS = {
    "the LSTM, its paths cut": START | dict(scale=0),
    "paths put back on purpose": START | dict(cell=2),
    "a path that does not come back": START | dict(cell=4),
    "matrices in order": START | dict(cell=11),
}


class RecurrenceExplorer(Computed):
    """Any of the families of cells, by its index; the factor on the weights that read h, and how parameters are drawn.

    scale is an index in SCALES, way one in WAYS. These are synced. `data` is what the page shows, JSON, a list with an
    object a family, rounded so that it is the same on other machines. Raises TypeError or ValueError that names the
    argument; a bad value of a trait raises TraitError.
    """

    cell = Whole(START["cell"], 0, CELLS - 1)
    scale = Whole(START["scale"], 0, len(SCALES) - 1)
    way = Whole(START["way"], 0, len(WAYS) - 1)
    data = Unicode().tag(sync=True)

    def __init__(self, families: Sequence[Family], **values: Any) -> None:
        if len(families) != CELLS:
            raise ValueError(f"families: expected {CELLS} of them, got {len(families)}")
        stored = [_family(f"families[{k}]", one) for k, one in enumerate(families)]
        super().__init__(data=json.dumps(stored, separators=(",", ":")), **values)

    def at(self, cell: int, scale: int = START["scale"], way: int = START["way"]) -> dict[str, Any]:
        """What the page says where the traits have these values: name, factor, ends, and the entries of `_shown`."""
        family = json.loads(self.data)[cell]
        settings = family["settings"][way]
        return {k: v for k, v in family.items() if k != "settings"} | settings[min(scale, len(settings) - 1)]

    def shown(self) -> dict[str, Any]:
        """What the page says now, as `at`."""
        return self.at(self.cell, self.scale, self.way)


def _family(name: str, family: Family) -> dict[str, Any]:
    checks.tuple_of(name, family, Family)
    if len(family.settings) != len(WAYS) or {len(one) for one in family.settings} not in ({1}, {len(SCALES)}):
        raise ValueError(f"{name}.settings: expected {len(WAYS)} lists of 1 or of {len(SCALES)}")
    settings = [[_shown(f"{name}.settings", one) for one in way] for way in family.settings]
    ends = [[path, *both] for path, both in family.ends.items()]
    return dict(name=family.name, factor=family.factor, ends=ends, settings=settings)


def _shown(name: str, shown: Shown) -> dict[str, Any]:
    """Sizes and norms to three digits, curves in hundredths without s = T, where both norms are 1."""
    checks.tuple_of(name, shown, Shown)
    curves = {which: np.asarray(getattr(shown, which)) for which in ("true_curve", "direct_curve")}
    if (least := min(curve.min() for curve in curves.values())) < LEAST:
        raise ValueError(f"{name}: expected norms of at least 10 ** {LEAST}, got 10 ** {least:.1f}")
    return {
        "sizes": {edge: float(digits(size, 3)) for edge, size in shown.sizes.items()},
        "true_norm": digits(10 ** curves["true_curve"][:, 0], 3).tolist(),
        "direct_norm": digits(10 ** curves["direct_curve"][:, 0], 3).tolist(),
        "off": None if np.max(shown.off) < EXACT else float(digits(np.median(shown.off), 3)),
        "networks": len(shown.off),
        **{which: np.rint(100 * curve[:, :-1]).astype(int).tolist() for which, curve in curves.items()},
    }


GIVEN: dict[str, Any] = dict(SCALES=list(SCALES), WAYS={way: dict(way=k) for k, way in enumerate(WAYS)})
RecurrenceExplorer._esm = bundle(
    "recurrences/recurrences.js", RANGES=RecurrenceExplorer.limits(), PRESETS=PRESETS, **GIVEN
)
RecurrenceExplorer._css = style("recurrences/recurrences.css")
