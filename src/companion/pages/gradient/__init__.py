"""The figure of the direct path."""
