"""Runs that are too long for a chapter. What they found, and what made it, they store where companion.files has it."""
