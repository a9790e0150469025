"""The figure of the states."""
