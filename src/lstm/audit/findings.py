"""What an audit tells, as findings a person can act on: its numbers, what they may mean, and where that is proved.

Each rule below looks at one part of an `Audit` and yields what passes a threshold; the thresholds are the constants.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from lstm import checks
from lstm.audit import gradients_tell
from lstm.audit.finding import LEVELS, Finding, Findings
from lstm.audit.report import Audit
from lstm.audit.say import half_lives, numbers, of_units

ENOUGH = 300  # pairs (step, sequence): what none of N independent ones shows is below 3/N with 95 %, here 1 %
READ = 0.01  # a slope D below it passes less than a hundredth; |c| > 3 alone brings it there (chapter states)
MOST = 0.5  # of all values: more than half
NEARLY_ALL = 0.9  # of the squared gradient
FEW = 0.5  # of the units: fewer than half of them
HALVINGS = 10  # 2^-10 is about a thousandth

GATES = {"i": "input gate", "f": "forget gate", "o": "output gate"}
STUCK = {
    ("i", False): (
        "act",
        "These units write little: beside what f takes away, their memory moves by less than i in a step.",
    ),
    ("i", True): ("note", "These units take in the candidate whole at each step and cannot leave an input out."),
    ("f", False): ("note", "These units keep less than this share of their memory in a step."),
    ("f", True): ("note", "These units keep most of their memory in a step and are never reset."),
    ("o", False): ("note", "Little of these memories leaves the cell: in size h is below o."),
    ("o", True): ("note", "These memories are passed on whole at each step."),
}


def findings(found: Audit, *, limit: float = 1.0) -> Findings:
    """The `Findings` of an `Audit`, perhaps none: what is to act on first, then what is to know, then what is not told.

    The thresholds are the constants of lstm.audit.findings and lstm.audit.gradients_tell, each with its reason.

    limit  the norm to which a longer gradient is clipped, > 0: of the sum over the sequences, as `reads` weighs them.

    "never", "always" are said of the sequences that were audited; where they have fewer than 300 steps in all, such a
    finding has the level "unknown". So has a verdict on a chain of fewer than 10 steps, and clipping without `reads`.
    Raises TypeError or ValueError that names the argument.
    """
    checks.tuple_of("found", found, Audit)
    if not checks.real("limit", limit, ()) > 0:
        raise ValueError(f"limit: expected a positive number, got {limit}")
    rules: list[Iterable[Finding]] = [
        _stuck(found),
        _saturated(found),
        _never_read(found),
        _large(found),
        _carriers(found),
        _short_memory(found),
        gradients_tell.all_of(found, float(limit)),
    ]
    told = [one for rule in rules for one in rule]
    return Findings(tuple(sorted(told, key=lambda one: -LEVELS.index(one.level))), found)


def _known(found: Audit, level: str) -> tuple[str, str]:
    """(level, words): unknown where too few steps were seen to say never or always."""
    N = found.units.values
    if N >= ENOUGH:
        return level, ""
    return "unknown", f" Only {N} steps were audited, too few to say always or never: {ENOUGH} are wanted."


def _stuck(found: Audit) -> Iterator[Finding]:
    """Gates of a unit that were near the same end at each step of each sequence."""
    near = found.saturation.near
    for k, ends in zip(GATES, found.units[:3], strict=True):
        for high in (False, True):
            which = np.flatnonzero(ends[high] == 1)
            if k == "o" and not high:  # "never read" says more of them
                which = np.setdiff1d(which, np.flatnonzero(found.units.slope < READ))
            if len(which):
                (level, more), means = _known(found, STUCK[k, high][0]), STUCK[k, high][1]
                where = f"above {1 - near:g}" if high else f"below {near:g}"
                says = f"In {of_units(which, found)} the {GATES[k]} was {where} at every step.{more}"
                name = f"{GATES[k]} always {'open' if high else 'closed'}"
                yield Finding(name, numbers(which), len(which) / len(ends[high]), level, says, means, "states")


def _saturated(found: Audit) -> Iterator[Finding]:
    for k, name in GATES.items():
        low, high = getattr(found.saturation, k)
        if low + high > MOST:
            near = found.saturation.near
            says = (
                f"{low:.0%} of the values of the {name} were below {near:g}, {high:.0%} above {1 - near:g}; of uniform "
                f"values it would be {found.saturation.uniform:.0%} in all."
            )
            yield Finding(
                f"{name} saturated",
                (),
                low + high,
                "note",
                says,
                f"The slope of a saturated gate is below {near * (1 - near):.2g}, that of a gate at 1/2 is 0.25. It "
                "need be no fault: of the cells on that page about as many forecast better when saturated as worse.",
                "gates",
            )


def _never_read(found: Audit) -> Iterator[Finding]:
    which = np.flatnonzero(found.units.slope < READ)
    if len(which):
        large = found.units.large[which]
        level, more = _known(found, "act")
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


def _carriers(found: Audit) -> Iterator[Finding]:
    past, (start, T) = found.units.past, found.span
    order = np.argsort(-past, kind="stable")
    count = int(np.argmax(np.cumsum(past[order]) >= NEARLY_ALL)) + 1
    if count < FEW * len(past):
        which = order[:count]
        says = (
            f"{past[which].sum():.0%} of the squared gradient at c^({start}) is that of {of_units(which, found)}, "
            f"{half_lives(found.half_lives.of_mean[which])}; the span has {T - start}."
        )
        means = (
            f"This loss depends on the memories of these units at c^({start}) and hardly on the others. What the other "
            "columns of the chain hold hardly reaches it."
        )
        yield Finding(
            "few units carry the past", numbers(which), float(past[which].sum()), "note", says, means, "audit"
        )


def _short_memory(found: Audit) -> Iterator[Finding]:
    longest, (start, T) = float(found.half_lives.of_mean.max()), found.span
    if longest * HALVINGS < T - start:
        yield Finding(
            "short half-lives",
            (),
            longest,
            "note",
            f"The longest half-life of a unit is {longest:.3g} steps, less than a tenth of the {T - start} steps.",
            "By the mean log f the direct path keeps less than a thousandth over these steps. Other paths may keep "
            "more: the networks of that page use inputs older than any of their half-lives.",
            "co2",
        )
