"""A cell and sequences for the tests of findings, and the findings by name."""

import numpy as np

from lstm import audit, findings, init_params

N, T, B = 6, 60, 8
DRAWN = init_params(2, N, rng=np.random.default_rng(0))
X = np.random.default_rng(1).normal(size=(T, B, 2))
LATE = np.zeros((T, B, N))
LATE[-1] = 1


def names(found):
    return {one.name: one for one in found.findings}


def told(params=DRAWN, x=X, reads=LATE, limit=1e9, **options):
    return names(findings(audit(params, x, reads, **options), limit=limit))


def with_gate(gate, bias, which=slice(None), params=DRAWN):
    """The cell whose `gate` is sigmoid(bias) in some units, whatever it reads."""
    arrays = {name: getattr(params, name + gate).copy() for name in ("W_1", "W_2", "b_")}
    arrays["W_1"][which], arrays["W_2"][which], arrays["b_"][which] = 0, 0, bias
    return params._replace(**{name + gate: array for name, array in arrays.items()})
