"""The true gradient of somebody's own forward pass: by complex step, or by differences where it is not complex."""

import warnings
from collections.abc import Callable

import numpy as np

from lstm.analytic import complex_step
from lstm.cell import Params
from lstm.check import convention as ways
from lstm.check.convention import Convention
from lstm.check.given import Given
from lstm.check.subject import Subject
from lstm.check.task import Task

WIDTH = np.finfo(float).eps ** 0.2  # of five points: truncation, of fourth order, and rounding are then alike
STEP, DIFFERENCES = "the complex step of its own forward pass", "differences of its own forward pass"
NEAR = {STEP: 1e-8, DIFFERENCES: 1e-6}


def truth(subject: Subject, task: Task, convention: Convention, two: bool) -> tuple[dict[str, np.ndarray], str]:
    """(parts, by what means). Raises ValueError where the forward pass gives no array that could be h."""

    def loss(moved: Task) -> complex:
        outputs = subject.call(Given(moved, convention, two), runs_forward=True).outputs
        return _read(outputs, task, convention, subject.roles)

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a real buffer drops imaginary parts with no more than a warning
        try:
            return _parts(loss, task, lambda f, a: complex_step(lambda z: np.asarray(f(z) + 0j), a)), STEP
        except Exception:  # not analytic, or not to be called with complex numbers
            pass
    with np.errstate(all="ignore"):
        return _parts(loss, task, differences), DIFFERENCES


def _read(outputs: list[np.ndarray], task: Task, convention: Convention, roles: set[str]) -> complex:
    """What the loss is: the first array in the shape of h is h, the second c; then those of h^(T) and c^(T)."""
    every = [(task.dh, "TmB", "dh"), (task.dc, "TmB", "dc")]
    last = [(task.dh_T, "mB", "dh_T"), (task.dc_T, "mB", "dc" if convention.dc == "last" else "dc_T")]
    total: complex = 0
    for group in (every, last):
        shape = ways.outward(group[0][0], group[0][1], convention).shape
        alike = [array for array in outputs if array.shape == shape]
        for k, (reads, axes, role) in enumerate(group):
            if role in roles and reads.any():
                if k >= len(alike):
                    raise ValueError(
                        f"forward: expected it to return the array that {role} belongs to, of shape {shape}"
                    )
                total = total + np.sum(ways.outward(reads, axes, convention) * alike[k])
    return total


def differences(function: Callable[[np.ndarray], complex], at: np.ndarray) -> np.ndarray:
    """The gradient by five-point differences, of an error of about eps^(4/5)."""
    found = np.empty(at.shape)
    for k in np.ndindex(at.shape):
        width, values = WIDTH * max(1.0, abs(float(at[k]))), []
        for step in (-2, -1, 1, 2):
            moved = at.copy()
            moved[k] += step * width
            values.append(np.real(function(moved)))
        found[k] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * width)
    return found


def _parts(
    loss: Callable[[Task], complex],
    task: Task,
    slopes: Callable[[Callable[[np.ndarray], complex], np.ndarray], np.ndarray],
) -> dict[str, np.ndarray]:
    def by_parameter(name: str) -> np.ndarray:
        p = task.params
        return slopes(lambda a: loss(task._replace(params=p._replace(**{name: a}))), getattr(p, name))

    def by_state(name: str) -> np.ndarray:
        return slopes(lambda a: loss(Task(**(task._asdict() | {name: a}))), getattr(task, name))

    parts = {name: by_parameter(name) for name in Params._fields}
    parts |= {name: by_state(name) for name in ("x", "h_0", "c_0")}
    return ways.second_as_first(parts)
