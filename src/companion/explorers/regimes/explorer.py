"""The explorer of the regime map: what `companion.pages.regimes` computed, rounded and stored, shown in the page."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Unicode

from companion.explorers.base import Computed, Number, Whole, digits, style
from companion.explorers.bundle import bundle
from companion.explorers.regimes.data import Places
from lstm import checks
from lstm.rates import EXPLODE, VANISH, VERDICTS

COLOURS = ("ratio", "true verdict", "true rate")
CASES = ("agrees", "understates", "explodes", "vanishes")  # the keys of `regimes.cases`
# Settings of the buttons: case 0 is the place of the map, case k the k-th built cell.
CASE_PRESETS = {name: dict(case=k) for k, name in enumerate(CASES, start=1)}
ROUNDED = ("true_norm", "direct_norm", "true_rate", "direct_rate")


class RegimeExplorer(Computed):
    """The regime map over forget bias and recurrent scale, and the four built cells.

    places: `Places` of the map, its biases within [-2, 4] and scales within [0, 6]; cells: the `Places` of the cells
    in CASES, by name, over as many steps. The place shown is the nearest to the traits bias and scale, unless case
    names a built cell. colour is the index in COLOURS of what the map's colour says. These are synced both ways.
    `data` is what the page shows, JSON, rounded so that it is the same on other machines. Raises TypeError or
    ValueError that names the argument; a bad value of a trait raises TraitError.
    """

    bias = Number(1.0, -2, 4)
    scale = Number(1.0, 0, 6)
    case = Whole(0, 0, len(CASES))
    colour = Whole(0, 0, len(COLOURS) - 1)
    data = Unicode().tag(sync=True)

    def __init__(self, places: Places, cells: Mapping[str, Places], **values: Any) -> None:
        super().__init__(data=_stored(places, cells), **values)

    def shown(self) -> dict[str, Any]:
        """What the page says of the chosen place or cell: a dict from the names of `Places` to rounded numbers."""
        data = json.loads(self.data)
        k = _nearest(data["biases"], self.bias) * len(data["scales"]) + _nearest(data["scales"], self.scale)
        if self.case:
            k = len(data["biases"]) * len(data["scales"]) + self.case - 1
        return {name: values[k] for name, values in data.items() if name not in ("biases", "scales")}


def _stored(places: Places, cells: Mapping[str, Places]) -> str:
    """The JSON of a map and its cells: norms and rates to three digits, log10 to two decimals, curves in 1/100.

    The curves leave out s = T, where both norms are 1.
    """
    checks.tuple_of("places", places, Places)
    if list(cells) != list(CASES):
        raise ValueError(f"cells: expected the names {', '.join(CASES)}, got {', '.join(map(str, cells)) or 'none'}")
    parts = [places, *(checks.tuple_of(f"cells[{name!r}]", cells[name], Places) for name in CASES)]
    for name, grid in (("bias", places.biases), ("scale", places.scales)):
        low, high = RegimeExplorer.ranges()[name]
        if min(grid) < low or max(grid) > high:
            raise ValueError(f"places: expected {name} in [{low}, {high}], got {min(grid):g} to {max(grid):g}")
    if len({part.true_curve.shape[-1] for part in parts}) > 1:
        raise ValueError("cells: expected as many steps as the map has")
    whole = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Places._fields[2:]}
    for name in ROUNDED:
        whole[name] = digits(whole[name], 3)
    whole["log10_ratio"] = np.round(whole["log10_ratio"], 2) + 0.0  # no negative zero
    for name in ("true_curve", "direct_curve"):
        whole[name] = np.rint(100 * whole[name][..., :-1]).astype(int)
    whole["networks"] = whole["true"].sum(axis=1)
    both = {"biases": places.biases, "scales": places.scales}
    return json.dumps({name: a.tolist() for name, a in (both | whole).items()}, separators=(",", ":"))


def _nearest(grid: ArrayLike, value: float) -> int:
    return int(np.abs(np.subtract(grid, value)).argmin())


# What the map's colour says, in the order of COLOURS.
LEGENDS = (
    "log₁₀ of the true norm over that of the product of f, median of {networks} networks.",
    f"Median rate: v vanishes, below {100 * VANISH:.0f} %; h holds; e explodes, above {100 * EXPLODE:.0f} %. "
    "Dark corner: the product of f says otherwise.",
    "True rate in percent, median of {networks} networks; "
    f"vanishes below {100 * VANISH:.0f}, explodes above {100 * EXPLODE:.0f}.",
)
WORDS: dict[str, Any] = dict(VERDICTS=VERDICTS, LEGENDS=LEGENDS, CASES=CASES)
WORDS["COLOURS"] = {name: dict(colour=k) for k, name in enumerate(COLOURS)}
RegimeExplorer._esm = bundle("regimes/regimes.js", RANGES=RegimeExplorer.limits(), PRESETS=CASE_PRESETS, **WORDS)
RegimeExplorer._css = style("regimes/regimes.css")
