"""What is said of an answer: right, or what is off. verdict.js says the same in the page."""

from math import isclose, isfinite
from typing import Any, NamedTuple

FACTORS = {2: "twice", 0.5: "half", 4: "four times", 0.25: "a quarter of", 10: "ten times", 0.1: "a tenth of"}
FACTORS |= {100: "a hundred times", 0.01: "a hundredth of"}  # per cent, written without its sign or with one too many
CLOSE, PLACES = 0.05, 9  # how far off, of the answer, a number may be that counts as rounded; the decimals looked at


class Verdict(NamedTuple):
    """Whether an answer is right, and a sentence."""

    right: bool
    words: str

    def __repr__(self) -> str:
        return self.words


def verdict(task: dict[str, Any], given: float | str) -> Verdict:
    """Return the `Verdict` on `given` as answer to the `task` of an `Answer`.

    A number is right within task["within"] of task["right"]. Else the mistakes that the task names are tried, then a
    sign, too few digits, a factor, the inverse. Raises TypeError where a number is asked and none came, ValueError for
    a number that is not finite and for a choice that is none.
    """
    if "choices" in task:
        return _choice(task, given)
    if isinstance(given, (bool, str)) or not isinstance(given, (int, float)):
        raise TypeError(f"given: expected a number, got {given!r}")
    if not isfinite(given):
        raise ValueError(f"given: expected a finite number, got {given!r}")
    return _number(task, float(given))


def _choice(task: dict[str, Any], given: float | str) -> Verdict:
    words = dict(task["choices"])
    if given not in words:
        raise ValueError(f"given: expected one of {list(words)}, got {given!r}")
    right = given == task["right"]
    return Verdict(right, ("Right. " if right else "No. ") + words[given])


def _number(task: dict[str, Any], given: float) -> Verdict:
    right, within = task["right"], task["within"]

    def near(value: float) -> bool:
        return abs(given - value) <= within * (1 + 1e-9)

    if near(right):
        return Verdict(True, "Right." + (f" {task['why']}" if task["why"] else ""))
    for said, value in task["mistakes"]:
        if near(value):
            return Verdict(False, f"Not yet. {said}")
    if near(-right):
        return Verdict(False, "Not yet. The size is right, the sign is not.")
    if _rounded(right, given):
        return Verdict(False, "Not yet. It is close: if you rounded, give one digit more.")
    for factor, name in FACTORS.items():
        if isclose(given, factor * right, rel_tol=within / abs(right) if right else 0):
            return Verdict(False, f"Not yet. Your number is {name} the answer: a factor is too much or missing.")
    if right and isclose(given, 1 / right, rel_tol=within / abs(right)):
        return Verdict(False, "Not yet. Your number is the inverse of the answer.")
    if right and (given < 0) != (right < 0):
        return Verdict(False, "Not yet. The sign is off, and so is the size.")
    return Verdict(False, "Not yet. Your number is too " + ("large." if given > right else "small."))


def _rounded(right: float, given: float) -> bool:
    """Whether `given` is what rounding makes of `right`, to as many decimals as `given` has, and not far from it."""
    for places in range(1, PLACES + 1):
        if abs(given * 10**places - round(given * 10**places)) < 1e-6:
            return abs(given - right) <= min(0.5 * 10**-places, CLOSE * abs(right)) * (1 + 1e-9)
    return False
