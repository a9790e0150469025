"""Tasks, models, Adam and a loop: what it takes to train the layers of lstm.fast."""

from lstm.training.loop import WINDOW, Diverged, Run, train, updates_to
from lstm.training.optimiser import Moments, adam, clip

__all__ = ["WINDOW", "Diverged", "Moments", "Run", "adam", "clip", "train", "updates_to"]
