"""The experiment of 1997."""
