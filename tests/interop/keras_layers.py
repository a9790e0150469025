"""Layers of Keras, on the backend of PyTorch, with weights that no reader can take for others."""

import keras
import numpy as np

M, N, T, B = 3, 4, 7, 5
assert keras.backend.backend() == "torch", "set KERAS_BACKEND=torch, as make interop does"


def built(layer, seed=0, m=M):
    """The layer with weights drawn in float64, no bias zero."""
    layer.build((B, T, m))
    rng = np.random.default_rng(seed)
    layer.set_weights([rng.uniform(-0.6, 0.6, a.shape) for a in layer.get_weights()])
    return layer


def lstm(kind=keras.layers.LSTM, seed=0, **options):
    return built(kind(N, return_sequences=True, dtype="float64", **options), seed)


def inputs(seed=1):
    return np.random.default_rng(seed).normal(size=(T, B, M))


def forward(layer, x, **options):
    """The layer's outputs as (T, B, n) from x (T, B, m)."""
    return keras.ops.convert_to_numpy(layer(x.swapaxes(0, 1), **options)).swapaxes(0, 1)
