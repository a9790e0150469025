"""More shapes in which backward passes are written: each is called right, and with an error in it, wrong."""

import inspect

import numpy as np
import pytest
from tests.lstm.backward_passes import rows

import lstm


def sigma(z):
    return 1 / (1 + np.exp(-z))


class Net:
    """Parameters and gradients in dicts, h and c in a pair, forward and back."""

    wrong = 1.0

    def __init__(self, n_in, n_hidden):
        shapes = {"Wx": (n_in, 4 * n_hidden), "Wh": (n_hidden, 4 * n_hidden), "b": (4 * n_hidden,)}
        self.params = {name: np.zeros(shape) for name, shape in shapes.items()}

    def forward(self, x, state):
        (h, c), p, self.tape, out = state, self.params, [], []
        for x_t in x:
            i, f, g, o = np.split(x_t @ p["Wx"] + h @ p["Wh"] + p["b"], 4, axis=1)
            i, f, g, o = sigma(i), sigma(f), np.tanh(g), sigma(o)
            before, c = (x_t, h, c), f * c + i * g
            h = o * np.tanh(c)
            self.tape.append((*before, i, f, g, o, c))
            out.append(h)
        return np.array(out), (h, c)

    def backward(self, dout, dstate):
        (dh, dc), p, dx = dstate, self.params, []
        grads = {name: np.zeros_like(array) for name, array in p.items()}
        for t in reversed(range(len(self.tape))):
            x, h, c_prev, i, f, g, o, c = self.tape[t]
            dh = dh + dout[t]
            dc = self.wrong * dc + dh * o * (1 - np.tanh(c) ** 2)
            dz = [dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g**2), dh * np.tanh(c) * o * (1 - o)]
            dz = np.hstack(dz)
            grads["Wx"] += x.T @ dz
            grads["Wh"] += h.T @ dz
            grads["b"] += dz.sum(axis=0)
            dx.append(dz @ p["Wx"].T)
            dh, dc = dz @ p["Wh"].T, dc * f
        self.grads = grads
        return np.array(dx[::-1]), (dh, dc)


class Wrong(Net):
    wrong = 0.0


def test_a_class_with_dicts_and_pairs():
    assert lstm.check(Net).right
    assert "No gradient travels along the cell state" in lstm.check(Wrong).words


def from_zero(x, h0, Wx, Wh, b):
    return rows.forward(x, h0, np.zeros_like(h0), Wx, Wh, b)


def without_dc_0(dh, cache):
    dx, dh_0, _, dWx, dWh, db = rows.backward(dh, cache)
    return dx, dh_0, dWx, dWh, db


def test_c_0_may_be_zero_and_unasked():
    found = lstm.check(without_dc_0, from_zero)
    assert found.right
    assert [part.name for part in found.parts if part.name == "c_0"] == []


def last_h(x, h0, c0, Wx, Wh, b):
    h, cache = rows.forward(x, h0, c0, Wx, Wh, b)
    return h[:, -1], cache


def test_a_loss_of_the_last_h_alone():
    def backward(dh_last, cache):
        dh = np.zeros((len(dh_last), len(cache), dh_last.shape[1]))
        dh[:, -1] = dh_last
        return rows.backward(dh, cache)

    def forgets(dh_last, cache):
        return backward(dh_last[::1] * 0.5, cache)

    assert lstm.check(backward, last_h).right
    assert "it is half of what it should be" in lstm.check(forgets, last_h).words


def test_the_functions_of_the_book():
    def forward(params, x, h_0, c_0):
        return lstm.run(params, x, h_0, c_0)

    def backward(params, trace, reads, dc_T):
        return lstm.bptt.backward(params, trace, reads, dc_T)

    def cut(params, trace, reads):
        return lstm.bptt.truncated(params, trace, reads, 1)

    assert lstm.check(backward, forward).right
    found = lstm.check(cut, forward)
    assert not found.right
    assert found.causes or found.hints


def test_no_biases():
    text = inspect.getsource(rows)
    for right, wrong in ((", Wx, Wh, b)", ", Wx, Wh)"), (" + prev_h @ Wh + b", " + prev_h @ Wh")):
        text = text.replace(right, wrong)
    names = {}
    exec(text, names)
    found = lstm.check(lambda dh, cache: names["backward"](dh, cache)[:5], names["forward"])
    assert found.right
    assert not [part for part in found.parts if part.name.startswith("b_")]


@pytest.mark.parametrize(("factor", "verdict"), [(1, True), (1.001, False)])
def test_single_precision_is_held_to_its_own_digits(factor, verdict):
    def backward(dh, cache):
        return tuple((factor * array).astype(np.float32) for array in rows.backward(dh, cache))

    found = lstm.check(backward, rows.forward)
    assert found.right is verdict
    assert "low precision" in found.truth
