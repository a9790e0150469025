"""The explorer of the chain: where products and truth part, and by which paths."""

from companion.explorers.chain.explorer import ChainExplorer

__all__ = ["ChainExplorer"]
