"""What the forward pass of the specimen keeps of one step."""

from typing import NamedTuple

import numpy as np


class Moment(NamedTuple):
    """What one step leaves behind: x (m, B), and h^(t-1), c^(t-1), i, f, o, g, c, h of shape (n, B)."""

    x: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray
