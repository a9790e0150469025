"""Weights to and from the layouts of PyTorch and Keras: round trips, the orders of the gates, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import case

from lstm import run, step, weights
from lstm.cell import Params

PAIRS = {"pytorch": (weights.to_pytorch, weights.from_pytorch), "keras": (weights.to_keras, weights.from_keras)}
ORDERS = {"pytorch": weights.pytorch, "keras": weights.keras}
WRITTEN = Path(__file__).parents[2] / "src/companion/files/data/pytorch.npz"  # by PyTorch itself, see book/audit
both = pytest.mark.parametrize("layout", PAIRS)


def numbered(m=2, n=3, dtype=np.float64):
    """Parameters in which no value stands twice: gate i holds 1000 and more, f 2000, o 3000, g 4000."""
    offsets = {"W_1": (0, (n, m)), "W_2": (100, (n, n)), "b_": (200, (n,))}
    arrays = {}
    for name in Params._fields:
        offset, shape = offsets[name[:-1]]
        first = 1000 * ("ifog".index(name[-1]) + 1) + offset
        arrays[name] = np.arange(first, first + np.prod(shape), dtype=dtype).reshape(shape)
    return Params(**arrays)


def equal(one, two):
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def their_step(layout, arrays, x, h, c):
    """(h, c) after one step as the framework's manual writes it: stacked arrays, blocks i, f, g (Keras: c), o."""
    if layout == "pytorch":
        z = arrays["weight_ih_l0"] @ x + arrays["bias_ih_l0"] + arrays["weight_hh_l0"] @ h + arrays["bias_hh_l0"]
    else:
        z = x @ arrays["kernel"] + h @ arrays["recurrent_kernel"] + arrays["bias"]
    i, f, g, o = np.split(z, 4)
    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(c) / (1 + np.exp(-o)), c


def step_error(layout):
    """How far our step and theirs are apart, with the weights that we hand over."""
    here = case(seed=3, m=2, n=3, T=3, scale=1.0)
    ours = step(here.params, here.x[0], here.h_0, here.c_0)
    theirs = their_step(layout, PAIRS[layout][0](here.params), here.x[0], here.h_0, here.c_0)
    return np.abs(np.array(theirs) - [ours.h, ours.c]).max()


@both
@given(m=st.integers(1, 4), n=st.integers(1, 4), dtype=st.sampled_from([np.float32, np.float64]))
def test_there_and_back_again_is_the_same(layout, m, n, dtype):
    there, back = PAIRS[layout]
    params = numbered(m, n, dtype)
    assert equal(back(there(params)), params)


@both
def test_a_framework_with_our_weights_takes_our_step(layout):
    assert step_error(layout) < 1e-15


@both
@pytest.mark.parametrize("order", ["ifog", "oifg", "figo"])
def test_a_wrong_order_of_the_gates_would_be_seen(layout, order, monkeypatch):
    monkeypatch.setattr(ORDERS[layout], "ORDER", order)
    assert step_error(layout) > 1e-2


def test_pytorch_stacks_rows_i_f_g_o():
    arrays = weights.to_pytorch(numbered(m=2, n=1))
    assert list(arrays) == ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
    assert arrays["weight_ih_l0"].tolist() == [[1000, 1001], [2000, 2001], [4000, 4001], [3000, 3001]]
    assert arrays["weight_hh_l0"].tolist() == [[1100], [2100], [4100], [3100]]
    assert arrays["bias_ih_l0"].tolist() == [1200, 2200, 4200, 3200]
    assert arrays["bias_hh_l0"].tolist() == [0, 0, 0, 0]


def test_keras_stacks_columns_i_f_c_o():
    arrays = weights.to_keras(numbered(m=2, n=1))
    assert list(arrays) == ["kernel", "recurrent_kernel", "bias"]
    assert arrays["kernel"].tolist() == [[1000, 2000, 4000, 3000], [1001, 2001, 4001, 3001]]
    assert arrays["recurrent_kernel"].tolist() == [[1100, 2100, 4100, 3100]]
    assert arrays["bias"].tolist() == [1200, 2200, 4200, 3200]


def test_arrays_that_pytorch_wrote_give_the_outputs_of_pytorch():
    arrays = dict(np.load(WRITTEN))
    x, out, _ = (arrays.pop(name) for name in ("x", "out", "reads"))
    params = weights.from_pytorch(arrays)
    ours = np.stack([run(params, x[:, b]).h for b in range(x.shape[1])], axis=1)
    np.testing.assert_allclose(ours, out, atol=1e-6)
    swapped = params._replace(W_2i=params.W_2f, W_2f=params.W_2i)
    assert np.abs(run(swapped, x[:, 0]).h - out[:, 0]).max() > 1e-3


def test_the_two_biases_of_pytorch_are_added():
    arrays = weights.to_pytorch(numbered())
    arrays["bias_hh_l0"] += np.arange(12)
    params = weights.from_pytorch(arrays)
    assert params.b_f.tolist() == [2200 + 3, 2201 + 4, 2202 + 5]
    assert params.b_o.tolist() == [3200 + 9, 3201 + 10, 3202 + 11]


@both
def test_arrays_are_copied_and_never_shared(layout):
    there, back = PAIRS[layout]
    params = numbered()
    arrays = there(params)
    again = back(arrays)
    for array in [*arrays.values(), *again]:
        assert not any(np.shares_memory(array, other) for other in params)
        assert array.flags.c_contiguous
    assert not any(np.shares_memory(a, b) for a in arrays.values() for b in again)


@both
def test_parameters_that_do_not_fit_are_refused(layout):
    there, _ = PAIRS[layout]
    params = numbered()
    with pytest.raises(TypeError, match=r"params: expected lstm\.Params, got dict"):
        there(params._asdict())
    with pytest.raises(ValueError, match=r"W_2f: expected shape \(3, 3\), got shape \(1, 3\)"):
        there(params._replace(W_2f=params.W_2f[:1]))
    with pytest.raises(TypeError, match=r"params: expected arrays all of float32 .*, got float32 and float64"):
        there(params._replace(b_o=params.b_o.astype(np.float32)))
    with pytest.raises(TypeError, match=r"params: .*, got complex128"):
        there(Params(*(p.astype(complex) for p in params)))


BAD = [
    ("pytorch", "weight_ih_l0", lambda a: a.T, r"weight_ih_l0: expected shape \(12, any length\), got shape \(2, 12\)"),
    ("pytorch", "weight_hh_l0", lambda a: a[:9], r"weight_hh_l0: expected shape \(12, 3\), got shape \(9, 3\)"),
    ("pytorch", "bias_ih_l0", lambda a: a[:1], r"bias_ih_l0: expected shape \(12,\), got shape \(1,\)"),
    ("pytorch", "bias_hh_l0", lambda a: a * np.nan, "bias_hh_l0: expected finite numbers, got 12 of 12"),
    ("keras", "kernel", lambda a: a.T, r"kernel: expected shape \(any length, 12\), got shape \(12, 2\)"),
    (
        "keras",
        "recurrent_kernel",
        lambda a: a[:, :9],
        r"recurrent_kernel: expected shape \(3, 12\), got shape \(3, 9\)",
    ),
    ("keras", "bias", lambda a: np.stack([a, a]), r"bias: expected shape \(12,\), got shape \(2, 12\)"),
]


@pytest.mark.parametrize(("layout", "name", "change", "message"), BAD)
def test_an_array_that_does_not_fit_is_refused_by_name(layout, name, change, message):
    there, back = PAIRS[layout]
    arrays = there(numbered())
    arrays[name] = change(arrays[name])
    with pytest.raises(ValueError, match=message):
        back(arrays)


@both
def test_other_names_and_other_types_are_refused(layout):
    there, back = PAIRS[layout]
    arrays = there(numbered())
    recurrent, last = list(arrays)[1], list(arrays)[-1]
    with pytest.raises(ValueError, match=f"weights: expected a key '{recurrent}'"):
        back({})
    with pytest.raises(ValueError, match="weights: expected"):
        back({name: array for name, array in arrays.items() if name != "bias_hh_l0" and "kernel" not in name})
    with pytest.raises(TypeError, match=r"weights: expected a mapping from names to arrays.*, got (set|int)"):
        back({1.0, 2.0} if layout == "pytorch" else 7)
    with pytest.raises(TypeError, match=r"weights: .*, got float16 and float64"):
        back({**arrays, last: np.zeros(12, np.float16)})
