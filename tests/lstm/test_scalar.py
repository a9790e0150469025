"""The cell with held gates is a true LSTM cell: there are inputs that bring its gates about."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm import Params, run, sigmoid
from lstm.gradient import chain, product_of_f, product_of_jacobians
from lstm.proofs import complex_step
from lstm.scalar import held_gates

inner = st.floats(0.01, 0.99)
weight = st.floats(-3, 3)
settings = st.fixed_dictionaries(
    dict.fromkeys(("f", "i", "o", "o_1"), inner)
    | {"g": st.floats(-0.95, 0.95), "c_1": st.floats(-3, 3), "T": st.integers(2, 12)}
    | dict.fromkeys(("w_2f", "w_2i", "w_2g", "w_2o"), weight)
)


@given(settings)
def test_an_input_exists_that_brings_the_held_gates_about(cell):
    params, held = held_gates(**cell)
    # four inputs, each wired to one gate, set to what that gate still lacks after W_2* h^(t-1)
    eye = np.eye(4)
    wired = Params(**(params._asdict() | {f"W_1{k}": eye[j : j + 1] for j, k in enumerate("ifog")}))
    logit = {k: np.log(cell[k] / (1 - cell[k])) for k in "ifo"} | {"g": np.arctanh(cell["g"])}
    before = np.concatenate([held.h_0[None], held.h[:-1]])
    x = np.stack([logit[k] - getattr(wired, f"W_2{k}")[0, 0] * before[:, 0] for k in "ifog"], axis=1)
    trace = run(wired, x[1:], h_0=held.h[0], c_0=held.c[0])
    for name in "ifogch":
        np.testing.assert_allclose(getattr(trace, name), getattr(held, name)[1:], rtol=0, atol=1e-9)


@given(settings)
def test_with_T_of_two_the_product_of_J_is_the_chain(cell):
    params, trace = held_gates(**(cell | {"T": 2}))
    np.testing.assert_allclose(chain(params, trace, 1, 2), product_of_jacobians(params, trace, 1, 2), atol=1e-14)


@given(settings)
def test_the_direct_path_is_the_power_of_f(cell):
    _, trace = held_gates(**cell)
    np.testing.assert_allclose(product_of_f(trace, 1, cell["T"]), cell["f"] ** (cell["T"] - 1), rtol=1e-12)


HELD = {"f": 0.9, "i": 0.6, "o": 0.7, "g": -0.4, "c_1": 0.8, "o_1": 0.3}
HELD |= {"w_2f": 1.5, "w_2i": -2.0, "w_2g": 0.7, "w_2o": 1.1}


def stepped_lstm(T, f, i, o, g, c_1, o_1, w_2f, w_2i, w_2g, w_2o):
    """dc^(t)/dc^(1) of the held cell by complex step: each gate moves with h about the value at which it is held."""

    def end(c_moved, t):
        c, h = c_1, o_1 * np.tanh(c_1)
        z, y = c_moved[0], o_1 * np.tanh(c_moved[0])
        for _ in range(1, t):
            d = y - h
            f_d, i_d, o_d = (sigmoid(np.log(v / (1 - v)) + w * d) for v, w in [(f, w_2f), (i, w_2i), (o, w_2o)])
            z, c = f_d * z + i_d * np.tanh(np.arctanh(g) + w_2g * d), f * c + i * g
            y, h = o_d * np.tanh(z), o * np.tanh(c)
        return z

    return [complex_step(lambda c, t=t: end(c, t), np.array([c_1]))[0] for t in range(1, T + 1)]


def test_the_chain_of_the_held_cell_is_that_of_its_steps():
    params, trace = held_gates(T=6, **HELD)
    found = [chain(params, trace, 1, t)[0, 0] for t in range(1, 7)]
    np.testing.assert_allclose(found, stepped_lstm(6, **HELD), rtol=1e-12)
    assert np.abs(found / HELD["f"] ** np.arange(6) - 1).max() > 0.05  # the direct path is another thing


def test_without_recurrent_weights_the_chain_is_the_product_of_f():
    params, trace = held_gates(T=5, **(HELD | dict.fromkeys(["w_2f", "w_2i", "w_2g", "w_2o"], 0)))
    for t in range(1, 6):
        np.testing.assert_allclose(chain(params, trace, 1, t)[0], product_of_f(trace, 1, t), rtol=1e-14)


GOOD = dict(f=0.9, i=0.5, o=0.5, g=0.5, c_1=0.5, o_1=0.5, w_2f=1, w_2i=1, w_2g=1, w_2o=1, T=5)


@pytest.mark.parametrize(
    ("name", "bad"), [("f", 1.1), ("i", -0.1), ("o", 2), ("o_1", -1), ("g", 1.5), ("T", 1), ("c_1", np.nan)]
)
def test_values_outside_their_range_are_refused_by_name(name, bad):
    with pytest.raises(ValueError, match=f"^{name}: expected"):
        held_gates(**(GOOD | {name: bad}))


def test_gates_may_be_shut_or_open_entirely():
    _, trace = held_gates(**(GOOD | {"f": 1, "i": 0}))
    assert (trace.c == 0.5).all()
