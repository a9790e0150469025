"""A layer as a student writes it: batch first, weights and bias stacked in the order i, f, g, o, states start at zero.

One thing in the backward pass is wrong, and the chapter finds it. Nothing here is checked at the door.
"""

from typing import Any

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The logistic function, for complex arguments too."""
    return 1 / (1 + np.exp(-z))


def forward(x: np.ndarray, Wx: np.ndarray, Wh: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, Any]:
    """h (B, T, n) of Eq. (12) to (14), and a cache; x (B, T, m), Wx (m, 4n), Wh (n, 4n), b (4n,)."""
    h = c = np.zeros((len(x), len(Wh)))
    hs, steps = [], []
    for t in range(x.shape[1]):
        h_prev, c_prev = h, c
        i, f, g, o = np.split(x[:, t] @ Wx + h_prev @ Wh + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        hs.append(h)
        steps.append((i, f, g, o, c, c_prev, h_prev))
    return np.stack(hs, axis=1), (x, Wx, Wh, steps)


def backward(dh: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """dx, dWx, dWh, db for a loss whose partial derivative with respect to h^(t) is dh[:, t]; one thing is wrong."""
    x, Wx, Wh, steps = cache
    dx, dWx, dWh, db = np.zeros_like(x), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(Wh.shape[1])
    dh_next = dc_next = np.zeros_like(dh[:, 0])
    for t in reversed(range(len(steps))):
        i, f, g, o, c, c_prev, h_prev = steps[t]
        dh_t = dh[:, t] + dh_next
        dc = f * dc_next + dh_t * o * (1 - np.tanh(c) ** 2)
        di = dc * g * i * (1 - i)
        df = dc * c_prev * f * (1 - f)
        dg = dc * i * (1 - g**2)
        do = dh_t * np.tanh(c) * o * (1 - o)
        dz = np.hstack([di, df, dg, do])
        dx[:, t] = dz @ Wx.T
        dWx += x[:, t].T @ dz
        dWh += h_prev.T @ dz
        db += dz.sum(axis=0)
        dh_next, dc_next = dz @ Wh.T, dc
    return dx, dWx, dWh, db
