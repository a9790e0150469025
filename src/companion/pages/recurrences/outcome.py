"""What came of the runs of experiments/recurrences.py, from the stored record: errors, verdicts, tables."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from companion.notebook.tables import Table, table
from companion.pages.recurrences.setting import LONG, SHORT
from lstm.recurrences.layers import LAYERS

SOLVED, VERDICT = 0.01, 3  # the error below which a run solves its task; runs of five that decide
Errors = Mapping[tuple[str, str], np.ndarray]


class Test(NamedTuple):
    """Sequences on which networks were judged: their task, what the record calls the error, a heading, a unit.

    The unit is the share of one in which `spread` writes the error: 100 for per cent.
    """

    task: str
    field: str
    heading: str
    unit: int = 100


TESTS = [
    Test("adding", "error", "adding", 10_000),
    Test("temporal order", "error", "order"),
    Test("Reber", "error", "Reber"),
    *(Test(task, "error", f"{task}, {SHORT}") for task in ("parity", "swaps")),
    *(Test(task, "beyond", f"{task}, {LONG}") for task in ("parity", "swaps")),
]
MEMORY, TRACKING = TESTS[:3], [TESTS[3], TESTS[5], TESTS[4], TESTS[6]]


def errors(record: Mapping[str, Any]) -> dict[tuple[str, str], np.ndarray]:
    """{(heading of a test, cell): the error of each seed, in the order of seeds}."""
    runs = sorted(record["runs"], key=lambda run: run["seed"])
    found: dict[tuple[str, str], list[float]] = {}
    for test in TESTS:
        for run in runs:
            if run["task"] == test.task:
                found.setdefault((test.heading, run["cell"]), []).append(run[test.field])
    return {key: np.array(values) for key, values in found.items()}


def solved(found: Errors, heading: str, cell: str) -> int:
    """How many runs have an error below `SOLVED`."""
    return int((found[heading, cell] < SOLVED).sum())


def counts(found: Errors) -> Table:
    """A row a cell, a column a test: how many runs solved it."""
    return _by_cell(found, TESTS, lambda one, unit: f"{int((one < SOLVED).sum())} of {len(one)}")


def spread(found: Errors, tests: list[Test]) -> Table:
    """A row a cell, a column a test: the median of its runs, and their least and largest, in the unit of the test."""
    return _by_cell(found, tests, _in_words)


def verdict(found: Errors, heading: str, one: str, other: str) -> str:
    """How many more runs solve a test with the cell `one` than with `other`; "none" where that decides nothing."""
    more = solved(found, heading, one) - solved(found, heading, other)
    return "none" if abs(more) < VERDICT else f"{more:+d} of {len(found[heading, one])}".replace("-", "−")


def verdicts(found: Errors) -> Table:
    """A row a test, a column for each of the three changes."""
    changes = {
        "the cut: LSTM": ("LSTM, cut", "LSTM"),
        "the sign: minGRU": ("minGRU, signed", "minGRU"),
        "the sign: DeltaNet": ("DeltaNet, signed", "DeltaNet"),
    }
    columns = {name: [verdict(found, test.heading, *pair) for test in TESTS] for name, pair in changes.items()}
    return table({"test": [test.heading for test in TESTS]} | columns)


def _by_cell(found: Errors, tests: list[Test], words: Callable[[np.ndarray, int], str]) -> Table:
    columns = {test.heading: [words(found[test.heading, cell], test.unit) for cell in LAYERS] for test in tests}
    return table({"cell": list(LAYERS)} | columns)


def _in_words(one: np.ndarray, unit: int) -> str:
    low, middle, high = (f"{unit * value:.0f}" for value in (one.min(), np.median(one), one.max()))
    return f"{middle} ({low} to {high})"
