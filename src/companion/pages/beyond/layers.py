"""Networks whose chain runs over layers instead of steps, with the transform F(h) = tanh(W h)."""

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks


def chain_over_layers(W: np.ndarray, h: np.ndarray, *, carry: ArrayLike, write: ArrayLike) -> np.ndarray:
    """dh^(K)/dh^(0), (n, n), where h^(k+1) = carry h^(k) + write tanh(W^(k) h^(k)); W is (K, n, n), h = h^(0) is (n,).

    carry = write = 1 is the residual network (B.8), carry = 1 - T and write = T the highway network (B.9) with a
    constant gate T, carry = 0 and write = 1 the plain one. Raises TypeError or ValueError that names the argument.
    """
    h = checks.array("h", h, (None,))
    W = checks.array("W", W, (None, len(h), len(h)))
    carry, write = checks.array("carry", carry, ()), checks.array("write", write, ())
    product = np.eye(len(h))
    for W_k in W:
        g = np.tanh(W_k @ h)
        product = (carry * np.eye(len(h)) + write * (1 - g**2)[:, None] * W_k) @ product
        h = carry * h + write * g
    return product
