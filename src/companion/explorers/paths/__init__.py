"""The explorer of the paths."""

from companion.explorers.paths.explorer import PathExplorer

__all__ = ["PathExplorer"]
