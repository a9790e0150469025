"""Measurements for the claims, made up."""

import numpy as np

from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Small


def gates(near, done=True, rounded=True):
    return Gates(np.array([0, 0, 0, near]), np.full(10, 0.1), 1.0, 1.0, done, 1.0, 1.0, rounded)


def chain(error=0.0, ratio=0.0, cosine=1.0, length=0.0, true=((1.0,),), product=((1.0,),), felt=None):
    true, product = np.array(true), np.array(product)
    felt = true if felt is None else np.array(felt)
    return Chain(ratio, error, cosine, length, 0.0, None, true, product, own=true, felt=felt, got=np.ones(true.shape))


def small(losses=(1, 1, 2, 1), done=(True,) * 4, carried=0.0, entries=0.2):
    return Small(entries, np.array(losses, float), np.array(done), carried, np.full(5, 0.2), np.ones(2))
