"""The claims in tables and sentences: networks grouped by task and stage, and what the groups say.

Groups are {(task, stage): list}, one entry a network. Trained networks that do not do their task are a group of their
own, (task, "failed"), and so they speak for no claim about networks that work.
"""

import operator
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from companion.pages.claims import protocol
from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Small
from companion.pages.claims.protocol import Verdict, spread
from companion.pages.claims.setting import STAGES, Task
from lstm import checks
from lstm.training.models import Model
from lstm.training.tasks import Batch

FAILED = "failed"
WIDTH = 84  # characters of a line that a page shows without scrolling

Found = TypeVar("Found")
Group = tuple[str, str]  # task and stage
Column = Callable[[list[Any]], str]


def grouped(networks: Mapping[str, Model]) -> dict[Group, dict[int, Model]]:
    """{(task, stage): {seed: Model}} from {"task, seed, stage": Model} as `experiments.claims` stores them.

    Raises ValueError for other names.
    """
    groups: dict[Group, dict[int, Model]] = {}
    for name, model in networks.items():
        try:
            task, seed, stage = name.split(", ")
            number, _ = int(seed), STAGES.index(stage)
        except ValueError:
            raise ValueError(f"networks: expected names 'task, seed, stage', got {name!r}") from None
        groups.setdefault((task, stage), {})[number] = model
    return groups


def measured(
    groups: Mapping[Group, Mapping[int, Model]],
    measure: Callable[..., Found],
    tasks: Mapping[str, Task],
    batches: Mapping[str, Batch],
    *more: Callable[[], object],
) -> dict[Group, dict[int, Found]]:
    """{(task, stage): {seed: measure(model, task, batch, ...)}}, all networks of a task on its one batch of `batches`.

    `more` are functions of no argument, called anew for each network: so each gets its own generator, alike.
    """
    return {
        (task, stage): {s: measure(m, tasks[task], batches[task], *(make() for make in more)) for s, m in seeds.items()}
        for (task, stage), seeds in groups.items()
    }


def apart(
    found: Mapping[Group, Mapping[int, Found]], gates: Mapping[Group, Mapping[int, Gates]]
) -> dict[Group, list[Found]]:
    """Lists by group, the networks that failed apart; `found` and `gates` as `measured` returns them.

    A network at the end of its run that does not do its task goes to (task, "failed"); one called solved that does not
    do it on fresh sequences is left out, and the initialised ones stay.
    """
    lists: dict[Group, list[Found]] = {}
    tasks = [task for task, _ in found]
    for (task, stage), seeds in found.items():
        for seed, one in seeds.items():
            done = stage == STAGES[0] or gates[task, stage][seed].done
            if done:
                lists.setdefault((task, stage), []).append(one)
            elif stage == STAGES[2]:
                lists.setdefault((task, FAILED), []).append(one)
    order = (*STAGES, FAILED)
    return dict(sorted(lists.items(), key=lambda item: (tasks.index(item[0][0]), order.index(item[0][1]))))


def table(
    lists: Mapping[Group, list[Any]],
    tasks: Mapping[str, Task],
    columns: Mapping[str, Callable[[list[Any]], str | Verdict]],
) -> str:
    """A text table: a line for each task, below it a row for each of its groups; n is the number of networks.

    `columns` is {heading: function of a list that returns a text, or a `Verdict`}. Raises TypeError for anything but
    functions.
    """
    for heading, text in columns.items():
        if not callable(text):
            raise TypeError(f"columns: expected functions of a list, got {text!r} for {heading!r}")
    rows, before = [["", "n", *columns]], None
    for (task, stage), some in lists.items():
        if task != before:
            rows.append([tasks[task].label])
        rows.append([f"  {stage}", str(len(some)), *(str(text(some)) for text in columns.values())])
        before = task
    widths = [max(map(len, column)) for column in zip(*(row for row in rows if len(row) > 1), strict=True)]
    return "\n".join("  ".join(f"{word:{w}}" for word, w in zip(row, widths, strict=False)).rstrip() for row in rows)


def of(value: str | Callable[[Any], Any], digits: str = ".2f", *, whole: bool = True) -> Column:
    """A column: least, median and largest over the networks, the median alone if not `whole`.

    `value` is a field of the measurement, or a function of it that returns a number or an array.
    """
    take = value if callable(value) else operator.attrgetter(value)

    def text(some: list[Any]) -> str:
        values = np.ravel([take(one) for one in some])
        return spread(values, digits) if whole else f"{np.median(values):{digits}}"

    return text


def with_small_f(lists: Mapping[Group, list[Small]]) -> dict[Group, list[Small]]:
    """The groups of `Small` without the networks that have too few entries f < 0.1 to test anything."""
    kept = {key: [one for one in some if one.entries >= protocol.ENTRIES] for key, some in lists.items()}
    return {key: some for key, some in kept.items() if some}


def verdicts(
    judge: Callable[[list[Found]], Verdict],
    lists: Mapping[Group, list[Found]],
    tasks: Mapping[str, Task],
    stages: Collection[str] = STAGES[1:],
) -> dict[Group, Verdict]:
    """{(label of the task, stage): Verdict} over the groups of these stages; `judge` maps a list to a `Verdict`."""
    return {(tasks[task].label, stage): judge(some) for (task, stage), some in lists.items() if stage in stages}


def sentence(claim: str, said: Mapping[Group, Verdict]) -> str:
    """'That ... is supported on a (solved 8:0 of 8, ...) and b (...); refuted on c (...).' of what `verdicts` returns.

    In lines of `WIDTH`. `claim` is a that-clause; 8:0 of 8 is eight networks for it, none against, of eight. Raises
    ValueError for other words than the four.
    """
    words = (protocol.SUPPORTED, protocol.REFUTED, protocol.OPEN, protocol.NOTHING)
    if unknown := {one.word for one in said.values()} - set(words):
        raise ValueError(f"said: expected the words {words}, got {sorted(unknown)}")
    parts = []
    for word in words:
        places: dict[str, list[str]] = {}
        for (label, stage), one in said.items():
            if one.word == word:
                places.setdefault(label, []).append(f"{stage} {one.supports}:{one.against} of {one.networks}")
        names = [f"{label} ({', '.join(stages)})" for label, stages in places.items()]
        if names:
            parts.append(f"{word} on {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}")
    return textwrap.fill(f"{claim} is {'; '.join(parts)}.", WIDTH)


def counts(lists: Mapping[Group, list[Chain]], stages: Collection[str], kept: str = "true") -> dict[str, np.ndarray]:
    """`protocol.open_and_alive` by task, {task: (2, 2)}, over the groups of these stages together."""
    found: dict[str, Any] = {}
    for (task, stage), some in lists.items():
        if stage in stages:
            found[task] = found.get(task, 0) + protocol.open_and_alive(some, kept)
    return found


def tally(*said: Mapping[Any, Verdict]) -> dict[str, int]:
    """{word: how many} over the verdicts of several `verdicts`."""
    words = [one.word for some in said for one in some.values()]
    return {word: words.count(word) for word in dict.fromkeys(words)}


def extreme(some: Sequence[Chain], kind: str) -> tuple[int, ...] | None:
    """(network, sequence, unit) of the plainest example in a list of `Chain`, counted from 0.

    kind "open but dead": the smallest column among units with a product of f of at least 0.1; "closed but alive": the
    smallest product of f among units whose column is at least 0.1. None where there is none.
    Raises ValueError for another `kind`.
    """
    if kind not in ("open but dead", "closed but alive"):
        raise ValueError(f"kind: expected 'open but dead' or 'closed but alive', got {kind!r}")
    product, true = (np.array([getattr(one, k) for one in some]) for k in ("product", "true"))
    at_least, least = (product, true) if kind == "open but dead" else (true, product)
    alive = protocol.ALIVE
    looked = np.where((at_least >= alive) & (least < alive), least, np.inf)
    if np.isinf(looked).all():
        return None
    return tuple(int(k) for k in np.unravel_index(looked.argmin(), looked.shape))


def batches(tasks: Mapping[str, Task], draw: Callable[[Task, np.random.Generator], Batch]) -> dict[str, Batch]:
    """{name: draw(task, rng)}, each with the same seed. Raises ValueError where there is no task."""
    checks.whole("tasks", len(tasks), 1)
    return {name: draw(task, np.random.default_rng(1000)) for name, task in tasks.items()}
