"""Right: a whole sequence (T, m) without a batch, W, U, b stacked g, i, f, o; a loss on h and c at every step."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backward(W, U, b, x, h0, c0, dh, dc):
    T, n = dh.shape
    h, c = np.zeros((T + 1, n)), np.zeros((T + 1, n))
    i, f, o, g = (np.zeros((T, n)) for _ in range(4))
    h[0], c[0] = h0, c0
    for t in range(T):
        z = W @ x[t] + U @ h[t] + b
        g[t], i[t], f[t], o[t] = np.tanh(z[:n]), sigmoid(z[n : 2 * n]), sigmoid(z[2 * n : 3 * n]), sigmoid(z[3 * n :])
        c[t + 1] = f[t] * c[t] + i[t] * g[t]
        h[t + 1] = o[t] * np.tanh(c[t + 1])
    dW, dU, db, dx = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b), np.zeros_like(x)
    dh_next, dc_next = np.zeros(n), np.zeros(n)
    for t in reversed(range(T)):
        dht = dh[t] + dh_next
        dct = dc[t] + dc_next + dht * o[t] * (1 - np.tanh(c[t + 1]) ** 2)
        dzi = dct * g[t] * i[t] * (1 - i[t])
        dzf = dct * c[t] * f[t] * (1 - f[t])
        dzo = dht * np.tanh(c[t + 1]) * o[t] * (1 - o[t])
        dzg = dct * i[t] * (1 - g[t] ** 2)
        dz = np.concatenate([dzg, dzi, dzf, dzo])
        dW += np.outer(dz, x[t])
        dU += np.outer(dz, h[t])
        db += dz
        dx[t] = W.T @ dz
        dh_next = U.T @ dz
        dc_next = f[t] * dct
    return dW, dU, db, dx, dh_next, dc_next
