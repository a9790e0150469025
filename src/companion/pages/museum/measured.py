"""The numbers of the museum's explorer: every exhibit before every check, and every gradient beside the right one."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from companion.explorers.museum import Hall
from companion.pages.museum import cases
from companion.pages.museum.cases import Case
from companion.pages.museum.checkers import ALL, CHECKS, EXACT, STATES, Check, gradients
from companion.pages.museum.exhibit import CONTROL, Exhibit, build, source
from companion.pages.museum.guide import EXHIBITS, verdicts
from lstm.bptt import Gradients
from lstm.cell import Params
from lstm.check import specimen

ARRAYS = (*(f"{kind}{gate}" for gate in "ifog" for kind in ("W_1", "W_2", "b_")), *STATES)  # a row a gate
MESSAGES = ("dh", "dc", "d_i", "d_f", "d_o", "d_g")
RECORDED = "        for gate, d in zip("  # here all six are formed in every exhibit, and nothing is overwritten yet
COMPARED = {"weights_only": Params._fields, "states_only": STATES}
# Of each check, under which condition it looks; and whether that is all in which it differs from complex_step.
CONDITIONS = {
    "complex_step": ("with nothing zero and nothing single", False),
    "shapes_only": ("looking at the shapes alone", False),
    "loss_goes_down": ("looking at the loss alone", False),
    "zero_biases": ("with all biases zero", True),
    "one_step": ("with one step from zero states", False),
    "last_step_only": ("with a loss that reads the last step alone", True),
    "batch_of_one": ("with one sequence in the batch", True),
    "one_unit": ("with a single unit", True),
    "weights_only": ("comparing the parameters alone", True),
    "states_only": ("comparing x, h_0 and c_0 alone", True),
    "own_forward": ("comparing with the exhibit's own forward pass", True),
    "small_weights": ("with small weights in single precision", False),
}
# In the order in which the page explains them: from a mean over one to a case that hides several things at once.
CLAIMS = {
    "A batch of one hides a mean": ("mean_over_batch", "batch_of_one"),
    "One unit hides a transpose": ("transposed_W_2", "one_unit"),
    "Its own forward pass hides a lost tanh": ("missing_tanh", "own_forward"),
    "One step hides a slope": ("missing_sigma_slope", "one_step"),
}


def hall() -> Hall:
    """The `Hall` of the fifteen exhibits and the twelve checks, on the case that `cases.draw()` returns."""
    case, found, names = cases.draw(), verdicts(), [exhibit.name for exhibit in EXHIBITS]
    right, wrong = flat(gradients(specimen, case)), [flat(gradients(build(one), case)) for one in EXHIBITS]
    rows = [found[k : k + len(CHECKS)] for k in range(0, len(found), len(CHECKS))]
    true, places = trail(CONTROL, case), [check.name for check in CHECKS]
    trails = [[gaps(*pair) for pair in zip(trail(one, case), true, strict=True)] for one in EXHIBITS]
    return Hall(
        exhibits=names,
        titles=[exhibit.title for exhibit in EXHIBITS],
        checks=places,
        tolerances=[check.tolerance for check in CHECKS],
        costs=[cost(check) for check in CHECKS],
        conditions=[CONDITIONS[check.name][0] for check in CHECKS],
        alone=[CONDITIONS[check.name][1] for check in CHECKS],
        differences=[[v.difference if np.isfinite(v.difference) else None for v in row] for row in rows],
        caught=[[v.caught for v in row] for row in rows],
        arrays=list(ARRAYS),
        right=[array.tolist() for array in right],
        wrong=[[array.tolist() for array in one] for one in wrong],
        apart=[gaps(one, right) for one in wrong],
        messages=list(MESSAGES),
        trail=trails,
        agrees=EXACT,
        first=[parting(steps) for steps in trails],
        presets=[(claim, dict(exhibit=names.index(e), check=places.index(c))) for claim, (e, c) in CLAIMS.items()],
    )


def flat(found: Gradients) -> list[np.ndarray]:
    """The arrays of a gradient in the order of ARRAYS, each as a vector."""
    named = found.params._asdict() | {name: getattr(found, name) for name in STATES}
    return [named[name].ravel() for name in ARRAYS]


def gaps(got: Iterable[np.ndarray], true: Iterable[np.ndarray]) -> list[float]:
    """Of each pair of arrays the largest difference over the largest entry of the second."""
    return [float(np.abs(a - b).max() / np.abs(b).max()) for a, b in zip(got, true, strict=True)]


def trail(exhibit: Exhibit, case: Case) -> list[tuple[np.ndarray, ...]]:
    """What goes back over the steps, MESSAGES, each (n, B), as the exhibit forms it; the last step first.

    The exhibit runs as it is, with one line put in that notes the values. Raises ValueError if it has no place for it.
    """
    text = source(exhibit)
    if text.count(RECORDED) != 1:
        raise ValueError(f"exhibit {exhibit.name}: expected {RECORDED.strip()!r} once, to note the values before it")
    noted: list[tuple[np.ndarray, ...]] = []
    names: dict[str, Any] = {"NOTED": noted}
    note = f"        NOTED.append(({', '.join(MESSAGES)}))\n"
    exec(compile(text.replace(RECORDED, note + RECORDED), f"<museum: {exhibit.name}>", "exec"), names)
    moments = names["forward"](case.params, case.x, case.h_0, case.c_0)
    names["backward"](case.params, moments, case.reads)
    return noted


def cost(check: Check) -> int:
    """How many steps of one sequence forward a check needs: each number that it moves costs a run of the case.

    Central differences cost two. shapes_only needs one run, loss_goes_down one for each of its 60 steps of descent.
    Not counted are two runs an array, by which `analytic.complex_step` checks itself.
    """
    material = check.prepare()
    case = material if isinstance(material, Case) else material[0]
    runs = {"shapes_only": 1, "loss_goes_down": 60}.get(check.name)
    if runs is None:
        arrays = case.params._asdict() | {name: getattr(case, name) for name in STATES}
        runs = sum(arrays[name].size for name in COMPARED.get(check.name, ALL))
        runs *= 2 if check.name == "small_weights" else 1
    T, _, B = case.x.shape
    return runs * T * B


def parting(steps: list[list[float]]) -> tuple[int, int] | None:
    """Where gaps, a row of messages a step, the last step first, are first more than rounding: step and message."""
    apart = [(len(steps) - s, j) for s, row in enumerate(steps) for j, gap in enumerate(row) if gap > EXACT]
    return apart[0] if apart else None


def partings(hall: Hall) -> list[tuple[str, str]]:
    """Of each exhibit the step at which it parts first from the right pass, going back, and in what; or two dashes."""
    return [(str(first[0]), hall.messages[first[1]]) if first else ("–", "–") for first in hall.first]
