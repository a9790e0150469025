"""The arrays that a call is given: a task in somebody's convention, fresh copies, read-only where that is asked."""

from typing import Any

import numpy as np

from lstm.cell import Params
from lstm.check import convention as ways
from lstm.check import names
from lstm.check.convention import Convention
from lstm.check.task import SHARE, Task


class Given:
    """given(role) is the array of a role, the same at each call; `arrays` has all that were asked for."""

    def __init__(self, task: Task, convention: Convention, two_biases: bool, locked: bool = False) -> None:
        self.task, self.convention, self.locked = task, convention, locked
        self.n, self.m = task.params.W_1i.shape
        self.arrays: dict[str, np.ndarray] = {}
        self.before: dict[str, np.ndarray] = {}
        self._parts = ways.with_second(task.params, SHARE if two_biases else 0.0)
        self._params: Any = None

    def __call__(self, role: str) -> Any:
        if role in ("state", "dstate"):
            return tuple(self(one) for one in (("h_0", "c_0") if role == "state" else ("dh_T", "dc_T")))
        if role == "params":
            if self._params is None:
                self._params = self._all() if self.convention.container == "Params" else Arrays(self)
            return self._params
        if role not in self.arrays:
            array = np.array(self._own(role), order="C")
            self.before[role] = array.copy()
            array.flags.writeable = not self.locked
            self.arrays[role] = array
        return self.arrays[role]

    def _own(self, role: str) -> np.ndarray:
        if role.startswith(names.KINDS):
            return ways.own(role, self._parts, self.convention)
        if role == "dc" and self.convention.dc == "last":
            role = "dc_T"
        array = getattr(self.task, role)
        return ways.outward(array, "TmB" if array.ndim == 3 else "mB", self.convention)

    def _all(self) -> Params:
        return Params(*(self(name.replace("b_", "b")) for name in Params._fields))

    def changed(self) -> list[str]:
        """The roles of the arrays that are not what they were."""
        return [role for role, array in self.arrays.items() if not np.array_equal(array, self.before[role])]


class Arrays(dict[str, np.ndarray]):
    """Parameters by any usual name, as keys or attributes; once asked for, a name stands among the keys."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self._given = given

    def __missing__(self, key: str) -> np.ndarray:
        role = names.parameter(str(key))
        if role is None:
            raise KeyError(f"{key!r}: expected a usual name of a parameter, as W_1i, Wx, weight_ih, Wf, b")
        self[key] = self._given(role)
        return self[key]

    def __getattr__(self, name: str) -> np.ndarray:
        if name.startswith("_") or names.parameter(name) is None:
            raise AttributeError(name)
        return self[name]

    def __deepcopy__(self, memo: Any) -> "Arrays":
        return self
