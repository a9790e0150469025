"""Right: batch first, (B, T, m), rows times matrices, stacked i, f, o, g, one bias; a cell and a loop over it."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step_forward(x, prev_h, prev_c, Wx, Wh, b):
    H = prev_h.shape[1]
    a = x @ Wx + prev_h @ Wh + b
    i, f, o = sigmoid(a[:, :H]), sigmoid(a[:, H : 2 * H]), sigmoid(a[:, 2 * H : 3 * H])
    g = np.tanh(a[:, 3 * H :])
    next_c = f * prev_c + i * g
    next_h = o * np.tanh(next_c)
    return next_h, next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, next_c)


def step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, next_c = cache
    tanh_c = np.tanh(next_c)
    dc = dnext_c + dnext_h * o * (1 - tanh_c**2)
    do = dnext_h * tanh_c
    dprev_c = f * dc
    df = dc * prev_c
    di = dc * g
    dg = dc * i
    da = np.hstack([i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do, (1 - g**2) * dg])
    dx = da @ Wx.T
    dprev_h = da @ Wh.T
    dWx = x.T @ da
    dWh = prev_h.T @ da
    db = da.sum(axis=0)
    return dx, dprev_h, dprev_c, dWx, dWh, db


def forward(x, h0, c0, Wx, Wh, b):
    T = x.shape[1]
    h, c, hs, caches = h0, c0, [], []
    for t in range(T):
        h, c, cache = step_forward(x[:, t, :], h, c, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    return np.stack(hs, axis=1), caches


def backward(dh, cache):
    B, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx = np.zeros((B, T, D))
    dWx, dWh, db = np.zeros((D, 4 * H)), np.zeros((H, 4 * H)), np.zeros(4 * H)
    dprev_h, dprev_c = np.zeros((B, H)), np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        dx[:, t, :], dprev_h, dprev_c, wx, wh, bt = step_backward(dh[:, t, :] + dprev_h, dprev_c, cache[t])
        dWx += wx
        dWh += wh
        db += bt
    return dx, dprev_h, dprev_c, dWx, dWh, db
