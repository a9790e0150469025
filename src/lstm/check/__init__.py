"""Your own backward pass: is it right, and if not, what is wrong. `lstm.check` is the function, `check` here.

Not to be confused with `lstm.checks`, which checks arguments.

    report = lstm.check(backward, forward)
    print(report)

In pytest, a line: `lstm.check(backward, forward).assert_right()`; or, for tests of one part each, as a fixture:

    report = pytest.fixture(lambda: lstm.check(backward, forward))

    def test_the_recurrent_weights(report):
        report.assert_right("W_2")

In an editor or an autograder: `python -m lstm.check FILE`, with `--json`; `report.points()` gives points by part.
"""

from lstm.check.api import check
from lstm.check.cause import Cause
from lstm.check.report import Part, Report

__all__ = ["Cause", "Part", "Report", "check"]
