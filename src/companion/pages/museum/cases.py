"""Cases for the museum's checks, and their true gradients, from the reference `lstm.run` alone."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lstm import analytic
from lstm.bptt import Gradients
from lstm.cell import Params, init_params, run


class Case(NamedTuple):
    """Parameters, x (T, m, B), h_0 and c_0 (n, B), and reads (T, n, B): the loss is the sum of reads * h."""

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    reads: np.ndarray


Loss = Callable[[Case], Any]
Slopes = Callable[[Callable[[np.ndarray], Any], np.ndarray], np.ndarray]


def draw(*, m: int = 2, n: int = 3, T: int = 4, B: int = 3, forget_bias: float = 1.0, seed: int = 0) -> Case:
    """A case without mercy: as drawn here, nothing in it is zero, symmetric or small."""
    rng = np.random.default_rng(seed)
    return Case(
        params=init_params(m, n, rng=rng, forget_bias=forget_bias),
        x=rng.standard_normal((T, m, B)),
        h_0=rng.uniform(-0.9, 0.9, (n, B)),
        c_0=rng.standard_normal((n, B)),
        reads=rng.standard_normal((T, n, B)),
    )


def reference_loss(case: Case) -> Any:
    """The loss of `case` by `lstm.run`, one sequence after the other."""
    total = 0
    for b in range(case.x.shape[2]):
        trace = run(case.params, case.x[:, :, b], case.h_0[:, b], case.c_0[:, b])
        total += (case.reads[:, :, b] * trace.h).sum()
    return total


def complex_step(loss: Loss, case: Case) -> Gradients:
    """The `bptt.Gradients` of loss(case), in its shapes, exact to rounding. `loss` takes complex numbers."""
    return _each_array(loss, case, analytic.complex_step)


def central_differences(loss: Loss, case: Case, width: float | np.floating) -> Gradients:
    """The `bptt.Gradients` of loss(case) by central differences of `width`, in the case's own precision."""

    def slopes(function: Callable[[np.ndarray], Any], array: np.ndarray) -> np.ndarray:
        gradient = np.empty(array.shape)
        for entry in np.ndindex(array.shape):
            up, down = array.copy(), array.copy()
            up[entry] += width
            down[entry] -= width
            gradient[entry] = (function(up) - function(down)) / (2 * width)
        return gradient

    return _each_array(loss, case, slopes)


def _each_array(loss: Loss, case: Case, slopes: Slopes) -> Gradients:
    """slopes(function, array) for each array of the case, `function` being the loss with that array moved."""

    def of_parameter(name: str) -> np.ndarray:
        return slopes(
            lambda a: loss(case._replace(params=case.params._replace(**{name: a}))), getattr(case.params, name)
        )

    def of_state(name: str) -> np.ndarray:
        return slopes(lambda a: loss(Case(**(case._asdict() | {name: a}))), getattr(case, name))

    return Gradients(Params(*map(of_parameter, Params._fields)), **{k: of_state(k) for k in ("x", "h_0", "c_0")})
