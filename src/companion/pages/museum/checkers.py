"""Twelve ways to check a backward pass: one that is enough, and eleven that are in use."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from companion.pages.museum import cases
from companion.pages.museum.cases import Case
from lstm.bptt import Gradients
from lstm.cell import Params

EXACT = 1e-10
STATES = ("x", "h_0", "c_0")
ALL = (*Params._fields, *STATES)


class Check(NamedTuple):
    """A check: measure(layer, prepare()) is a number; the layer is caught unless it is at most `tolerance`.

    The number is the worst relative difference to the true gradient, each array on the scale of its own largest
    entry, unless `does` says otherwise. A layer is anything with the `forward` and `backward` of the specimen.
    """

    name: str
    does: str
    tolerance: float
    prepare: Callable[[], Any]
    measure: Callable[[Any, Any], float]


def gradients(layer: Any, case: Case) -> Gradients:
    """The `bptt.Gradients` that the layer gives for the case."""
    return layer.backward(case.params, layer.forward(case.params, case.x, case.h_0, case.c_0), case.reads)


def worst(got: Gradients, true: Gradients, names: Iterable[str] = ALL) -> float:
    """The worst relative difference among the arrays called `names`; inf where a shape or an exact zero is off.

    Not `proofs.worst`, which has one scale for all arrays: a bug in a small one could hide behind a large one.
    """
    pairs = [(_arrays(got)[name], _arrays(true)[name]) for name in names]
    if any(a.shape != b.shape for a, b in pairs):
        return np.inf
    gaps = [(np.abs(a - b).max(), np.abs(b).max()) for a, b in pairs]
    ratios = [gap / scale if scale else (np.inf if gap else 0.0) for gap, scale in gaps]
    return float(np.max(ratios))  # unlike the built-in max it lets no NaN slip


def _arrays(gradients: Gradients | Case) -> dict[str, np.ndarray]:
    return gradients.params._asdict() | {name: getattr(gradients, name) for name in STATES}


def against_reference(name: str, does: str, draw: Callable[[], Case], names: Iterable[str] = ALL) -> Check:
    """A `Check` called `name` by complex step on `lstm.run`, for the case that `draw` returns: the arrays `names`."""

    def prepare() -> tuple[Case, Gradients]:
        case = draw()
        return case, cases.complex_step(cases.reference_loss, case)

    def measure(layer: Any, material: tuple[Case, Gradients]) -> float:
        case, true = material
        return worst(gradients(layer, case), true, names)

    return Check(name, does, EXACT, prepare, measure)


def _zero_biases() -> Case:
    case = cases.draw()
    zeros = {name: np.zeros_like(value) for name, value in case.params._asdict().items() if name[:2] == "b_"}
    return case._replace(params=case.params._replace(**zeros))


def _one_step() -> Case:
    case = cases.draw(T=1)
    return case._replace(h_0=np.zeros_like(case.h_0), c_0=np.zeros_like(case.c_0))


def _last_step_only() -> Case:
    case = cases.draw()
    reads = np.zeros_like(case.reads)
    reads[-1] = case.reads[-1]
    return case._replace(reads=reads)


def _shapes(layer: Any, case: Case) -> float:
    got, want = _arrays(gradients(layer, case)), _arrays(case)
    return 0.0 if all(got[name].shape == want[name].shape for name in ALL) else np.inf


def _training(layer: Any, material: tuple[Case, np.ndarray]) -> float:
    case, targets = material
    params, losses = case.params, []
    for _ in range(60):
        moments = layer.forward(params, case.x, case.h_0, case.c_0)
        errors = np.array([moment.h for moment in moments]) - targets
        losses.append((errors**2).sum())
        slopes = layer.backward(params, moments, errors).params
        params = Params(*(p - 0.05 * slope for p, slope in zip(params, slopes, strict=True)))
    return float(losses[-1] / losses[0])


def _own_forward(layer: Any, case: Case) -> float:
    def own_loss(moved: Case) -> Any:
        moments = layer.forward(moved.params, moved.x, moved.h_0, moved.c_0)
        loss = sum((read * moment.h).sum() for read, moment in zip(moved.reads, moments, strict=True))
        return loss + 0j  # complex also where the layer does not read what was moved

    return worst(gradients(layer, case), cases.complex_step(own_loss, case))


def _small_weights() -> tuple[Case, Gradients]:
    case = cases.draw(forget_bias=0)
    params = Params(*((0.01 * p).astype(np.float32) for p in case.params))
    h_0, c_0 = (np.zeros_like(case.h_0, np.float32) for _ in range(2))
    case = Case(params, case.x.astype(np.float32), h_0, c_0, case.reads.astype(np.float32))
    return case, cases.central_differences(cases.reference_loss, case, np.float32(0.05))


CHECKS = (
    against_reference(
        "complex_step", "complex step on lstm.run, every array, nothing zero, nothing single", cases.draw
    ),
    Check("shapes_only", "every gradient has the shape of what it belongs to", 0, cases.draw, _shapes),
    Check(
        "loss_goes_down",
        "60 steps of gradient descent; the number is the last loss over the first",
        1,
        lambda: (cases.draw(), cases.draw(seed=2).reads / 3),
        _training,
    ),
    against_reference(
        "zero_biases", "as complex_step, all biases zero, as Keras starts all but the forget gate's", _zero_biases
    ),
    against_reference("one_step", "as complex_step, T = 1 from h^(0) = c^(0) = 0", _one_step),
    against_reference("last_step_only", "as complex_step, the loss reads h^(T) only", _last_step_only),
    against_reference("batch_of_one", "as complex_step, B = 1", lambda: cases.draw(B=1)),
    against_reference("one_unit", "as complex_step, n = 1", lambda: cases.draw(n=1)),
    against_reference(
        "weights_only", "as complex_step, the twelve parameters but not x, h_0, c_0", cases.draw, Params._fields
    ),
    against_reference("states_only", "as complex_step, x, h_0, c_0 but not the parameters", cases.draw, STATES),
    Check("own_forward", "complex step, but on the layer's own forward pass", EXACT, cases.draw, _own_forward),
    Check(
        "small_weights",
        "float32 central differences, weights of size 0.01, zero states, tolerance 0.1",
        0.1,
        _small_weights,
        lambda layer, material: worst(gradients(layer, material[0]), material[1]),
    ),
)
