"""The specimen: a layer of LSTM cells, (12) to (14), with its backward pass. Correct, small, made to be broken.

A batch of B sequences stands in columns, so that W_1i @ x reads as printed: x has shape (T, m, B), h^(t) and
c^(t) have shape (n, B), a bias is added to every column; `Gradients` holds the same shapes, x (T, m, B), h_0 and
c_0 (n, B). Each exhibit of the museum is this file with a few lines exchanged; nothing here is checked at the door,
for the layer is the thing under test.
"""

import numpy as np

from lstm.bptt import Gradients
from lstm.cell import Params
from lstm.check.moment import Moment


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The sigmoid 1 / (1 + exp(-z)), written with tanh."""
    return (1 + np.tanh(z / 2)) / 2


def forward(p: Params, x: np.ndarray, h_0: np.ndarray, c_0: np.ndarray) -> list[Moment]:
    """Run (12) to (14) over x of shape (T, m, B); return one `Moment` a step, all that `backward` needs."""
    h, c, moments = h_0, c_0, []
    for x_t in x:
        h_prev, c_prev = h, c
        i = sigmoid(p.W_1i @ x_t + p.W_2i @ h_prev + p.b_i[:, None])
        f = sigmoid(p.W_1f @ x_t + p.W_2f @ h_prev + p.b_f[:, None])
        o = sigmoid(p.W_1o @ x_t + p.W_2o @ h_prev + p.b_o[:, None])
        g = np.tanh(p.W_1g @ x_t + p.W_2g @ h_prev + p.b_g[:, None])
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        moments.append(Moment(x_t, h_prev, c_prev, i, f, o, g, c, h))
    return moments


def backward(p: Params, moments: list[Moment], reads: np.ndarray) -> Gradients:
    """Return the `Gradients` of the loss; reads (T, n, B) is what the loss reads from h^(t) at once.

    dh and dc are the total derivatives at step t; dh_next and dc_next are what step t+1 sends back to step t.
    """
    grads = {name: np.zeros_like(value) for name, value in p._asdict().items()}
    dh_next, dc_next, dx = np.zeros_like(moments[0].h), np.zeros_like(moments[0].c), []
    for t in reversed(range(len(moments))):
        x, h_prev, c_prev, i, f, o, g, c, _ = moments[t]
        dh = reads[t] + dh_next
        dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
        d_i = dc * g * i * (1 - i)
        d_f = dc * c_prev * f * (1 - f)
        d_o = dh * np.tanh(c) * o * (1 - o)
        d_g = dc * i * (1 - g**2)
        for gate, d in zip("ifog", (d_i, d_f, d_o, d_g), strict=True):
            grads["W_1" + gate] += d @ x.T
            grads["W_2" + gate] += d @ h_prev.T
            grads["b_" + gate] += d.sum(axis=1)
        dx.append(p.W_1i.T @ d_i + p.W_1f.T @ d_f + p.W_1o.T @ d_o + p.W_1g.T @ d_g)
        dh_next = p.W_2i.T @ d_i + p.W_2f.T @ d_f + p.W_2o.T @ d_o + p.W_2g.T @ d_g
        dc_next = f * dc
    return Gradients(Params(**grads), x=np.array(dx[::-1]), h_0=dh_next, c_0=dc_next)
