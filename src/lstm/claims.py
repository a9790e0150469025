"""Interventions: run a network while some of its gates are replaced, and the random controls that belong to it.

Time first, as in lstm.sequence: x has shape (T, B, m), gates have shape (T, B, n), step t at index t-1. The arithmetic
is float64, as in lstm.audit_chain; every run starts from h^(0) = c^(0) = 0.

A change is a function change(k, i, f, o) -> (i, f, o) that gets the gates of step t = k + 1 as (12) gives them in the
changed run, each (B, n), and returns those that (13) and (14) use. What comes after follows.
"""

import numpy as np

from lstm import audit_chain, checks, weights
from lstm.audit_chain import Runs
from lstm.cell import Params, sigmoid


def gated(params, x, change=None):
    """(12) to (14) over x of shape (T, B, m) with gates replaced by `change`: `audit_chain.Runs`, (T, B, n) each.

    `params` are `Params` of float32 or float64. Without `change` it is `audit_chain.run`. Raises TypeError or
    ValueError that names the argument; ValueError also where `change` returns another shape or leaves [0, 1].
    """
    p, m, n, _ = weights.check_real(params)
    p = Params(*(array.astype(np.float64) for array in p))
    x = audit_chain.real("x", x, (None, None, m))
    W_1, W_2, b = np.vstack(p[0::3]), np.vstack(p[1::3]), np.concatenate(p[2::3])  # rows of i, f, o, g
    c = h = np.zeros((x.shape[1], n))
    steps = []
    for k, z_x in enumerate(x @ W_1.T + b):
        z = z_x + h @ W_2.T
        i, f, o = np.split(sigmoid(z[:, : 3 * n]), 3, axis=1)
        g = np.tanh(z[:, 3 * n :])
        if change is not None:
            i, f, o = (checks.array("change: gates", gate, c.shape) for gate in change(k, i, f, o))
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((i, f, o, g, c, h))
    runs = Runs(*map(np.array, zip(*steps, strict=True)))
    for name, gate in zip("ifo", runs, strict=False):
        if gate.min() < 0 or gate.max() > 1:
            raise ValueError(f"change: expected gates in [0, 1], got {name} from {gate.min():.3g} to {gate.max():.3g}")
    return runs


def rounded(k, i, f, o):
    """The change that makes every gate 0 or 1, whichever is nearer."""
    return np.round(i), np.round(f), np.round(o)


def with_f(mask, values):
    """The change that sets f to `values` (T, B, n), or one number, where `mask` (T, B, n) is True."""
    values = np.broadcast_to(values, mask.shape)

    def change(k, i, f, o):
        return i, np.where(mask[k], values[k], f), o

    return change


def inside(batch):
    """The entries of f that can matter, (T, B, 1): steps 2 to the last of each sequence, for f^(1) meets c^(0) = 0."""
    step = np.arange(1, len(batch.x) + 1)[:, None]
    return ((step >= 2) & (step <= batch.lengths))[..., None]


def random_places(mask, allowed, rng):
    """As many places as `mask` has in each sequence, drawn without replacement from `allowed`; all (T, B, n).

    Raises ValueError where a sequence has fewer allowed places than it needs.
    """
    checks.generator(rng)
    T, B, n = mask.shape
    count = mask.sum(axis=(0, 2))
    free = np.broadcast_to(allowed, mask.shape).swapaxes(0, 1).reshape(B, -1)
    if (free.sum(axis=1) < count).any():
        raise ValueError("allowed: fewer places than mask has in a sequence")
    keys = np.where(free, rng.random((B, T * n)), 2.0)  # the forbidden ones come last
    rank = keys.argsort(axis=1).argsort(axis=1)
    return (rank < count[:, None]).reshape(B, T, n).swapaxes(0, 1)


def lowered(f, mask, places):
    """f (T, B, n) with as much taken away at `places` as clearing takes away at `mask`: the same doses elsewhere.

    Both masks have the same number of entries in each sequence; no gate falls below 0.
    """
    if not np.array_equal(mask.sum(axis=(0, 2)), places.sum(axis=(0, 2))):
        raise ValueError("places: expected as many as mask has in each sequence")
    dose = np.zeros(f.swapaxes(0, 1).shape)
    dose[places.swapaxes(0, 1)] = f.swapaxes(0, 1)[mask.swapaxes(0, 1)]
    return np.maximum(f - dose.swapaxes(0, 1), 0)
