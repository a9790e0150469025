"""The cheapest check of a gradient: its slope along one random direction, by one complex step for all arrays at once.

A direction is a `Case` of the shapes of the case: its parameters, x, h_0 and c_0 say how each number moves.
"""

from typing import Any

from companion.pages.museum.cases import Case, reference_loss
from companion.pages.museum.checkers import gradients
from lstm.analytic import H
from lstm.bptt import Gradients
from lstm.cell import Params


def moved(case: Case, direction: Case, step: complex) -> Case:
    """The case with `step` times the direction added to all its parameters, x, h_0 and c_0."""
    params = Params(*(p + step * v for p, v in zip(case.params, direction.params, strict=True)))
    x, h_0, c_0 = (a + step * v for a, v in zip(case[1:4], direction[1:4], strict=True))
    return Case(params, x, h_0, c_0, case.reads)


def true_slope(case: Case, direction: Case) -> float:
    """The slope of the loss along the direction, by one run of `lstm.run` on complex numbers."""
    return float(reference_loss(moved(case, direction, 1j * H)).imag / H)


def claimed_slope(found: Gradients, direction: Case) -> float:
    """The same slope as a gradient has it: each of its entries times the entry of the direction, summed."""
    arrays = [*found.params, found.x, found.h_0, found.c_0]
    steps = [*direction.params, direction.x, direction.h_0, direction.c_0]
    return float(sum((a * v).sum() for a, v in zip(arrays, steps, strict=True)))


def difference(layer: Any, case: Case, direction: Case) -> float:
    """The relative difference of the two slopes, for a layer with `forward` and `backward` as the specimen's."""
    true = true_slope(case, direction)
    return abs(claimed_slope(gradients(layer, case), direction) - true) / abs(true)
