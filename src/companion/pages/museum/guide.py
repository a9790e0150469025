"""The guide: every exhibit is put before every check."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

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
    exhibits, checks = _all("exhibits", exhibits, Exhibit), _all("checks", checks, Check)
    materials = [check.prepare() for check in checks]
    rows = []
    for exhibit in exhibits:
        for check, material in zip(checks, materials, strict=True):
            difference, finding = judge(build(exhibit), check, material)
            caught = not difference <= check.tolerance  # a NaN is caught
            rows.append(Verdict(exhibit.name, check.name, caught, difference, finding))
    return rows


def table(verdicts: Iterable[Verdict]) -> str:
    """Return the verdicts as text: a row an exhibit, a column a check, X where it is caught, a dot where missed.

    Where there is a finding the mark is ! instead, and a line below says which.
    Raises TypeError for anything that is not a `Verdict`, ValueError if there is none.
    """
    verdicts = _all("verdicts", verdicts, Verdict)
    marks = {(v.exhibit, v.check): "!" if v.finding else "X" if v.caught else "." for v in verdicts}
    findings = dict.fromkeys(f" !  {v.exhibit}: {v.finding}" for v in verdicts if v.finding)
    exhibits = dict.fromkeys(v.exhibit for v in verdicts)
    numbers = {name: k for k, name in enumerate(dict.fromkeys(v.check for v in verdicts), 1)}
    width = max(map(len, exhibits))
    lines = [" " * width + "".join(f"{k:4d}" for k in numbers.values())]
    for exhibit in exhibits:
        lines.append(exhibit.ljust(width) + "".join(f"{marks.get((exhibit, check), ' '):>4}" for check in numbers))
    return "\n".join([*lines, "", *(f"{k:2d}  {name}" for name, k in numbers.items()), *findings])


def find(name: str) -> Exhibit:
    """Return the exhibit called `name`. Raises ValueError that lists the names if there is none."""
    for exhibit in EXHIBITS:
        if exhibit.name == name:
            return exhibit
    raise ValueError(f"name: expected one of {', '.join(e.name for e in EXHIBITS)}, got {name!r}")


def _all(name: str, values: Iterable[Kind], kind: type[Kind]) -> tuple[Kind, ...]:
    values = tuple(values)
    if not values:
        raise ValueError(f"{name}: expected at least one {kind.__name__}, got none")
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(f"{name}: expected each to be a museum.{kind.__name__}, got {type(value).__name__}")
    return values
