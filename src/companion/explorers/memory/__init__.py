"""The explorer of the memory: gates and contents drawn by hand, Eqs. (13) and (14) over the steps."""

from companion.explorers.memory.explorer import MemoryExplorer

__all__ = ["MemoryExplorer"]
