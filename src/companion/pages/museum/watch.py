"""What a layer may do to a check: raise, or write into arrays that are not its own. Both are findings."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from companion.pages.museum.checkers import Check
from lstm.bptt import Gradients
from lstm.cell import Params
from lstm.check.moment import Moment


class Watched:
    """`layer`, called with copies of its own each time; `written` names the arguments into which it wrote.

    So whatever a layer does to its inputs, the check that called it still has what it had before.
    """

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self.written: set[str] = set()

    def forward(self, p: Params, x: np.ndarray, h_0: np.ndarray, c_0: np.ndarray) -> list[Moment]:
        """As the layer's `forward`."""
        return self._call(self._layer.forward, {"p": p, "x": x, "h_0": h_0, "c_0": c_0})

    def backward(self, p: Params, moments: list[Moment], reads: np.ndarray) -> Gradients:
        """As the layer's `backward`."""
        return self._call(self._layer.backward, {"p": p, "moments": moments, "reads": reads})

    def _call(self, function: Callable[..., Any], given: dict[str, Any]) -> Any:
        own = {name: deepcopy(value) for name, value in given.items()}
        try:
            return function(*own.values())
        finally:
            self.written |= {name for name, value in given.items() if not _same(own[name], value)}


def judge(layer: Any, check: Check, material: Any) -> tuple[float, str]:
    """(difference, finding): what `check` measures on a copy of `material`, and what the layer did beside, if anything.

    finding is "", "writes into" the arguments it names, or "raises" an error; then the difference is inf.
    """
    watched, difference, findings = Watched(layer), np.inf, []
    try:
        with np.errstate(all="ignore"):  # a layer that overflows is judged by its numbers
            difference = check.measure(watched, deepcopy(material))
    except (
        Exception
    ) as error:  # whatever a layer raises: in the layer, or in the check that gets something else from it
        findings.append(f"raises {type(error).__name__}: {error}")
    if watched.written:
        findings.append(f"writes into {', '.join(sorted(watched.written))}")
    return difference, "; ".join(findings)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(_same, a, b))
    return np.array_equal(a, b, equal_nan=True)
