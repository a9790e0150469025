"""The explorer of the cell: one step of a run on the wires of Figure 9, forward and backward."""

import inspect
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from companion.explorers.base import Explorer, Whole, style
from companion.explorers.bundle import bundle
from companion.explorers.cell import numbers, pieces
from companion.style.drawing import ROLES
from lstm import checks, equations, run
from lstm.cell import Params

LONGEST, WIDEST = 400, 64


def code() -> dict[str, str]:
    """{part of the drawing: the line of `lstm.equations` that computes it}."""

    def line(function: Any, start: str) -> str:
        return re.search(rf"^ *({re.escape(start)}.*?),?$", inspect.getsource(function), re.MULTILINE)[1]  # type: ignore[index]

    found = {gate: line(equations.gates, f"{gate}=") for gate in "ifog"}
    found |= {f"delta_{gate}": line(equations.deltas, f"{gate}=") for gate in "ifog"}
    names = ["direct", "forget", "input", "candidate", "output", "local"]
    found |= {name: line(equations.terms, f"{name}=") for name in names}
    found |= {f"sent_{gate}": found[term] for gate, term in ROLES.items()} | {"read_prev": found["local"]}
    memory, shown = line(equations.cell_state, "return"), line(equations.hidden_state, "return")
    return found | dict.fromkeys(["kept", "written", "c"], memory) | dict.fromkeys(["squashed", "h"], shown)


class CellExplorer(Explorer):
    """The cell with the numbers of step `t` of unit `unit` of a run; `back` 1 shows what the loss sends back.

    The run, of at most 400 steps and 64 units, and what the loss reads are given once, when the explorer is made.
    `shown` is what the page shows: {name: for each unit a list of numbers over the steps}, the names of `cell.numbers`.
    """

    t = Whole(1, 1, LONGEST)
    unit = Whole(1, 1, WIDEST)
    back = Whole(0, 0, 1)
    shown: Any = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        params: Params,
        x: ArrayLike,
        reads: ArrayLike | None = None,
        *,
        h_0: ArrayLike | None = None,
        c_0: ArrayLike | None = None,
        **values: Any,
    ) -> None:
        """The run of `params` on x (T, m) from h_0 and c_0, (n,); reads (T, n), by default h^(T) of each unit.

        values: t, unit, back. Raises TypeError or ValueError as `lstm.run` does, and for a run that is too long.
        """
        trace = run(params, x, h_0, c_0)
        T, n = trace.c.shape
        if T > LONGEST or n > WIDEST:
            raise ValueError(f"x: expected at most {LONGEST} steps and {WIDEST} units, got {T} and {n}")
        last = np.zeros((T, n))
        last[-1] = 1
        reads = checks.array("reads", last if reads is None else reads, (T, n))
        found = numbers.forward(params, trace) | numbers.backward(params, trace, reads)
        super().__init__(**values, shown=numbers.stored(found))


def drawn(parts: Sequence[pieces.Piece], before: str) -> dict[str, Any]:
    """One direction of the drawing, as the page is given it."""
    lines = code()
    return {
        "pieces": [part._asdict() | {"code": lines.get(part.name, "")} for part in parts],
        "signs": pieces.signs(before),
    }


WAYS = {"forward": drawn(pieces.forward(), "step t−1"), "backward": drawn(pieces.backward(), "to step t−1")}
WAYS = json.loads(json.dumps(WAYS), parse_float=lambda inches: round(float(inches), 3))
CellExplorer._esm = bundle("cell/cell.js", RANGES=CellExplorer.limits(), WAYS=WAYS)
CellExplorer._css = style("cell/cell.css")
