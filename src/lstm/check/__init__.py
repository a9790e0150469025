"""Your own backward pass: is it right, and if not, what is wrong. `lstm.check` is the function, `check` here.

Not to be confused with `lstm.checks`, which checks arguments.

    report = lstm.check(backward, forward)
    print(report)

In pytest, one line: `lstm.check(backward, forward).assert_right()`. For an autograder: `report.points()`, `to_json()`.
"""

from lstm.check.api import check
from lstm.check.cause import Cause
from lstm.check.report import Part, Report

__all__ = ["Cause", "Part", "Report", "check"]
