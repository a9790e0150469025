"""The explorer of a gate: one unit of Eq. (12), each gate on its curve."""

from companion.explorers.gate.explorer import GateExplorer

__all__ = ["GateExplorer"]
