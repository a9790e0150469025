"""The explorer of the regime map."""

from companion.explorers.regimes.explorer import RegimeExplorer

__all__ = ["RegimeExplorer"]
