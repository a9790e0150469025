"""What each known error, or a pair of them, gives for a task: the numbers with which somebody's are compared."""

from contextlib import suppress
from functools import cache
from itertools import combinations
from types import SimpleNamespace

import numpy as np

from lstm.check import changed
from lstm.check.convention import second_as_first
from lstm.check.edits import one_word
from lstm.check.errors import EXHIBITS, MUSEUM, Error
from lstm.check.more_errors import HOOKS, MORE
from lstm.check.task import Task

CHANGE_H = ("borrowed_bias", "doubled_sigmoid", "missing_tanh")  # of the museum, those that change the forward pass
Errors = tuple[Error, ...]


@cache
def every() -> Errors:
    """All known errors, those with a name of their own first."""
    named = (*EXHIBITS, *MORE)
    texts = {text((error,)) for error in named}
    return (*named, *(one for one in (*one_word("backward"), *one_word("forward")) if text((one,)) not in texts))


@cache
def in_forward() -> tuple[Errors, ...]:
    """Those that change the forward pass, one at a time, and pairs of the museum's."""
    museum = [MUSEUM[name] for name in CHANGE_H]
    return (*((error,) for error in (*museum, *one_word("forward"))), *combinations(museum, 2))


@cache
def hooked() -> str:
    """The specimen with a loss on c."""
    return changed.source("hooks", HOOKS)


@cache
def text(errors: Errors) -> str | None:
    """The source of a layer that makes all of `errors`; None where they change the same words."""
    found = hooked()
    try:
        for error in errors:
            found = changed.source(error.name, error.changes, found)
    except ValueError:
        return None
    return found


def diff(errors: Errors) -> str:
    """The lines that `errors` exchange, as in `changed.diff`."""
    return changed.diff(text(errors) or "", hooked())


class Known:
    """The numbers of errors for one `task`; each is computed once."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._parts: dict[Errors, dict[str, np.ndarray] | None] = {}

    def parts(self, errors: Errors) -> dict[str, np.ndarray] | None:
        """The parts of the gradient with these errors; None where they exclude each other or give no number."""
        if errors not in self._parts:
            source = text(errors)
            found = None
            with np.errstate(all="ignore"), suppress(UnboundLocalError, ValueError):  # some give no gradient at all
                found = None if source is None else _run(changed.build(source, errors[0].name), self.task)
            self._parts[errors] = found
        return self._parts[errors]

    def h(self, errors: Errors) -> np.ndarray | None:
        """h of all steps, (T, n, B), in the forward pass with these errors; None where it does not run."""
        t, layer = self.task, changed.build(text(errors) or "", errors[0].name)
        with suppress(UnboundLocalError, ValueError):
            return np.array([moment.h for moment in layer.forward(t.params, t.x, t.h_0, t.c_0)])
        return None


def _run(layer: SimpleNamespace, t: Task) -> dict[str, np.ndarray] | None:
    moments = layer.forward(t.params, t.x, t.h_0, t.c_0)
    found = layer.backward(t.params, moments, t.dh, t.dh_T, t.dc_T, t.dc)
    parts = dict(found.params._asdict()) | {name: getattr(found, name) for name in ("x", "h_0", "c_0")}
    return second_as_first(parts)
