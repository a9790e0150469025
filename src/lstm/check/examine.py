"""What a backward pass does besides returning a gradient, and where a wrong one goes wrong first."""

import numpy as np

from lstm.check.subject import locked_out
from lstm.check.task import LOSSES, Task
from lstm.check.trial import Bench, Trial, gap

LARGE, SMALL = 1e3, 1e-3


def findings(bench: Bench, trial: Trial) -> list[str]:
    """What is wrong beside the numbers of one call: a sentence each."""
    found = []
    written = trial.given.changed()
    try:
        again = bench.attempt(trial.convention, locked=True)
    except Exception as error:  # the first trial ran: what is new are arrays that cannot be written to
        if not locked_out(error):
            raise
        again = bench.attempt(trial.convention)
        written = written or ["an argument"]
    if written:
        found.append(f"It writes into its inputs: {', '.join(written)}. Work on copies.")
    found += [f"The gradient by {role} has {words}." for role, words in trial.refused.items()]
    bad = [name for name, part in trial.parts.items() if not np.isfinite(part).all()]
    if bad:
        found.append(f"Numbers that are not finite: {', '.join(f'd{name}' for name in bad)}.")
    if shared := _shared(trial):
        found.append(f"Results share memory with inputs: {shared}. Return arrays of their own.")
    if not bad and _apart(trial, again.parts):
        found.append("Called anew, it gives other numbers: something is kept between calls, or is random.")
    elif not bad and not written and (others := _second(bench, again)) and _apart(trial, others):
        found.append(
            "A second backward pass on the same forward pass gives other numbers: sums are kept between calls."
        )
    return found


def _shared(trial: Trial) -> str:
    """Which results share memory with which inputs."""
    results = [*trial.called.named.items(), *(("a result", array) for array in trial.called.loose)]
    pairs = {
        f"{name} with {role}"
        for name, array in results
        for role, given in trial.given.arrays.items()
        if np.may_share_memory(array, given)
    }
    return ", ".join(sorted(pairs))


def _second(bench: Bench, trial: Trial) -> dict[str, np.ndarray]:
    named, loose = trial.called.again()
    return bench.read(named, loose, trial.given, trial.true)[0]


def _apart(trial: Trial, others: dict[str, np.ndarray]) -> bool:
    return others.keys() != trial.parts.keys() or any(gap(others[k], part) > 1e-12 for k, part in trial.parts.items())


def scaled(bench: Bench, trial: Trial, factor: float) -> dict[str, np.ndarray]:
    """The parts where what the loss reads is `factor` times as much, over `factor`."""
    task = trial.task._replace(**{name: factor * getattr(trial.task, name) for name in LOSSES})
    return {name: part / factor for name, part in bench.attempt(trial.convention, task).parts.items()}


def clipped(bench: Bench, trial: Trial) -> str | None:
    """Words for a pass that is not linear in what the loss reads, as where gradients are clipped; None where it is."""
    small, large = (scaled(bench, trial, factor) for factor in (SMALL, LARGE))
    off = [name for name in small if gap(large[name], small[name]) > max(1e-6, bench.near)]
    if not off:
        return None
    right = all(gap(small[name], trial.true[name]) <= bench.near for name in small)
    where = ", ".join(f"d{name}" for name in off[:4]) + (" and others" if len(off) > 4 else "")
    verb, them = ("is", "it") if len(off) == 1 else ("are", "them")
    must = f"The gradient must be linear in dh and dc, and {where} {verb} not"
    words = f"{must}, as where something clips {them}, rescales {them} or adds to {them}"
    return f"{words}. Where it is small it is right" if right else words


def hints(bench: Bench, trial: Trial) -> list[str]:
    """For which losses it is wrong: of one step alone, of h alone, of c alone."""
    t, zero = trial.task, {name: 0 * getattr(trial.task, name) for name in LOSSES}
    said = []
    if "T" in trial.convention.layout and t.dh.any():
        only = (t.dh * step[:, None, None] for step in np.eye(len(t.dh)))
        wrong = [_wrong(bench, trial, t._replace(**{**zero, "dh": dh})) for dh in only]
        if not wrong[0] and any(wrong):
            first = [bool(parts) for parts in wrong].index(True) + 1
            said.append(
                f"Right where the loss reads h^({first - 1}) alone, wrong where it reads h^({first}) alone: "
                f"look at what a step sends to the step before, dh_next and dc_next{_hidden(t)}."
            )
        elif wrong[0]:
            said.append(f"Wrong where the loss reads h^(1) alone: look within one step, at {_list(wrong[0])}.")
    losses = {"h": ("dh", "dh_T"), "c": ("dc", "dc_T")}
    off = {}
    for state, names in losses.items():
        kept = {name: getattr(t, name) for name in names}
        if any(array.any() for array in kept.values()):
            off[state] = bool(_wrong(bench, trial, t._replace(**{**zero, **kept})))
    if len(off) == 2 and off["h"] != off["c"]:
        bad, good = ("h", "c") if off["h"] else ("c", "h")
        said.append(f"Right where the loss reads {good} alone, wrong where it reads {bad}.")
    return said


def _hidden(task: Task) -> str:
    """What else step 1 hides: what its first states multiply, where they are zero."""
    zero = not task.h_0.any() and not task.c_0.any()
    return ", and at what zero first states hide in step 1: the delta of the forget gate and dW_2" if zero else ""


def _wrong(bench: Bench, trial: Trial, task: Task) -> list[str]:
    one = bench.attempt(trial.convention, task)
    return [name for name, part in one.parts.items() if gap(part, one.true[name]) > bench.near]


def _list(parts: list[str]) -> str:
    return ", ".join(f"d{name}" for name in parts[:6]) + (" and others" if len(parts) > 6 else "")
