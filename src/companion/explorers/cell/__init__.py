"""The explorer of the cell: Figure 9, alive."""

from companion.explorers.cell.explorer import CellExplorer

__all__ = ["CellExplorer"]
