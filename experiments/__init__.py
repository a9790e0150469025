"""Runs that are too long for a chapter. They store what they found, and what made it, in experiments/results/."""
