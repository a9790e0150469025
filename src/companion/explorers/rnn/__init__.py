"""The explorer of the plain network."""

from companion.explorers.rnn.explorer import RNNExplorer

__all__ = ["RNNExplorer"]
