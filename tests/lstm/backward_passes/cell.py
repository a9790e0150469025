"""Right: one step without a batch, four matrices for x, four for h, as arguments; forward and backward in one."""

import numpy as np


def sigma(z):
    return 1 / (1 + np.exp(-z))


def backward(x, h_prev, c_prev, W_xi, W_xf, W_xo, W_xg, W_hi, W_hf, W_ho, W_hg, b_i, b_f, b_o, b_g, dh, dc):
    z_i = W_xi @ x + W_hi @ h_prev + b_i
    z_f = W_xf @ x + W_hf @ h_prev + b_f
    z_o = W_xo @ x + W_ho @ h_prev + b_o
    z_g = W_xg @ x + W_hg @ h_prev + b_g
    i, f, o, g = sigma(z_i), sigma(z_f), sigma(z_o), np.tanh(z_g)
    c = f * c_prev + i * g
    total = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz_o = dh * np.tanh(c) * o * (1 - o)
    dz_i = total * g * i * (1 - i)
    dz_f = total * c_prev * f * (1 - f)
    dz_g = total * i * (1 - g**2)
    grads = {"x": W_xi.T @ dz_i + W_xf.T @ dz_f + W_xo.T @ dz_o + W_xg.T @ dz_g}
    grads["h_prev"] = W_hi.T @ dz_i + W_hf.T @ dz_f + W_ho.T @ dz_o + W_hg.T @ dz_g
    grads["c_prev"] = total * f
    for gate, dz in zip("ifog", (dz_i, dz_f, dz_o, dz_g), strict=True):
        grads["W_x" + gate] = np.outer(dz, x)
        grads["W_h" + gate] = np.outer(dz, h_prev)
        grads["b_" + gate] = dz
    return grads
