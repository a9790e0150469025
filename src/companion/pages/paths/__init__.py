"""The figure of the paths."""
