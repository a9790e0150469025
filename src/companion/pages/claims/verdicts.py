"""Every judge on every group: the verdicts of the chapter, in tables, beside what was predicted.

A cell is a task, a stage and a rate. Words in tables are short: yes is supported, no refuted, open left open, few not
tested.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from companion.pages.claims import protocol, report
from companion.pages.claims.predictions import CELLS, PREDICTED, predicted
from companion.pages.claims.protocol import Verdict
from companion.pages.claims.setting import Task

Cell = tuple[str, str, float]  # task, stage, rate
Judged = dict[str, dict[Cell, Verdict]]

SHORT = {protocol.SUPPORTED: "yes", protocol.REFUTED: "no", protocol.OPEN: "open", protocol.NOTHING: "few"}
JUDGES: dict[str, tuple[str, Callable[[list[Any]], Verdict]]] = {
    "gates at the ends": ("gates", protocol.gates_at_the_ends),
    "gates may be rounded": ("gates", protocol.gates_may_be_rounded),
    "product is the chain": ("chain", protocol.product_is_the_chain),
    "product is the gradient": ("chain", protocol.product_is_the_gradient),
    "sufficient, by the loss": ("chain", partial(protocol.sufficient, kept="felt")),
    "sufficient, by the chain": ("chain", protocol.sufficient),
    "sufficient, of its own": ("chain", partial(protocol.sufficient, kept="returned")),
    "necessary, by the loss": ("chain", partial(protocol.necessary, kept="felt")),
    "necessary, by the chain": ("chain", protocol.necessary),
    "necessary, of its own": ("chain", partial(protocol.necessary, kept="returned")),
    "small f may be zero": ("small", protocol.small_f_may_be_zero),
    "small f has no share": ("small", protocol.small_f_carries_no_gradient),
    "small f is typically unfelt": ("small", protocol.small_f_is_typically_unfelt),
    "unit by unit": ("clamps", protocol.unit_by_unit),
}


def judged(lists: Mapping[str, Mapping[report.Group, list[Any]]]) -> Judged:
    """{judge: {(task, stage, rate): Verdict}} of {kind of measurement: lists as `report.apart` returns them}."""
    return {
        name: {
            (task, stage, rate): judge(lists[kind].get((task, rate, stage), []))
            for task, stage, rate in predicted(name)
        }
        for name, (kind, judge) in JUDGES.items()
    }


def table(found: Judged, names: Iterable[str], tasks: Mapping[str, Task]) -> str:
    """For each of the judges `names` a line, below it a row a task: "8:1/10 yes" is 8 for, 1 against, of 10 asked."""
    rows = [["", *(f"{stage} {rate:g}" for stage, rate in CELLS)]]
    for name in names:
        rows.append([name])
        for task in dict.fromkeys(task for task, _, _ in found[name]):
            row = [found[name].get((task, *cell)) for cell in CELLS]
            rows.append([f"  {tasks[task].label}", *("" if one is None else _short(one) for one in row)])
    return report.aligned(rows)


def in_short(found: Judged, name: str) -> str:
    """'yes 3, open 21 of 24 cells': the words of one judge."""
    words = [SHORT[one.word] for one in found[name].values()]
    counts = ", ".join(f"{word} {words.count(word)}" for word in SHORT.values() if word in words)
    return f"{counts} of {len(words)} cells"


def against_predictions(found: Judged) -> dict[str, tuple[int, int, list[tuple[Cell, str, Verdict]]]]:
    """{judge: (hits, predictions, [(cell, what was predicted, Verdict), ...] of the misses)}."""
    result = {}
    for name in PREDICTED:
        said = predicted(name)
        misses = [(cell, word, found[name][cell]) for cell, word in said.items() if found[name][cell].word != word]
        result[name] = (len(said) - len(misses), len(said), misses)
    return result


def missed_table(found: Judged) -> str:
    """A row a judge: how many predictions came true, and how they failed: predicted > found, and in how many cells."""
    rows = [["", "true", "failed: predicted > found, cells"]]
    for name, (hits, all_, misses) in against_predictions(found).items():
        kinds: dict[str, int] = {}
        for _, word, one in misses:
            kind = f"{SHORT[word]} > {SHORT[one.word]}"
            kinds[kind] = kinds.get(kind, 0) + 1
        whole = (f"{kind} {n}".replace(" ", "_") for kind, n in kinds.items())  # lines break between them alone
        first, *more = (line.replace("_", " ") for line in textwrap.wrap(", ".join(whole), 48) or [""])
        rows += [[name, f"{hits}/{all_}", first], *(["", "", line] for line in more)]
    return report.aligned(rows)


def tally(found: Judged) -> dict[str, int]:
    """{word: how many} over all cells."""
    words = [one.word for cells in found.values() for one in cells.values()]
    return {word: words.count(word) for word in SHORT}


def _short(one: Verdict) -> str:
    return f"{one.supports}:{one.against}/{one.networks} {SHORT[one.word]}"
