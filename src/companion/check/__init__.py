"""Try your own function: on fresh random cells, against the complex step; known mistakes are named.

    from companion import check
    check.terms(my_terms)
    check.answer("gates-1", 0.25)

`answer` takes what you would type into the box of an exercise; its verdict is the box's. The others try a function and
return a `Report`: its text says what is right and what is off, `right` is True or False. Functions are called with
copies that refuse to be written to; what yours raises stands in the report.
"""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import numpy as np

from companion.check import equation_15, forward, many
from companion.check.trial import Report, judge
from companion.explorers.answer import Verdict, verdict

__all__ = ["Report", "Verdict", "answer", "chain", "gates", "gradients", "step", "terms"]

Function = Callable[..., Any]


def answer(key: str, given: float | str) -> Verdict:
    """The verdict on `given`, a number or the words of a choice, as answer to the exercise `key`, say "gates-1".

    Raises ValueError for an exercise that has no box, TypeError or ValueError for what is no answer to it.
    """
    tasks = json.loads(files("companion.check").joinpath("answers.json").read_text(encoding="utf-8"))
    if key not in tasks:
        near = [known for known in tasks if known.split("-")[0] == str(key).split("-")[0]]
        raise ValueError(f"key: expected one of {near or list(tasks)}, got {key!r}")
    return verdict(tasks[key], given)


def gates(function: Function, rng: np.random.Generator | None = None) -> Report:
    """Equation (12): function(params, x, h_prev) gives i, f, o, g, each (n,), in this order or as `lstm.Gates`.

    Raises TypeError where `function` cannot be called; so do the others here.
    """
    return judge(function, forward.GATES, rng)


def step(function: Function, rng: np.random.Generator | None = None) -> Report:
    """Equations (12) to (14): function(params, x, h_prev, c_prev) gives c and h of the step, each (n,)."""
    return judge(function, forward.STEP, rng)


def terms(function: Function, rng: np.random.Generator | None = None) -> Report:
    """Equation (15): function(params, trace, t, total, reads), as `lstm.terms`, gives its six terms, each (n,).

    Their order is direct, forget, input, candidate, output, local; `lstm.Terms` or a dict will do too.
    """
    return judge(function, equation_15.TERMS, rng)


def chain(function: Function, rng: np.random.Generator | None = None) -> Report:
    """dc^(t)/dc^(s): function(params, trace, s, t) gives the true chain, (n, n), h^(s) moving with c^(s)."""
    return judge(function, many.CHAIN, rng)


def gradients(function: Function, rng: np.random.Generator | None = None) -> Report:
    """All gradients: function(params, trace, reads) gives those of the twelve parameters, `lstm.Params` or a dict."""
    return judge(function, many.GRADIENTS, rng)
