"""An LSTM that is read in five minutes, Equations (12) to (14), and its exact gradient, Eq. (15). NumPy only.

cell and gradient are the two files to read first. The face below is what most uses need; the rest is in the modules.
"""

from lstm import bptt
from lstm.audit import (  # hides the package of that name: `from lstm.audit import measures` still finds it
    audit,
    audit_layers,
    findings,
    report,
)
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
from lstm.check import check  # hides the package likewise; lstm.checks is another, which checks arguments
from lstm.gradient import Terms, Totals, chain, product_of_f, terms, totals
from lstm.weights import from_keras, from_onnx, from_pytorch

__version__ = "0.2.0"

__all__ = [
    "Gates",
    "Params",
    "Step",
    "Terms",
    "Totals",
    "Trace",
    "__version__",
    "audit",
    "audit_layers",
    "bptt",
    "cell_state",
    "chain",
    "check",
    "findings",
    "from_keras",
    "from_onnx",
    "from_pytorch",
    "gates",
    "hidden_state",
    "init_params",
    "product_of_f",
    "report",
    "run",
    "sigmoid",
    "step",
    "terms",
    "totals",
]
