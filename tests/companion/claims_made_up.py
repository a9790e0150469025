"""Measurements for the claims, made up."""

import numpy as np

from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Clamps, Small


def gates(near, done=True, rounded=True):
    return Gates(np.array([0, 0, 0, near]), np.full(10, 0.1), 1.0, 1.0, done, 1.0, 1.0, rounded, np.full(4, rounded))


def chain(error=0.0, ratio=0.0, cosine=1.0, length=0.0, true=((1.0,),), product=((1.0,),), felt=None, got=None):
    true, product = np.array(true), np.array(product)
    felt = true if felt is None else np.array(felt)
    got = np.ones(true.shape) if got is None else np.array(got)
    return Chain(ratio, error, cosine, length, 0.0, np.full(6, 1 / 6), true, product, own=true, felt=felt, got=got)


def small(losses=(1, 1, 2, 2), done=True, carried=0.0, entries=0.2, typical=(1.0, 1.0)):
    return Small(entries, np.array(losses, float), done, carried, np.full(5, 0.2), np.array(typical))


def clamps(rank=0.5):
    return Clamps(*[np.ones(2)] * 3, 1.0, 1.0, rank)
