"""The findings of an audit about units: gates at one end, memories that are hardly written, never read, or large."""

from collections.abc import Iterator

import numpy as np

from lstm.audit.finding import Finding
from lstm.audit.report import Audit
from lstm.audit.say import GATES, numbers, of_units

ENOUGH = 300  # pairs (step, sequence): what none of N independent ones shows is below 3/N with 95 %, here 1 %
READ = 0.01  # a slope D below it passes less than a hundredth; |c| > 3 alone brings it there (chapter states)
WRITTEN = 0.01  # |h| is below |c|: a memory below it shows less than a hundredth of what h can be
MOST = 0.5  # of all values: more than half
IDLE = 0.5  # of the units that do nothing: a few are no fault, networks that do their task have them

STUCK = {
    ("i", False): "These units write less than this in a step. It is no fault in itself: where f keeps, many small "
    "writes fill a memory, and chrono initialisation begins so on purpose.",
    ("i", True): "These units take in the candidate whole at each step and cannot leave an input out.",
    ("f", False): "These units keep less than this share of their memory in a step.",
    ("f", True): "These units keep most of their memory in a step and are never reset.",
    ("o", False): "Little of these memories leaves the cell: in size h is below o.",
    ("o", True): "These memories are passed on whole at each step.",
}


def all_of(found: Audit) -> Iterator[Finding]:
    """All findings about units."""
    yield from _stuck(found)
    yield from _hardly_written(found)
    yield from _never_read(found)
    yield from _large(found)


def _known(found: Audit, level: str) -> tuple[str, str]:
    """(level, words): unknown where too few steps were seen to say never or always."""
    N = found.units.values
    if N >= ENOUGH:
        return level, ""
    return "unknown", f" Only {N} steps were audited, too few to say always or never: {ENOUGH} are wanted."


def _idle(which: np.ndarray, found: Audit) -> str:
    """The level of units that do nothing: to act on where they are half of all or more."""
    return "act" if len(which) >= IDLE * len(found.units.past) else "note"


def _stuck(found: Audit) -> Iterator[Finding]:
    """Gates of a unit that were near the same end at each step of each sequence."""
    near = found.saturation.near
    for k, ends in zip(GATES, found.units[:3], strict=True):
        for high in (False, True):
            which = np.flatnonzero(ends[high] == 1)
            if not high and k in "io":  # "hardly written" and "never read" say more of them
                small = found.units.written < WRITTEN if k == "i" else found.units.slope < READ
                which = np.setdiff1d(which, np.flatnonzero(small))
            if len(which):
                (level, more), means = _known(found, "note"), STUCK[k, high]
                where = f"above {1 - near:g}" if high else f"below {near:g}"
                says = f"In {of_units(which, found)} the {GATES[k]} was {where} at every step.{more}"
                name = f"{GATES[k]} always {'open' if high else 'closed'}"
                yield Finding(name, numbers(which), len(which) / len(ends[high]), level, says, means, "states")


def _hardly_written(found: Audit) -> Iterator[Finding]:
    which = np.flatnonzero(found.units.written < WRITTEN)
    if len(which):
        level, more = _known(found, _idle(which, found))
        most = float(found.units.written[which].max())
        yield Finding(
            "hardly written",
            numbers(which),
            most,
            level,
            f"In {of_units(which, found)} what i and g left in the memory never came to {WRITTEN:g}; the most was "
            f"{most:.2g}.{more}",
            "These memories hold next to nothing of the inputs: in size h is below c. A few of many are no fault. "
            "Where they are half of all, the input gates are closed too far, or the inputs are too small.",
            "states",
        )


def _never_read(found: Audit) -> Iterator[Finding]:
    which = np.flatnonzero(found.units.slope < READ)
    if len(which):
        large = found.units.large[which]
        level, more = _known(found, _idle(which, found))
        says = (
            f"In {of_units(which, found)} the derivative D of h by c was below {READ:g} at every step; |c| was above 3 "
            f"in {np.mean(large):.0%} of their values.{more}"
        )
        cause = "the memory has grown large" if np.mean(large) > MOST else "the output gate is shut"
        yield Finding(
            "never read",
            numbers(which),
            float(found.units.slope[which].max()),
            level,
            says,
            f"To the rest of the network these memories are constants, since {cause}: less than a hundredth of what "
            "the loss sends to h in a step reaches c there.",
            "states",
        )


def _large(found: Audit) -> Iterator[Finding]:
    which = np.flatnonzero((found.units.large > MOST) & (found.units.slope >= READ))
    if len(which):
        yield Finding(
            "memory mostly large",
            numbers(which),
            float(found.units.large[which].max()),
            "note",
            f"In {of_units(which, found)} |c| was above 3 in more than half of the values.",
            "There tanh c is nearly 1 in size and flat: h tells the sign of the memory and hardly how large it is.",
            "states",
        )
