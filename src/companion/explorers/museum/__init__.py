"""The explorer of the museum of broken backward passes."""

from companion.explorers.museum.explorer import Hall, MuseumExplorer

__all__ = ["Hall", "MuseumExplorer"]
