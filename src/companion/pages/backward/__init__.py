"""What the chapter on checking a backward pass needs: a student's layer, its mends and its errors, checks by hand."""

from companion.pages.backward.by_hand import Case, central, complex_step, draw, entries, largest_error, one_entry
from companion.pages.backward.training import descend
from companion.pages.backward.versions import ERRORS, MEND, SECOND, SHORT, folded, layer, listing

__all__ = [
    "ERRORS",
    "MEND",
    "SECOND",
    "SHORT",
    "Case",
    "central",
    "complex_step",
    "descend",
    "draw",
    "entries",
    "folded",
    "largest_error",
    "layer",
    "listing",
    "one_entry",
]
