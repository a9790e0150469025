"""What an audit tells, as findings a person can act on: its numbers, what they may mean, and where that is proved.

Each rule below looks at one part of an `Audit` and yields what passes a threshold; the thresholds are the constants.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from lstm import checks
from lstm.audit import gradients_tell, units_tell
from lstm.audit.finding import LEVELS, Finding, Findings
from lstm.audit.report import Audit
from lstm.audit.say import GATES, half_lives, in_steps, numbers, of_units

MOST = 0.5  # of all values: more than half
NEARLY_ALL = 0.9  # of the squared gradient
FEW = 0.5  # of the units: fewer than half of them
HALVINGS = 10  # 2^-10 is about a thousandth


def findings(found: Audit, *, limit: float = 1.0) -> Findings:
    """The `Findings` of an `Audit`, perhaps none: what is to act on first, then what is to know, then what is not told.

    The thresholds are the constants of lstm.audit.findings, units_tell and gradients_tell, each with its reason. To act
    on are three things alone: a true chain that shrinks or grows a hundredfold over the span, in half of the sequences
    or more; and half of the units or more whose memories are hardly written, or never read.

    limit  the norm to which a longer gradient is clipped, > 0: of the sum over the sequences, as `reads` weighs them.

    "never", "always" are said of the sequences that were audited; where they have fewer than 300 steps in all, such a
    finding has the level "unknown". So has a verdict on a chain of fewer than 10 steps, and clipping without `reads`.
    Raises TypeError or ValueError that names the argument.
    """
    checks.tuple_of("found", found, Audit)
    if not checks.real("limit", limit, ()) > 0:
        raise ValueError(f"limit: expected a positive number, got {limit}")
    rules: list[Iterable[Finding]] = [
        units_tell.all_of(found),
        _saturated(found),
        _carriers(found),
        _short_memory(found),
        gradients_tell.all_of(found, float(limit)),
    ]
    told = [one for rule in rules for one in rule]
    return Findings(tuple(sorted(told, key=lambda one: -LEVELS.index(one.level))), found)


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
            f"The longest half-life of a unit is {in_steps(longest)}, less than a tenth of the {T - start} steps.",
            "By the mean log f the direct path keeps less than a thousandth over these steps. Other paths may keep "
            "more: the networks of that page use inputs older than any of their half-lives.",
            "co2",
        )
