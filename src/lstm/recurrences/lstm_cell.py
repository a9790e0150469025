"""The LSTM itself, (12) to (14), described as the newer cells are: four paths from h^(t-1), and D = o (1 - tanh^2 c).

With it the same functions say of the LSTM what they say of the others. lstm.gradient has its Eq. (15) on its own.
"""

from functools import partial

import numpy as np

from lstm import equations
from lstm.cell import init_params
from lstm.equations import Params, Step
from lstm.recurrences.kinds import Cell, Path, Slopes, by_name


def slopes(p: Params, step: Step, h_prev: np.ndarray, c_prev: np.ndarray) -> Slopes:
    """The direct path with the factor f; forget, input and candidate lead from h^(t-1) to c^(t), output to h^(t)."""
    d = equations.deltas(step, c_prev, 1, 1)
    rows = {"forget": (d.f, p.W_2f), "input": (d.i, p.W_2i), "candidate": (d.g, p.W_2g), "output": (d.o, p.W_2o)}
    ends = dict.fromkeys(rows, "c") | {"output": "h"}
    return Slopes(step.f, {name: Path("h", ends[name], slope[:, None] * W) for name, (slope, W) in rows.items()})


LSTM_CELL = Cell(
    name="LSTM",
    year=2000,
    source="gers2000",
    factor="$f$",
    paths=("forget", "input", "candidate", "output"),
    exact=False,
    diagonal=True,
    scan=False,
    shapes=partial(by_name, Params),
    init_params=init_params,
    step=equations.step,
    read=lambda p, x, step, c: equations.hidden_state(step.o, c),
    slope=lambda p, x, step: np.diag(equations.output_slope(step.o, step.c)),
    slopes=slopes,
)
