"""The figure of the plain network, and the leaky network beside it."""
