"""The predictions of experiments/protocols/network1997.md, each judged by the record."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from companion.pages.network1997 import results
from companion.pages.network1997.conditions import CONDITIONS
from companion.pages.network1997.results import Group

CUT, FULL = "1997, truncated", "1997, full gradient"
NOT_EASY = [task for task in CONDITIONS if task.startswith(("adding", "multiplication", "temporal"))]
Found = Mapping[tuple[str, str], Group]


def judged(record: Mapping[str, Any]) -> dict[str, bool | None]:
    """{prediction: whether it held, None where it was not run}, in the order of the protocol."""
    found = results.groups(record)
    return {
        "1. temporal order: both gradients at least 8 of 10, median below the published mean": _all(
            [_met(found, "temporal order", m, 8) and _sooner(found, "temporal order", m) for m in (CUT, FULL)]
        ),
        "2. adding, T = 100: nearly in at least 8 of 10 within 185,000": _all(
            [_nearly(found, "adding, T = 100", m, 8, 185_000) for m in (CUT, FULL)]
        ),
        "   the rule in fewer than half of the runs": _all(
            [not _met(found, "adding, T = 100", m, 5) for m in (CUT, FULL)]
        ),
        "   adding, T = 500: nearly in most runs": _nearly(found, "adding, T = 500", CUT, 3),
        "   adding, T = 1000: nearly in most runs": _nearly(found, "adding, T = 1000", CUT, 2),
        "3. multiplication: nearly in at least 3 of 5, both gradients": _all(
            [_nearly(found, "multiplication", m, 3) for m in (CUT, FULL)]
        ),
        "   the rule in none or one of each five": _all([not _met(found, "multiplication", m, 2) for m in (CUT, FULL)]),
        "4. two sequences: at least 8 of 10, both gradients": _all(
            [_met(found, "two sequences", m, 8) for m in (CUT, FULL)]
        ),
        "5. Reber: 30 to 70 % of the runs, both rates and gradients": _all(
            [3 <= len(found[task, m].met) <= 7 for task in _reber() for m in (CUT, FULL)]
        ),
        "   more with the full gradient, at both rates": _all(
            [len(found[task, FULL].met) > len(found[task, CUT].met) for task in _reber()]
        ),
        "6. full over truncated within 0.5 to 2 where there are pairs, but for Reber": _within_two(record),
        "7. chrono: at least 4 of 5 on each task": _all(
            [_met(found, task, "today, chrono", 4) for task in _today(found, "today, chrono")]
        ),
        "   forget bias and uniform: none on adding and multiplication, at most 2 of 5 on temporal order": _all(
            [_few(found, task, method) for task in NOT_EASY for method in results.TODAY[1:]]
        ),
        "8. chrono sooner than the network of 1997 in the median, where both meet the rule": _all(
            [
                bool(np.median(found[task, "today, chrono"].met) < np.median(found[task, CUT].met))
                for task in _today(found, "today, chrono")
                if (task, CUT) in found and len(found[task, CUT].met) and len(found[task, "today, chrono"].met)
            ]
        ),
    }


def _all(said: list[bool | None]) -> bool | None:
    """True if all are; None if one is None, for then the prediction was not run as it stands."""
    return None if None in said else all(said)


def _reber() -> list[str]:
    return [task for task in CONDITIONS if task.startswith("Reber")]


def _today(found: Found, method: str) -> list[str]:
    return [task for task, one in found if one == method]


def _met(found: Found, task: str, method: str, least: int) -> bool | None:
    return len(found[task, method].met) >= least if (task, method) in found else None


def _few(found: Found, task: str, method: str) -> bool | None:
    most = 2 if task == "temporal order" else 0
    return len(found[task, method].met) <= most if (task, method) in found else None


def _nearly(found: Found, task: str, method: str, least: int, within: float = np.inf) -> bool | None:
    return bool((found[task, method].nearly <= within).sum() >= least) if (task, method) in found else None


def _sooner(found: Found, task: str, method: str) -> bool | None:
    group = found.get((task, method))
    return bool(len(group.met) and np.median(group.met) < CONDITIONS[task].published.sequences) if group else None


def _within_two(record: Mapping[str, Any]) -> bool:
    ratios = [results.paired(record, task, FULL, CUT) for task in CONDITIONS if task not in _reber()]
    return all(0.5 <= np.median(ratio) <= 2 for ratio in ratios if len(ratio))
