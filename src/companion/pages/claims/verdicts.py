"""Every judge on every group: the verdicts of the chapter, in tables, beside what was predicted.

A cell is a task, a stage and a rate. Words in tables are short: yes is supported, no refuted, open left open, few not
tested.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from companion.notebook.tables import Table
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


def table(found: Judged, names: Sequence[str], tasks: Mapping[str, Task]) -> Table:
    """A row a task, below a bold one for each of the judges `names`: "8:1/10 yes" is 8 for, 1 against, of 10 asked.

    With one judge its name is the heading of the first column instead. A stage of which none was asked has no column.
    """
    first = names[0] if len(names) == 1 else "task"
    asked = [cell for cell in CELLS if any(cell == (stage, rate) for name in names for _, stage, rate in found[name])]
    rows: list[list[str]] = []
    for name in names:
        if len(names) > 1:
            rows.append([f"**{name}**", *("" for _ in asked)])
        for task in dict.fromkeys(task for task, _, _ in found[name]):
            row = [found[name].get((task, *cell)) for cell in asked]
            rows.append([tasks[task].label, *("" if one is None else _short(one) for one in row)])
    return Table([first, *(f"{stage}, {rate:g}" for stage, rate in asked)], rows, [False] * (1 + len(asked)))


def counts(found: Judged, tasks: Mapping[str, Task], names: Iterable[str] = tuple(JUDGES)) -> Table:
    """How often each word fell, a row for each of the judges `names`; and on which tasks it was yes, how many times."""
    rows = []
    for name in names:
        words = [SHORT[one.word] for one in found[name].values()]
        yes = [task for (task, _, _), one in found[name].items() if SHORT[one.word] == "yes"]
        where = ", ".join(f"{tasks[task].label} ({yes.count(task)})" for task in dict.fromkeys(yes))
        rows.append([name, *(str(words.count(word)) for word in SHORT.values()), where])
    return Table(["claim", *SHORT.values(), "yes on"], rows, [False, *(True for _ in SHORT), False])


def against_predictions(found: Judged) -> dict[str, tuple[int, int, list[tuple[Cell, str, Verdict]]]]:
    """{judge: (hits, predictions, [(cell, what was predicted, Verdict), ...] of the misses)}."""
    result = {}
    for name in PREDICTED:
        said = predicted(name)
        misses = [(cell, word, found[name][cell]) for cell, word in said.items() if found[name][cell].word != word]
        result[name] = (len(said) - len(misses), len(said), misses)
    return result


def missed_table(found: Judged) -> Table:
    """A row a judge: how many predictions came true, and how they failed: predicted > found, and in how many cells."""
    rows = []
    for name, (hits, all_, misses) in against_predictions(found).items():
        kinds = Counter(f"{SHORT[word]} > {SHORT[one.word]}" for _, word, one in misses)
        rows.append([name, f"{hits} of {all_}", ", ".join(f"{kind}: {n}" for kind, n in kinds.items())])
    return Table(["claim", "true", "failed, predicted > found: cases"], rows, [False] * 3)


def tally(found: Judged) -> dict[str, int]:
    """{word: how many} over all cells."""
    words = [one.word for cells in found.values() for one in cells.values()]
    return {word: words.count(word) for word in SHORT}


def _short(one: Verdict) -> str:
    return f"{one.supports}:{one.against}/{one.networks} {SHORT[one.word]}"
