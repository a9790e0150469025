"""The figure of the timings."""
