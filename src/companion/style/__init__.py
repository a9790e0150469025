"""Palette, figures and drawings: what every picture of the book shares."""
