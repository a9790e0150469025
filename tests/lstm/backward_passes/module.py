"""Right: a class, time first, (T, B, m), stacked i, f, g, o, two biases, gradients in attributes; l reads c^(T)."""

import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


class LSTM:
    def __init__(self, input_size, hidden_size):
        self.input_size, self.hidden_size = input_size, hidden_size
        self.weight_ih = np.zeros((4 * hidden_size, input_size))
        self.weight_hh = np.zeros((4 * hidden_size, hidden_size))
        self.bias_ih = np.zeros(4 * hidden_size)
        self.bias_hh = np.zeros(4 * hidden_size)

    def forward(self, x, h0, c0):
        self.x, self.h, self.c, self.gates = x, [h0], [c0], []
        for x_t in x:
            z = x_t @ self.weight_ih.T + self.bias_ih + self.h[-1] @ self.weight_hh.T + self.bias_hh
            i, f, g, o = np.split(z, 4, axis=1)
            i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
            self.gates.append((i, f, g, o))
            self.c.append(f * self.c[-1] + i * g)
            self.h.append(o * np.tanh(self.c[-1]))
        return np.array(self.h[1:]), (self.h[-1], self.c[-1])

    def backward(self, dh, dh_n, dc_n):
        self.grad_weight_ih = np.zeros_like(self.weight_ih)
        self.grad_weight_hh = np.zeros_like(self.weight_hh)
        self.grad_bias_ih = np.zeros_like(self.bias_ih)
        self.grad_bias_hh = np.zeros_like(self.bias_hh)
        dx = np.empty_like(self.x)
        dh_next, dc_next = dh_n, dc_n
        for t in range(len(self.x) - 1, -1, -1):
            i, f, g, o = self.gates[t]
            c, c_prev, h_prev = self.c[t + 1], self.c[t], self.h[t]
            dh_t = dh[t] + dh_next
            tanh_c = np.tanh(c)
            dc = dc_next + dh_t * o * (1 - tanh_c**2)
            dz_i = dc * g * i * (1 - i)
            dz_f = dc * c_prev * f * (1 - f)
            dz_g = dc * i * (1 - g**2)
            dz_o = dh_t * tanh_c * o * (1 - o)
            dz = np.hstack([dz_i, dz_f, dz_g, dz_o])
            self.grad_weight_ih += dz.T @ self.x[t]
            self.grad_weight_hh += dz.T @ h_prev
            self.grad_bias_ih += dz.sum(axis=0)
            self.grad_bias_hh += dz.sum(axis=0)
            dx[t] = dz @ self.weight_ih
            dh_next = dz @ self.weight_hh
            dc_next = dc * f
        return dx, (dh_next, dc_next)
