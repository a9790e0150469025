"""A small task, network and batch that the reference code can check."""

import math

import numpy as np

from companion.pages.claims.setting import Task
from lstm.cell import run
from lstm.training import models
from lstm.training.tasks import Batch

B, T, N = 4, 7, 3


def first(batch):
    return np.ones(len(batch.lengths), int)


def toy(seed=0, loud=3.0, forget_bias=0.0):
    """A task of squared errors on random sequences of unequal length, read at every step; a network, a batch."""
    rng = np.random.default_rng(seed)
    drawn = models.draw_lstm(2, N, 2, rng=rng, dtype=np.float64, forget_bias=forget_bias)
    model = drawn._replace(layer=type(drawn.layer)(*(loud * a for a in drawn.layer)))
    lengths = np.array([T, T - 1, T - 2, T])
    read = (np.arange(T)[:, None] < lengths).astype(float)
    x, y = rng.normal(size=(2, T, B, 2)) * read[..., None]
    task = Task("toy", (2, 2), "squared", 0.0, 0.1, None, None, lambda batch, y: (1.0, True), math.inf, T, first)
    return model, task, Batch(x, y, read, lengths)


def full(batch):
    return batch._replace(read=np.ones((T, B)), lengths=np.full(B, T))


def by_hand(model, batch, b):
    """The trace of one sequence, and its squared error summed over the steps that are read."""
    trace = run(model.layer, batch.x[:, b])
    y = trace.h @ model.W.T + model.b
    return trace, (batch.read[:, b, None] * (y - batch.y[:, b]) ** 2).sum() / 2
