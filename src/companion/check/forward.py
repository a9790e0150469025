"""The forward pass, (12) to (14): what is true of it, and the mistakes that people make."""

from collections.abc import Callable

import numpy as np

from companion.check.trial import Cell, Mistake, Subject
from lstm import equations
from lstm.cell import sigmoid

NAMES = {"i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate"}


def _before(cell: Cell) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x^(t), h^(t-1), c^(t-1)."""
    k = cell.t - 1
    return cell.trace.x[k], cell.trace.h[k - 1], cell.trace.c[k - 1]


def weights(cell: Cell, gate: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """W_1*, W_2* and b_* of a gate."""
    W_1, W_2, b = (getattr(cell.params, name + gate) for name in ("W_1", "W_2", "b_"))
    return W_1, W_2, b


def squash(gate: str) -> Callable[[np.ndarray], np.ndarray]:
    """sigma, or tanh for the candidate."""
    return np.tanh if gate == "g" else sigmoid


def _gate(cell: Cell, gate: str, a: float = 1, b: float = 1, bias: str = "", T: bool = False) -> np.ndarray:
    """The linear predictor of a gate, with x times a, h times b, the bias of the gate `bias`, W_2 transposed or not."""
    (W_1, W_2, own), (x, h, _) = weights(cell, gate), _before(cell)
    taken = {"": own, "none": 0 * own}.get(bias)
    return a * W_1 @ x + b * (W_2.T if T else W_2) @ h + (weights(cell, bias)[2] if taken is None else taken)


def _gate_mistakes(k: str) -> list[Mistake]:
    s, other = squash(k), sigmoid if k == "g" else np.tanh
    named = "tanh" if k == "g" else "sigma"
    found = [
        Mistake(k, f"your W_2{k} is transposed.", lambda cell: s(_gate(cell, k, T=True))),
        Mistake(k, f"the bias b_{k} is missing.", lambda cell: s(_gate(cell, k, bias="none"))),
        Mistake(k, f"the {named} is missing: this is its argument.", lambda cell: _gate(cell, k)),
        Mistake(k, f"it wants {named}, and has the other function.", lambda cell: other(_gate(cell, k))),
        Mistake(k, "this is sigma(2 z), which is not the sigmoid.", lambda cell: sigmoid(2 * _gate(cell, k))),
        Mistake(k, "the previous hidden state is left out.", lambda cell: s(_gate(cell, k, b=0))),
        Mistake(k, "the input is left out.", lambda cell: s(_gate(cell, k, a=0))),
        Mistake(k, "the sign of the argument is wrong.", lambda cell: s(-_gate(cell, k))),
    ]
    for j in [j for j in NAMES if j != k]:
        found += [
            Mistake(k, f"it has the bias of the {NAMES[j]}.", lambda cell, j=j: s(_gate(cell, k, bias=j))),  # type: ignore[misc]
            Mistake(k, f"it has the weights and bias of the {NAMES[j]}.", lambda cell, j=j: s(_gate(cell, j))),  # type: ignore[misc]
        ]
    return found


GATES = Subject(
    arguments=lambda cell: (cell.params, *_before(cell)[:2]),
    truth=lambda cell: equations.gates(cell.params, *_before(cell)[:2])._asdict(),
    mistakes=[mistake for gate in "ifog" for mistake in _gate_mistakes(gate)],
)


def _step(cell: Cell) -> equations.Step:
    return equations.step(cell.params, *_before(cell))


def _c(form: Callable[..., np.ndarray]) -> Callable[[Cell], np.ndarray]:
    """What `form`, of the step and c^(t-1), gives for a cell."""
    return lambda cell: form(_step(cell), _before(cell)[2])


STEP = Subject(
    arguments=lambda cell: (cell.params, *_before(cell)),
    truth=lambda cell: {"c": _step(cell).c, "h": _step(cell).h},
    mistakes=[
        Mistake("c", "f and i have changed places.", _c(lambda now, c: now.i * c + now.f * now.g)),
        Mistake("c", "the old memory is not multiplied by f.", _c(lambda now, c: c + now.i * now.g)),
        Mistake("c", "the candidate is not multiplied by i.", _c(lambda now, c: now.f * c + now.g)),
        Mistake("c", "1 - f stands where i belongs.", _c(lambda now, c: now.f * c + (1 - now.f) * now.g)),
        Mistake("c", "there is no tanh around (13).", _c(lambda now, c: np.tanh(now.c))),
        Mistake("h", "the tanh of (14) is missing.", _c(lambda now, c: now.o * now.c)),
        Mistake("h", "it is made of the old cell state.", _c(lambda now, c: now.o * np.tanh(c))),
        Mistake("h", "the tanh takes c alone, not o c.", _c(lambda now, c: np.tanh(now.o * now.c))),
        Mistake("h", "it wants tanh, and has sigma.", _c(lambda now, c: now.o * sigmoid(now.c))),
        Mistake("h", "the output gate is missing.", _c(lambda now, c: np.tanh(now.c))),
    ],
)
