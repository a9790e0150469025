"""The explorer of the recurrences."""

from companion.explorers.recurrences.explorer import RecurrenceExplorer

__all__ = ["RecurrenceExplorer"]
