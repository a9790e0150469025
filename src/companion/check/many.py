"""The chain over many steps, and all gradients by backpropagation through time: what is true, and known mistakes."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from companion.check.trial import Cell, Mistake, Subject
from companion.pages import museum
from lstm import bptt, equations, gradient, proofs
from lstm.analytic import complex_step
from lstm.check.moment import Moment


def _moved(cell: Cell, c: np.ndarray) -> np.ndarray:
    """c^(t) as a function of c^(s), which h^(s) follows."""
    h, tr = equations.hidden_state(cell.trace.o[cell.s - 1], c), cell.trace
    for x in tr.x[cell.s : cell.t]:
        now = equations.step(cell.params, x, h, c)
        h, c = now.h, now.c
    return c


def _jacobians(cell: Cell, backwards: bool = False) -> np.ndarray:
    order = range(cell.s + 1, cell.t + 1)
    product = np.eye(3)
    for t in reversed(order) if backwards else order:
        product = gradient.step_jacobian(cell.params, cell.trace, t) @ product
    return product


def _corner(cell: Cell) -> np.ndarray:
    """dc^(t)/dc^(s) with h^(s) held."""
    product = np.eye(6)
    for t in range(cell.s + 1, cell.t + 1):
        product = gradient.state_jacobian(cell.params, cell.trace, t) @ product
    return product[:3, :3]


CHAIN = Subject(
    arguments=lambda cell: (cell.params, cell.trace, cell.s, cell.t),
    truth=lambda cell: {"chain": complex_step(partial(_moved, cell), cell.trace.c[cell.s - 1])},
    mistakes=[
        Mistake(
            "chain",
            "this is the product of the forget gates, the direct path alone.",
            lambda c: np.diag(gradient.product_of_f(c.trace, c.s, c.t)),
        ),
        Mistake("chain", "this is the product of the one-step Jacobians: it misses c, h, o, h, c.", _jacobians),
        Mistake(
            "chain",
            "the one-step Jacobians are multiplied in the wrong order.",
            lambda c: _jacobians(c, backwards=True),
        ),
        Mistake("chain", "h^(s) is held: it must follow c^(s).", _corner),
    ],
)


def _flat(gradients: bptt.Gradients) -> dict[str, np.ndarray]:
    return dict(gradients.params._asdict())


def _exhibit(exhibit: museum.Exhibit) -> Callable[[Cell], Mapping[str, np.ndarray]]:
    """What the backward pass of an exhibit of the museum gives for a cell, as a batch of one."""
    layer = museum.build(exhibit)

    def value(cell: Cell) -> Mapping[str, np.ndarray]:
        tr, column = cell.trace, (..., None)
        h_prev, c_prev = np.vstack([tr.h_0, tr.h[:-1]]), np.vstack([tr.c_0, tr.c[:-1]])
        steps = zip(tr.x, h_prev, c_prev, tr.i, tr.f, tr.o, tr.g, tr.c, tr.h, strict=True)
        moments = [Moment(*(array[column] for array in step)) for step in steps]
        return _flat(layer.backward(cell.params, moments, cell.reads[column]))

    return value


# Exhibits that break the forward pass alone, a batch of several sequences, or what is not asked here, dl/dx.
UNSEEN = {"doubled_sigmoid", "borrowed_bias", "mean_over_batch", "reversed_inputs"}

GRADIENTS = Subject(
    arguments=lambda cell: (cell.params, cell.trace, cell.reads),
    truth=lambda cell: _flat(proofs.gradients_by_complex_step(cell.params, cell.trace, cell.reads)),
    mistakes=[],
    whole=[
        *((f"{one.title}. {one.hint}", _exhibit(one)) for one in museum.EXHIBITS if one.name not in UNSEEN),
        (
            "dl/dc^(T) starts from the total derivative: what comes through h^(T) is counted twice.",
            lambda c: _flat(bptt.backward(c.params, c.trace, c.reads, dc_T=c.total.dl_dc[-1])),
        ),
        (
            "No step sends anything back to the step before.",
            lambda c: _flat(bptt.truncated(c.params, c.trace, c.reads, 1)),
        ),
    ],
)
