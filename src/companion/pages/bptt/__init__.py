"""The figure of backpropagation through time: the unrolled network and what flows back through it."""
