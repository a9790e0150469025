"""What came of the runs, from the stored record: groups, a table, and the predictions of the protocol judged."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from companion.pages.network1997.conditions import CONDITIONS, NEARLY
from lstm.variants.blocks import Blocks

WIDTH = 86  # of a line beside the contents of the page
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


def table(found: Mapping[tuple[str, str], Group], methods: Sequence[str]) -> str:
    """A text table: for each task a line with what was published, then one for each method that ran."""
    lines = [f"{'':18}{'met':>6} {'median':>9}  {'least to most':22} {'budget':>9}  nearly, median"]
    for task, condition in CONDITIONS.items():
        near = f"{'':19}{NEARLY[task]:,}" if task in NEARLY else ""
        lines.append(f"{task:24} {condition.published.sequences:9,}  published{near}")
        lines += [f"  {_short(m):16}{_line(found[task, m])}".rstrip() for m in methods if (task, m) in found]
    return "\n".join(lines)


def _short(method: str) -> str:
    return method.removeprefix("1997, ").removeprefix("today, ").removeprefix("truncated, ")


def _line(group: Group) -> str:
    middle = between = ""
    if len(group.met):
        middle, between = f"{np.median(group.met):,.0f}", f"{group.met[0]:,} to {group.met[-1]:,}"
    near = f"{len(group.nearly)}/{group.runs} {np.median(group.nearly):,.0f}" if len(group.nearly) else ""
    return f"{f'{len(group.met)}/{group.runs}':>6} {middle:>9}  {between:22} {group.budget:9,}  {near}"


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
    fields: dict[tuple[str, str, int], dict[str, np.ndarray]] = {}
    with np.load(path, allow_pickle=False) as arrays:
        for key in arrays.files:
            task, method, seed, field = key.split("/")
            fields.setdefault((task, method, int(seed)), {})[field] = arrays[key]
    return {key: Blocks(**parts) for key, parts in fields.items()}


def lines(judged: Mapping[str, bool | None]) -> str:
    """A line for each prediction: held, failed, or not run (None)."""
    words = {True: "held", False: "failed", None: "not run"}
    told = (f"{words[said]:8} {text}" for text, said in judged.items())
    return "\n".join(textwrap.fill(one, WIDTH, subsequent_indent=" " * 12) for one in told)


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
