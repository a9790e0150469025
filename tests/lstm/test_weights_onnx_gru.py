"""The operator GRU of ONNX, in arrays and models written by hand; tests/interop has those that the packages write."""

from types import SimpleNamespace as Bag

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lstm.test_weights_files import model

from lstm import recurrences
from lstm.recurrences.torch_gru import TORCH_GRU, TorchGRU
from lstm.variants.gru import GRU, GRUParams
from lstm.weights import from_onnx, from_onnx_gru

M, N, T = 2, 3, 6


def drawn(seed=0, D=1):
    rng = np.random.default_rng(seed)
    return {name: rng.normal(size=(D, *shape)) for name, shape in (("W", (9, M)), ("R", (9, N)), ("B", (18,)))}


def outputs(arrays, x, after):
    """h of the operator, (T, n), line by line as its page in ONNX's documentation has it, rows z, r, h."""
    (W, R, B), h, found = [arrays[name][0] for name in "WRB"], np.zeros(N), []
    Wz, Wr, Wh = np.split(W, 3)
    Rz, Rr, Rh = np.split(R, 3)
    Wbz, Wbr, Wbh, Rbz, Rbr, Rbh = np.split(B, 6)
    for x_t in x:
        z = 1 / (1 + np.exp(-(x_t @ Wz.T + h @ Rz.T + Wbz + Rbz)))
        r = 1 / (1 + np.exp(-(x_t @ Wr.T + h @ Rr.T + Wbr + Rbr)))
        inner = r * (h @ Rh.T + Rbh) + Wbh if after else (r * h) @ Rh.T + Rbh + Wbh
        h = (1 - z) * np.tanh(x_t @ Wh.T + inner) + z * h
        found.append(h)
    return np.array(found)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1]))
def test_each_place_of_the_reset_gate_is_its_own_cell_and_gives_the_outputs_of_the_operator(seed, after):
    arrays, x = drawn(seed), np.random.default_rng(seed).normal(size=(T, M))
    params = from_onnx_gru(arrays, linear_before_reset=after)
    assert isinstance(params, TorchGRU if after else GRUParams)
    h = (recurrences.run(TORCH_GRU, params, x) if after else GRU.run(params, x)).h
    np.testing.assert_allclose(h, outputs(arrays, x, after), rtol=1e-12, atol=1e-13)
    assert np.abs(h - outputs(arrays, x, not after)).max() > 1e-6, "the place of the gate matters"


def test_without_biases_they_are_zero_and_arrays_are_copies():
    arrays = drawn()
    del arrays["B"]
    for after in (0, 1):
        params = from_onnx_gru(arrays, linear_before_reset=after)
        assert not any(np.any(params._asdict()[name]) for name in params._fields if name.startswith("b_"))
        assert not np.shares_memory(params.W_1z, arrays["W"])


def attribute(value):
    return Bag(name="linear_before_reset", i=value)


def test_a_model_says_itself_where_its_reset_gate_stands():
    arrays = drawn()
    assert isinstance(from_onnx_gru(model(arrays, "GRU")), GRUParams), "ONNX's default is 0"
    for value, kind in ((0, GRUParams), (1, TorchGRU)):
        net = model(arrays, "GRU", [attribute(value)])
        for given_value in (None, value):
            assert isinstance(from_onnx_gru(net, linear_before_reset=given_value), kind)
        with pytest.raises(ValueError, match=rf"^linear_before_reset: expected that of the operator, {value}, got"):
            from_onnx_gru(net, linear_before_reset=1 - value)
    assert isinstance(from_onnx_gru(model(arrays, "GRU"), "rnn"), GRUParams)


def test_each_direction_is_its_own_half():
    one, other = drawn(1), drawn(2)
    both = {name: np.concatenate([one[name], other[name]]) for name in one}
    for reverse, half in ((False, one), (True, other)):
        found = from_onnx_gru(both, reverse=reverse, linear_before_reset=1)
        assert all(map(np.array_equal, found, from_onnx_gru(half, linear_before_reset=1)))


USUAL, RELU = ([b"Sigmoid", b"Tanh"], [b"Sigmoid", b"Relu"])
ARRAYS = drawn()
REFUSED = [
    (ARRAYS, {}, r"^linear_before_reset: expected 0 or 1, got None, and bare arrays do not tell where the reset gate"),
    (ARRAYS, {"linear_before_reset": 2}, r"^linear_before_reset: expected at least 0 and at most 1, got 2"),
    (ARRAYS, {"reverse": True}, r"^reverse: expected two directions, got one"),
    (ARRAYS | {"P": np.ones((1, 9))}, {}, r"^weights: expected the keys 'W', 'R' and maybe 'B' as the operator GRU"),
    (drawn(D=2), {}, r"^reverse: expected True or False, got None of two"),
    (
        ARRAYS | {"R": np.ones((1, 12, 3))},
        {},
        r"^R: .*3n, n\), got \(1, 12, 3\), an LSTM: read it by weights.from_onnx$",
    ),
    (ARRAYS | {"R": np.ones((1, 10, 3))}, {}, r"^R: expected shape \(directions, 3n, n\), got \(1, 10, 3\)$"),
    (ARRAYS | {"B": np.ones((1, 9))}, {}, r"^B: expected shape \(1, 18\), got shape \(1, 9\)"),
    (model(ARRAYS, "RNN"), {}, r"^weights: expected a model with an operator GRU, got the operators \['Add', 'RNN'\]$"),
    (model(ARRAYS, "LSTM"), {}, r"^weights: .* operator GRU, .*; read the LSTM by weights.from_onnx$"),
    (model(ARRAYS, "GRU", [Bag(name="clip", f=3.0)]), {}, r"^weights: expected no clip, got clip=3"),
    (
        model(ARRAYS, "GRU", [Bag(name="activations", strings=RELU)]),
        {},
        r"^weights: expected the activations \['sigmoid', 'tanh'\], got \['sigmoid', 'relu'\], another cell",
    ),
    (model(ARRAYS, "GRU", drop="R"), {}, r"^weights: .*, got 'r', which the graph computes: .* arrays W, R, B$"),
]


@pytest.mark.parametrize(("weights", "options", "message"), REFUSED)
def test_what_does_not_fit_is_refused_with_what_to_do(weights, options, message):
    with pytest.raises(ValueError, match=message):
        from_onnx_gru(weights, **options)


def test_a_masked_array_is_refused_by_its_name():
    with pytest.raises(TypeError, match=r"^B: expected .* got a masked array$"):
        from_onnx_gru(ARRAYS | {"B": np.ma.masked_array(ARRAYS["B"])}, linear_before_reset=1)


def test_the_usual_activations_are_accepted_for_each_direction_and_a_gru_is_no_lstm():
    net = model(drawn(D=2), "GRU", [Bag(name="activations", strings=USUAL + USUAL)])
    assert isinstance(from_onnx_gru(net, reverse=True), GRUParams)
    with pytest.raises(ValueError, match=r"operator LSTM, .*; read the GRU by weights\.from_onnx_gru$"):
        from_onnx(net)
