"""An LSTM that is read in five minutes: Equations (12) to (14). Its gradient, Eq. (15), is in lstm.gradient."""

from lstm.cell import (
    Gates,
    Params,
    Step,
    Trace,
    cell_state,
    gates,
    hidden_state,
    init_params,
    run,
    sigmoid,
    step,
)

__all__ = [
    "Gates",
    "Params",
    "Step",
    "Trace",
    "cell_state",
    "gates",
    "hidden_state",
    "init_params",
    "run",
    "sigmoid",
    "step",
]
