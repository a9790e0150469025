"""The figure of other cells."""
