"""The figure of the plain network."""
