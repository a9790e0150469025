"""What came of the runs, from the stored record: groups, a table, and the predictions of the protocol judged."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from companion.notebook.tables import Table
from companion.pages.network1997.conditions import CONDITIONS, NEARLY
from lstm.training import stored
from lstm.variants.blocks import Blocks

THEIRS = ("1997, truncated", "1997, truncated, by sequence", "1997, full gradient")
TODAY = ("today, chrono", "today, forget bias", "today, uniform")


class Group(NamedTuple):
    """The runs of one method on one task: sequences of those that met the rule, of those nearly there; all counts."""

    runs: int
    met: np.ndarray
    nearly: np.ndarray
    budget: int
    wrong: np.ndarray


def groups(record: Mapping[str, Any]) -> dict[tuple[str, str], Group]:
    """{(task, method): `Group`}, in the order of the paper and of `THEIRS` and `TODAY`."""
    found = {}
    for task in CONDITIONS:
        for method in (*THEIRS, *TODAY):
            some = [run for run in record["runs"] if (run["task"], run["method"]) == (task, method)]
            if some:
                found[task, method] = Group(
                    len(some),
                    np.array(sorted(run["sequences"] for run in some if run["solved"]), int),
                    np.array(sorted(run["nearly"] for run in some if run["nearly"] is not None), int),
                    some[0]["budget"],
                    np.array(sorted(run["wrong"] for run in some if run["solved"]), int),
                )
    return found


def table(found: Mapping[tuple[str, str], Group], methods: Sequence[str]) -> Table:
    """For each task a bold row with what was published, then one for each of the `methods` that ran."""
    headings = ["task, learner", "met the rule", "sequences, median", "least to most", "budget", "nearly, median"]
    rows = []
    for task, condition in CONDITIONS.items():
        near = f"{NEARLY[task]:,}" if task in NEARLY else ""
        rows.append([f"**{task}**", "published", f"{condition.published.sequences:,}", "", "", near])
        rows += [[_short(m), *_cells(found[task, m])] for m in methods if (task, m) in found]
    return Table(headings, rows, [False, False, True, False, True, False])


def _short(method: str) -> str:
    return method.removeprefix("1997, ").removeprefix("today, ").removeprefix("truncated, ")


def _cells(group: Group) -> list[str]:
    middle = between = near = ""
    if len(group.met):
        middle, between = f"{np.median(group.met):,.0f}", f"{group.met[0]:,} to {group.met[-1]:,}"
    if len(group.nearly):
        near = f"{len(group.nearly)} of {group.runs}, {np.median(group.nearly):,.0f}"
    return [f"{len(group.met)} of {group.runs}", middle, between, f"{group.budget:,}", near]


def paired(record: Mapping[str, Any], task: str, one: str, other: str) -> np.ndarray:
    """Ratios of sequences, method `one` over method `other`, of the seeds that met the rule with both."""
    by = {
        (run["method"], run["seed"]): run["sequences"]
        for run in record["runs"]
        if run["task"] == task and run["solved"]
    }
    seeds = [seed for method, seed in by if method == one and (other, seed) in by]
    return np.array([by[one, seed] / by[other, seed] for seed in seeds])


def load_networks(path: str | Path) -> dict[tuple[str, str, int], Blocks]:
    """{(task, method, seed): `Blocks`} from the file of trained networks."""
    found = stored.load_fields(path).items()
    return {(task, method, int(seed)): Blocks(**parts) for (task, method, seed), parts in found}


def outcome(judged: Mapping[str, bool | None]) -> Table:
    """A row for each prediction: held, failed, or not run (None)."""
    words = {True: "held", False: "failed", None: "not run"}
    return Table(["prediction", "outcome"], [[text.strip(), words[said]] for text, said in judged.items()], [False] * 2)


def marks(found: Mapping[tuple[str, str], Group]) -> tuple[dict[str, dict[str, np.ndarray]], dict[str, dict[str, int]]]:
    """(met, missed) of `figures.to_success`, {method: {task: ...}}; the second reading of Reber is left out."""
    met: dict[str, dict[str, np.ndarray]] = {}
    missed: dict[str, dict[str, int]] = {}
    for (task, method), group in found.items():
        if method != "1997, truncated, by sequence":
            met.setdefault(method, {})[task] = group.met
            missed.setdefault(method, {})[task] = group.runs - len(group.met)
    return met, missed


def unfinished(record: Mapping[str, Any]) -> list[str]:
    """A line for each task and method of which fewer runs were made than planned."""
    planned = record["planned"]
    found = groups(record)
    lines = []
    for task in planned:
        for method, runs in planned[task].items():
            made = found[task, method].runs if (task, method) in found else 0
            if made < runs:
                lines.append(f"{task}, {method}: {made} of {runs}")
    return lines
