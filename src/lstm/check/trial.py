"""One trial of somebody's backward pass in one convention: its parts, and how many are those of the true gradient."""

import warnings
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lstm.check import convention as ways
from lstm.check import names
from lstm.check.convention import Convention, WrongShapeError
from lstm.check.given import Arrays, Given
from lstm.check.subject import Called, Subject
from lstm.check.task import Task, draw, given, states, truth

Parts = Mapping[str, np.ndarray]
LOW, COARSE = (np.float32, np.float16), 1e-4  # types of results that are right only to so much


class Sizes(NamedTuple):
    """m inputs, n units, T steps, B sequences; seed of the task."""

    m: int
    n: int
    T: int
    B: int
    seed: int


class Solved(NamedTuple):
    """A task, its true gradient, and the h of its forward pass, (T, n, B)."""

    task: Task
    true: Parts
    h: np.ndarray


class Trial(NamedTuple):
    """What came of a call. right: how many parts are true; close: how near all are, 0 to 1; h: whether h is true."""

    convention: Convention
    task: Task
    true: Parts
    given: Given
    called: Called
    parts: dict[str, np.ndarray]
    refused: dict[str, str]
    right: int
    close: float
    h: bool | None


class Bench:
    """A subject, and the tasks and true gradients that it is tried on; each is made once."""

    def __init__(self, subject: Subject, sizes: Sizes, biases: int | None, near: float) -> None:
        self.subject, self.sizes, self.near = subject, sizes, near
        parameters = subject.parameters
        self.two = biases == 2 or any(role.startswith("b_2") for role in parameters)
        told = bool(parameters) and "params" not in subject.roles
        self.bare = biases == 0 or (told and not any(role[0] == "b" for role in parameters))
        self._tasks: dict[tuple[int, int, str], Solved] = {}

    def task(self, convention: Convention, T: int | None = None) -> Solved:
        """The task for the roles of the subject in a convention, and what is true of it."""
        m, n, steps, B, seed = self.sizes
        T = T or (steps if "T" in convention.layout else 1)
        key = (T, B if "B" in convention.layout else 1, convention.dc)
        if key not in self._tasks:
            drawn = draw(seed, m, n, key[0], key[1])
            if self.bare:
                drawn = drawn._replace(params=drawn.params._replace(**{f"b_{g}": 0 * drawn.params.b_i for g in "ifog"}))
            one = given(drawn, self.subject.roles, convention.dc)
            self._tasks[key] = Solved(one, truth(one), states(one))
        return self._tasks[key]

    def attempt(self, convention: Convention, task: Task | Solved | None = None, locked: bool = False) -> Trial:
        """Try the subject once, on its own task where none is given; whatever it raises comes through."""
        if isinstance(task, Task):
            task = Solved(task, truth(task), states(task))
        task, true, h = task or self.task(convention)
        arrays = Given(task, convention, self.two, locked)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            called = self.subject.call(arrays)
        if any(array.dtype in LOW for array in (*called.named.values(), *called.loose)):
            self.near = max(self.near, COARSE)
        parts, refused = self.read(called.named, called.loose, arrays, true)
        gaps = [gap(parts[name], true[name]) for name in parts]
        close = float(np.mean([max(0.0, 1 - min(one, 1.0)) for one in gaps])) if gaps else 0.0
        right = sum(one <= self.near for one in gaps)
        return Trial(
            convention,
            task,
            true,
            arrays,
            called,
            parts,
            refused,
            right,
            close,
            says_h(called.outputs, h, convention),
        )

    def read(
        self, named: Mapping[str, np.ndarray], loose: list[np.ndarray], arrays: Given, true: Parts
    ) -> tuple[dict[str, np.ndarray], dict[str, str]]:
        """(parts, refused): results in the arrays of the book, and words for those whose shape or type is wrong."""
        found, refused = dict(named), dict[str, str]()
        self._place(loose, found, refused, arrays, true)
        parts: dict[str, np.ndarray] = {}
        for role, array in found.items():
            try:
                parts |= self._inward(role, array, arrays)
            except WrongShapeError as wrong:
                refused[role] = str(wrong)
        return parts, refused

    def _inward(self, role: str, array: np.ndarray, arrays: Given) -> dict[str, np.ndarray]:
        if array.dtype.kind not in "fiu":
            raise WrongShapeError(f"{array.dtype} values, expected real numbers")
        array, convention, task = array.astype(float), arrays.convention, arrays.task
        if role == "x":
            return {"x": ways.inward(array, "TmB", task.x.shape, convention)}
        if role in ("h_0", "c_0"):
            return {role: ways.inward(array, "mB", task.h_0.shape, convention)}
        return ways.parts_of(role, array, task.params, convention)

    def _place(
        self, loose: list[np.ndarray], found: dict[str, np.ndarray], refused: dict[str, str], arrays: Given, true: Parts
    ) -> None:
        """Give arrays without a name a role: states by agreement, the rest by shape, in the order of the arguments."""
        params = arrays("params") if "params" in self.subject.roles else None
        asked = [names.parameter(key) for key in params] if isinstance(params, Arrays) else []
        wanted = [r for r in ("x", "h_0", "c_0", *self.subject.parameters, *asked) if r is not None and r not in found]
        wanted = [role for role in dict.fromkeys(wanted) if role not in ("h_0", "c_0") or role in self.subject.roles]
        shown = {role: self._outward(role, true, arrays) for role in wanted}
        rest = list(loose)
        for role in [r for r in wanted if r in ("x", "h_0", "c_0")]:
            for k, array in enumerate(rest):
                if array.shape == shown[role].shape and gap(array, shown[role]) <= self.near:
                    found[role] = rest.pop(k)
                    break
        for array in rest:
            place = next((r for r in wanted if r not in found and shown[r].shape == array.shape), None)
            if place is None:
                refused["a result without a name"] = f"shape {array.shape}, which nothing has that is left"
            else:
                found[place] = array

    def _outward(self, role: str, parts: Parts, arrays: Given) -> np.ndarray:
        if role in ("x", "h_0", "c_0"):
            return ways.outward(parts[role], "TmB" if role == "x" else "mB", arrays.convention)
        return ways.own(role, parts, arrays.convention)


def says_h(outputs: list[np.ndarray], h: np.ndarray, convention: Convention) -> bool | None:
    """Whether one of `outputs` is h (T, n, B) in the convention, or h^(T) where none has the shape of h."""
    for own in (ways.outward(h, "TmB", convention), ways.outward(h[-1], "mB", convention)):
        alike = [array for array in outputs if array.shape == own.shape]
        if alike:
            return any(gap(array, own) <= 1e-6 for array in alike)
    return None


def gap(mine: np.ndarray, true: np.ndarray) -> float:
    """The largest difference over the largest entry of `true`; inf for other shapes and numbers that are not finite."""
    if mine.shape != true.shape or mine.dtype.kind not in "fiuc" or not np.isfinite(mine).all():
        return np.inf
    scale = np.abs(true).max()
    difference = np.abs(mine - true).max()
    return float(difference / scale) if scale else (np.inf if difference else 0.0)
