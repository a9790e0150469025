"""The network of 1997, on the tasks of its paper."""
