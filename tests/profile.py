"""Hypothesis draws the same cases on every machine, without a deadline: a slow machine is no wrong gradient."""

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("book")
