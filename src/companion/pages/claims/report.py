"""Networks, and what was measured of them, grouped by task, rate and stage.

Groups are {(task, rate, stage): list}, one entry a network. Trained networks that do not do their task are a group of
their own, (task, rate, "failed"), and so they speak for no claim about networks that work. The rate of networks that
were not trained is 0.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from companion.pages.claims import protocol
from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Small
from companion.pages.claims.setting import STAGES

FAILED = "failed"

Found = TypeVar("Found")
Group = tuple[str, float, str]  # task, rate and stage


def grouped(named: Mapping[str, Found]) -> dict[Group, dict[int, Found]]:
    """{(task, rate, stage): {seed: ...}} from {"task, rate, seed, stage": ...}, as `experiments.claims` stores it.

    Raises ValueError for other names.
    """
    groups: dict[Group, dict[int, Found]] = {}
    for name, one in named.items():
        try:
            task, rate, seed, stage = name.split(", ")
            key, number, _ = (task, float(rate), stage), int(seed), STAGES.index(stage)
        except ValueError:
            raise ValueError(f"named: expected names 'task, rate, seed, stage', got {name!r}") from None
        groups.setdefault(key, {})[number] = one
    return groups


def apart(
    found: Mapping[Group, Mapping[int, Found]], gates: Mapping[Group, Mapping[int, Gates]]
) -> dict[Group, list[Found]]:
    """Lists by group, the networks that failed apart; `found` and `gates` as `grouped` returns them.

    A network at the end of its run that does not do its task goes to (task, rate, "failed"); one called solved that
    does not do it on fresh sequences is left out, and the initialised ones stay.
    """
    lists: dict[Group, list[Found]] = {}
    tasks = list(dict.fromkeys(task for task, _, _ in found))
    for (task, rate, stage), seeds in found.items():
        for seed, one in seeds.items():
            if stage == STAGES[0] or gates[task, rate, stage][seed].done:
                lists.setdefault((task, rate, stage), []).append(one)
            elif stage == STAGES[2]:
                lists.setdefault((task, rate, FAILED), []).append(one)
    order = (*STAGES, FAILED)
    return dict(sorted(lists.items(), key=lambda item: (tasks.index(item[0][0]), order.index(item[0][2]), -item[0][1])))


def paired(gates: Mapping[Group, Mapping[int, Gates]], task: str, stage: str, rates: Sequence[float]) -> np.ndarray:
    """Fractions of gates near 0 or 1 at each of the `rates`, (rates, N), of the N seeds that do the task at all."""
    each = [gates.get((task, rate, stage), {}) for rate in rates]
    seeds = [seed for seed in each[0] if all(seed in some and some[seed].done for some in each)]
    return np.array([[some[seed].near[-1] for seed in seeds] for some in each])


def with_small_f(lists: Mapping[Group, list[Small]]) -> dict[Group, list[Small]]:
    """The groups of `Small` without the networks that have too few entries f < 0.1 to test anything."""
    kept = {key: [one for one in some if one.entries >= protocol.ENTRIES] for key, some in lists.items()}
    return {key: some for key, some in kept.items() if some}


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
