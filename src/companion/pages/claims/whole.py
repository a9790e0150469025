"""All that is measured of one network, as the experiment stores it and the chapter and its tests measure it again."""

from typing import Any

import numpy as np

from companion.pages.claims import measures, past, setting
from companion.pages.claims.setting import Task
from lstm.training import tasks
from lstm.training.models import Model

PLACES_SEED = 7  # draws the places of the random controls: the same for all networks


def measure(model: Model, name: str, task: Task, stage: str) -> dict[str, Any]:
    """{kind: measurement} of a network on the task called `name`: claims A and B always, C where it was trained.

    Clamps, one unit at a time, are of the solved networks alone.
    """
    fresh, equal = setting.judging({name: task})[name], setting.asked({name: task})[name]
    found = {"gates": measures.gates(model, task, fresh), "chain": measures.chain(model, task, equal)}
    if stage != setting.STAGES[0]:
        found["small"] = past.small(model, task, fresh, np.random.default_rng(PLACES_SEED))
    if stage == setting.STAGES[1]:
        few = tasks.some(fresh, slice(setting.ASKED))
        found["clamps"] = past.clamps(model, task, few, np.random.default_rng(PLACES_SEED))
    return found
