"""The guide: every exhibit is put before every check."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from companion.notebook.tables import Table
from companion.notebook.tables import table as columns_table
from companion.pages.museum.bookkeeping import BOOKKEEPING
from companion.pages.museum.checkers import CHECKS, Check
from companion.pages.museum.exhibit import Exhibit, build
from companion.pages.museum.formulas import FORMULAS
from companion.pages.museum.watch import judge

EXHIBITS = BOOKKEEPING + FORMULAS
Kind = TypeVar("Kind", Exhibit, Check, "Verdict")


class Verdict(NamedTuple):
    """What `check` says of `exhibit` (both by name): caught or not, and the number that it measured.

    `difference` is the worst relative difference to the true gradient, except for shapes_only (0, or inf where a
    shape is wrong) and loss_goes_down (the loss after training over the loss before).
    `finding` is what the layer did beside: "" for nothing, "writes into ..." where it changed arguments that it was
    handed, "raises ..." where it stopped the check, which then caught it with a difference of inf.
    """

    exhibit: str
    check: str
    caught: bool
    difference: float
    finding: str = ""


def verdicts(exhibits: Iterable[Exhibit] = EXHIBITS, checks: Iterable[Check] = CHECKS) -> list[Verdict]:
    """Put every exhibit before every check; return a list of `Verdict`, exhibit by exhibit in the given order.

    The cases are drawn from fixed seeds, so two calls agree. Every pair has a layer newly built and material of its
    own: what an exhibit does to its inputs reaches no other verdict, and the order changes none.
    Raises TypeError for anything that is not an `Exhibit` or a `Check`, ValueError if one of the two is empty.
    """
    exhibits, checks = checked("exhibits", exhibits, Exhibit), checked("checks", checks, Check)
    materials = [check.prepare() for check in checks]
    rows = []
    for exhibit in exhibits:
        for check, material in zip(checks, materials, strict=True):
            difference, finding = judge(build(exhibit), check, material)
            caught = not difference <= check.tolerance  # a NaN is caught
            rows.append(Verdict(exhibit.name, check.name, caught, difference, finding))
    return rows


def table(verdicts: Iterable[Verdict]) -> Table:
    """Return a `Table` with a row an exhibit: by how many checks it is caught, which miss it, and what it did beside.

    The last column is there only where a layer did more than return a gradient.
    Raises TypeError for anything that is not a `Verdict`, ValueError if there is none.
    """
    verdicts = checked("verdicts", verdicts, Verdict)
    own = {name: [v for v in verdicts if v.exhibit == name] for name in dict.fromkeys(v.exhibit for v in verdicts)}
    columns = {"exhibit": list(own)}
    columns["caught by"] = [f"{sum(v.caught for v in each)} of {len(each)}" for each in own.values()]
    columns["missed by"] = [", ".join(v.check for v in each if not v.caught) or "none" for each in own.values()]
    if any(v.finding for v in verdicts):
        columns["finding"] = ["; ".join(dict.fromkeys(v.finding for v in each if v.finding)) for each in own.values()]
    return columns_table(columns)


def find(name: str) -> Exhibit:
    """Return the exhibit called `name`. Raises ValueError that lists the names if there is none."""
    for exhibit in EXHIBITS:
        if exhibit.name == name:
            return exhibit
    raise ValueError(f"name: expected one of {', '.join(e.name for e in EXHIBITS)}, got {name!r}")


def checked(name: str, values: Iterable[Kind], kind: type[Kind]) -> tuple[Kind, ...]:
    """`values` as a tuple, if there is at least one and each is a `kind`; else ValueError or TypeError."""
    values = tuple(values)
    if not values:
        raise ValueError(f"{name}: expected at least one {kind.__name__}, got none")
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(f"{name}: expected each to be a museum.{kind.__name__}, got {type(value).__name__}")
    return values
