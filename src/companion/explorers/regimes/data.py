"""What the explorer of the regime map shows, as the page's study computes it."""

from typing import NamedTuple

import numpy as np


class Places(NamedTuple):
    """P = B K places, the biases (B,) outside and the scales (K,) inside; at each the same S cells over T steps.

    `true_norm`, `direct_norm`, `true_rate`, `direct_rate`, `log10_ratio` (P, 3): quartiles over the cells. Those of a
    norm are taken of its logarithm, as the map's are. `true`, `direct` (P, 3): how many cells vanish, hold, explode.
    `true_verdict`, `direct_verdict` (P,): the index in `regimes.VERDICTS` of the median rate. `true_curve`,
    `direct_curve` (P, 3, T): quartiles of log10 of the norm of dc^(T)/dc^(s) and of f^(s+1) ... f^(T), s = 1, ..., T.
    """

    biases: np.ndarray
    scales: np.ndarray
    true_norm: np.ndarray
    direct_norm: np.ndarray
    true_rate: np.ndarray
    direct_rate: np.ndarray
    log10_ratio: np.ndarray
    true: np.ndarray
    direct: np.ndarray
    true_verdict: np.ndarray
    direct_verdict: np.ndarray
    true_curve: np.ndarray
    direct_curve: np.ndarray
