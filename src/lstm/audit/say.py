"""Words that several findings share."""

import numpy as np

from lstm.audit.report import LONGEST, Audit

GATES = {"i": "input gate", "f": "forget gate", "o": "output gate"}
MOST = 8  # units that are named one by one


def of_units(which: np.ndarray, found: Audit) -> str:
    """ "unit 3 of 16", "units 3, 5 of 16", numbered from 1; where they are many, the first eight."""
    names = ", ".join(map(str, which[:MOST] + 1)) + (f" and {len(which) - MOST} more" if len(which) > MOST else "")
    return f"unit{'s' if len(which) > 1 else ''} {names} of {len(found.units.past)}"


def half_lives(steps: np.ndarray) -> str:
    """ "half-life 3 steps", "half-lives 3 to 40 steps", of which some may be too long for float64 to tell."""
    low, high = _three(steps.min()), _three(steps.max())
    words = in_steps(steps.max()) if low == high else f"{low} to {high} steps"
    return f"half-life {words}" if len(steps) == 1 else f"half-lives {words}"


def in_steps(length: float) -> str:
    """ "1 step", "2.85 steps"."""
    return f"{_three(length)} step{'s' if _three(length) != '1' else ''}"


def _three(length: float) -> str:
    return f"{length:.3g}" if length <= LONGEST else f"more than {LONGEST:.0e}"


def relative(error: float) -> str:
    """A relative error: "82%", and "6e+26" where percent would be a row of digits."""
    return f"{error:.0%}" if error < 100 else f"{error:.0e}"


def numbers(which: np.ndarray) -> tuple[int, ...]:
    """Places as the numbers of units."""
    return tuple(int(k) + 1 for k in which)
