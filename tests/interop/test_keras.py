"""Weights from the real Keras: the cell of (12) to (14) with what was read gives Keras's own outputs."""

import keras
import numpy as np
import pytest
from tests.interop.keras_layers import M, N, built, forward, inputs, lstm

from lstm.fast import batched
from lstm.weights import WidenedWarning, from_keras, to_keras

X = inputs()


def apart(params, out, x=X):
    return np.abs(batched.run(params, x).h - out).max()


@pytest.mark.parametrize("bias", [True, False])
def test_one_layer_gives_the_outputs_of_keras(bias):
    layer = lstm(use_bias=bias)
    out = forward(layer, X)
    assert apart(from_keras(layer), out) < 1e-14
    assert apart(from_keras(layer.get_weights()), out) < 1e-14
    assert apart(from_keras(layer.weights), out) < 1e-14, "variables"
    assert apart(from_keras({variable.path: variable for variable in layer.weights}), out) < 1e-14, "names as saved"


@pytest.mark.parametrize("bias", [True, False])
def test_each_direction_of_a_bidirectional_layer_gives_its_half(bias):
    inner = keras.layers.LSTM(N, return_sequences=True, dtype="float64", use_bias=bias)
    both = built(keras.layers.Bidirectional(inner, dtype="float64"))
    out = forward(both, X)
    for weights in (both, both.get_weights()):
        assert apart(from_keras(weights, reverse=False), out[..., :N]) < 1e-14
        assert apart(from_keras(weights, reverse=True), out[::-1, :, N:], X[::-1]) < 1e-14
        with pytest.raises(ValueError, match=r"^reverse: expected True or False, since [46] arrays are two directions"):
            from_keras(weights)


def test_a_layer_that_goes_backwards_is_read_and_run_on_the_reversed_input():
    layer = lstm(go_backwards=True)
    assert apart(from_keras(layer), forward(layer, X), X[::-1]) < 1e-14


def test_another_activation_is_refused_where_the_layer_says_it():
    for options, name in (
        ({"recurrent_activation": "hard_sigmoid"}, "recurrent_activation"),
        ({"activation": "relu"}, "activation"),
    ):
        layer = lstm(**options)
        with pytest.raises(ValueError, match=rf"^weights: .* with {name}='.*', got '.*, another cell.*: train it with"):
            from_keras(layer)
        assert apart(from_keras(layer.get_weights()), forward(layer, X)) > 1e-3, "arrays do not tell"
        both = built(keras.layers.Bidirectional(keras.layers.LSTM(N, **options)))
        with pytest.raises(ValueError, match=f"expected a layer with {name}="):
            from_keras(both, reverse=False)


def test_counts_orders_and_kinds_are_refused_with_what_to_do():
    model = keras.Sequential(
        [keras.Input((None, M)), keras.layers.LSTM(N, return_sequences=True), keras.layers.LSTM(2)]
    )
    weights = model.get_weights()
    with pytest.raises(ValueError, match=r"^weights: expected two directions .* pass the arrays of one layer: model\."):
        from_keras(weights, reverse=False)
    with pytest.raises(ValueError, match=r"^weights: expected 2 or 3 arrays .*, got 8: pass the arrays of one layer"):
        from_keras([*weights, *weights[:2]])
    kernel, recurrent, bias = weights[:3]
    with pytest.raises(ValueError, match=r"^weights: expected kernel \(m, 4n\), then .*: exchange the two"):
        from_keras([recurrent, kernel, bias])
    with pytest.raises(ValueError, match=r"^weights: expected kernel \(m, 4n\), recurrent_kernel .*, got shapes"):
        from_keras([bias, kernel, recurrent])
    with pytest.raises(ValueError, match=r"^reverse: expected the 6 arrays of a Bidirectional layer, got 3"):
        from_keras([kernel, recurrent, bias], reverse=True)
    with pytest.raises(ValueError, match=r"^weights: expected an LSTM, got a GRU: read it by weights\.from_keras_gru"):
        from_keras(lstm(keras.layers.GRU))
    with pytest.raises(ValueError, match=r"^weights: expected an LSTM, got a SimpleRNN: read it by lstm\.rnn"):
        from_keras(lstm(keras.layers.SimpleRNN).get_weights())


def test_half_precision_is_widened_with_a_word():
    layer = lstm()
    with pytest.warns(WidenedWarning, match="float16 widened to float32") as words:
        params = from_keras([a.astype(np.float16) for a in layer.get_weights()])
    assert words[-1].filename == __file__
    assert apart(params, forward(layer, X)) < 1e-3


def test_a_layer_takes_what_we_write():
    params, layer = from_keras(lstm(seed=3)), lstm()
    layer.set_weights(list(to_keras(params).values()))
    assert apart(params, forward(layer, X)) < 1e-14
