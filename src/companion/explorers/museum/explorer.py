"""The explorer of the museum: what `companion.pages.museum` measured of every exhibit and every check, shown."""

from math import isinf
from typing import Any, NamedTuple

import traitlets

from companion.explorers.base import Computed, Whole, style
from companion.explorers.bundle import bundle

EXHIBITS, CHECKS = 15, 12


class Hall(NamedTuple):
    """E exhibits before C checks, and what the exhibits do on the chapter's case; numbers unrounded, None for inf.

    exhibits: their names; titles: what each is. checks: their names; tolerances; costs: the steps of a forward pass
    that each needs; conditions: a phrase, under which it looks; alone: whether that is all in which it differs from
    the first check. differences, caught (E, C): what each check measured and found.
    arrays: the A names of the gradient's arrays; right (A, size) and wrong (E, A, size): the gradient itself, flat;
    apart (E, A): the largest gap of an array over its largest right entry. messages: the M names of what goes back
    over the steps; trail (E, T, M): their gaps likewise, step T first. agrees: gaps up to this are rounding.
    first: of each exhibit the step and the message at which it parts first, going back, or None.
    presets: (a claim, {"exhibit": index, "check": index}), in a list, since a notebook sorts the keys of a dict.
    """

    exhibits: list[str]
    titles: list[str]
    checks: list[str]
    tolerances: list[float]
    costs: list[int]
    conditions: list[str]
    alone: list[bool]
    differences: list[list[float | None]]
    caught: list[list[bool]]
    arrays: list[str]
    right: list[list[float]]
    wrong: list[list[list[float]]]
    apart: list[list[float]]
    messages: list[str]
    trail: list[list[list[float]]]
    agrees: float
    first: list[tuple[int, int] | None]
    presets: list[tuple[str, dict[str, int]]]


class MuseumExplorer(Computed):
    """Any of the fifteen exhibits before any of the twelve checks, by their index in the `Hall`; both are synced.

    `data` is the hall as a dict, as the page shows it. Raises ValueError for a hall of another size, or with a number
    that is infinite and not None; a bad value of a trait raises TraitError.
    """

    exhibit = Whole(14, 0, EXHIBITS - 1)
    check = Whole(7, 0, CHECKS - 1)
    data: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, hall: Hall, **values: Any) -> None:
        if (sizes := (len(hall.exhibits), len(hall.checks))) != (EXHIBITS, CHECKS):
            raise ValueError(f"hall: expected {EXHIBITS} exhibits and {CHECKS} checks, got {sizes[0]} and {sizes[1]}")
        if any(isinstance(x, float) and isinf(x) for row in hall.differences for x in row):
            raise ValueError("hall: expected None for a difference that is infinite, got inf")
        super().__init__(data=hall._asdict(), **values)


MuseumExplorer._esm = bundle("museum/museum.js", RANGES=MuseumExplorer.limits())
MuseumExplorer._css = style("museum/museum.css")
