"""The figure of six networks."""
