"""The explorer of Eq. (15)."""

from companion.explorers.eq15.explorer import Eq15Explorer

__all__ = ["Eq15Explorer"]
