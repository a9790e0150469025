"""The explorer of the sweep: backpropagation through time, one step back at a time."""

from companion.explorers.sweep.explorer import SweepExplorer

__all__ = ["SweepExplorer"]
