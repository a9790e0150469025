"""A network to train: an LSTM or a plain recurrent layer, and a linear readout y^(t) = W h^(t) + b at every step.

Batched and time first, as in lstm.sequence. A `Batch` of lstm.tasks says which outputs the loss reads; here are the
networks, drawn by the name of their initialisation, and the losses with their gradients.
"""

from typing import NamedTuple

import numpy as np

from lstm import cell, checks, rnn, rnn_sequence, sequence
from lstm.tasks import Batch

LAYERS = {cell.Params: sequence, rnn.RNNParams: rnn_sequence}
INITS = ("uniform", "forget bias", "chrono")


class Model(NamedTuple):
    """A layer and its readout: `layer` is `Params` (LSTM) or `RNNParams`, W has shape (k, n), b has shape (k,)."""

    layer: NamedTuple
    W: np.ndarray
    b: np.ndarray


def draw_lstm(m, n, k, *, rng, init="forget bias", forget_bias=1.0, span=None, dtype=np.float32):
    """Draw an LSTM `Model`: m inputs, n units, k outputs. Every number is from U(-1/sqrt(n), 1/sqrt(n)), and then

    - init="uniform": nothing more, so forget biases lie around 0
    - init="forget bias": `forget_bias` is added to b_f (Jozefowicz, Zaremba and Sutskever 2015 advise 1)
    - init="chrono": b_f = log U(1, span - 1) and b_i = -b_f, span >= 3 being the longest time to be bridged, in
      steps (Tallec and Ollivier 2018)

    The same `rng` gives the same weights under all three. Raises TypeError or ValueError that names the argument.
    """
    if init not in INITS:
        raise ValueError(f"init: expected one of {INITS}, got {init!r}")
    if (span is not None) != (init == "chrono"):
        raise ValueError(f'span: belongs to init="chrono" and is needed there, got {span!r} with init={init!r}')
    layer = cell.init_params(m, n, rng=rng, forget_bias=forget_bias if init == "forget bias" else 0.0, dtype=dtype)
    W, b = _readout(n, k, rng, dtype)
    if init == "chrono":
        b_f = np.log(rng.uniform(1, checks.whole("span", span, 3) - 1, n)).astype(dtype)
        layer = layer._replace(b_f=b_f, b_i=-b_f)
    return Model(layer, W, b)


def draw_rnn(m, n, k, *, rng, radius=None, dtype=np.float32):
    """Draw a plain recurrent `Model` from U(-1/sqrt(n), 1/sqrt(n)), W_2 scaled to spectral radius `radius` if given.

    Raises TypeError or ValueError that names the argument.
    """
    return Model(rnn.init_params(m, n, rng=rng, radius=radius, dtype=dtype), *_readout(n, k, rng, dtype))


def outputs(model, x):
    """y of shape (T, B, k) for x of shape (T, B, m). Raises TypeError or ValueError that names the argument."""
    return _forward(model, x)[0]


def loss_and_gradient(model, batch, loss="squared", *, reuse=None):
    """(l, gradient, cache) of `model` on a `Batch`: l a float, gradient a `Model`; `loss` is one of LOSSES.

    l is a mean over the steps and sequences that are read. `reuse` is handed to `sequence.forward`.
    Raises TypeError or ValueError that names the argument.
    """
    check_model(model)
    checks.tuple_of("batch", batch, Batch)
    if loss not in LOSSES:
        raise ValueError(f"loss: expected one of {tuple(LOSSES)}, got {loss!r}")
    y, h, cache = _forward(model, batch.x, reuse)
    value, dy = LOSSES[loss](y, batch.y, batch.read)
    layer = LAYERS[type(model.layer)].backward(cache, dy @ model.W)
    rows = dy.reshape(-1, dy.shape[2])
    gradient = Model(layer.params, rows.T @ h.reshape(len(rows), -1), rows.sum(axis=0))
    return float(value), gradient, cache


def squared(y, target, read):
    """Mean squared error and its gradient by y, (T, B, k): weights `read` (T, B), mean over these and the k outputs."""
    target, weight = _weights(y, target, read)
    weight = weight / y.shape[2]
    gap = y - target
    return (weight * gap * gap).sum(), 2 * weight * gap


def cross_entropy(y, target, read):
    """-sum target log softmax(y), mean over the weights `read` (T, B), and its gradient by y, (T, B, k).

    `target` holds the probabilities of the k classes, one-hot or not.
    """
    target, weight = _weights(y, target, read)
    z = y - y.real.max(axis=2, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=2, keepdims=True))
    return -(weight * target * log_p).sum(), weight * (np.exp(log_p) * target.sum(axis=2, keepdims=True) - target)


LOSSES = {"squared": squared, "cross entropy": cross_entropy}


def flatten(model):
    """All numbers of a `Model` in one new vector: the arrays of the layer, then W, then b."""
    return np.concatenate([a.ravel() for a in (*model.layer, model.W, model.b)])


def unflatten(vector, like):
    """A `Model` of views into `vector`, shaped as the model `like`: what `flatten` has undone."""
    arrays = [*like.layer, like.W, like.b]
    ends = np.cumsum([a.size for a in arrays])
    if vector.shape != (ends[-1],):
        raise ValueError(f"vector: expected shape ({ends[-1]},) as the model has numbers, got {vector.shape}")
    views = [part.reshape(a.shape) for part, a in zip(np.split(vector, ends[:-1]), arrays, strict=True)]
    return Model(type(like.layer)(*views[:-2]), *views[-2:])


def check_model(model):
    """Return `model` if its readout fits its layer, else raise TypeError or ValueError."""
    checks.tuple_of("model", model, Model)
    if type(model.layer) not in LAYERS:
        raise TypeError(f"model.layer: expected Params or RNNParams, got {type(model.layer).__name__}")
    n = len(model.layer[-1])
    W = checks.array("model.W", model.W, (None, n))
    checks.array("model.b", model.b, W.shape[:1])
    return model


def _forward(model, x, reuse=None):
    check_model(model)
    kept = {} if reuse is None or type(model.layer) is not cell.Params else {"reuse": reuse}
    h, _, cache = LAYERS[type(model.layer)].forward(model.layer, x, **kept)
    return h @ model.W.T + model.b, h, cache


def _readout(n, k, rng, dtype):
    k = checks.whole("k", k, 1)
    return [(rng.uniform(-1, 1, shape) / np.sqrt(n)).astype(dtype) for shape in ((k, n), (k,))]


def _weights(y, target, read):
    """`target` (T, B, k) and `read` (T, B, 1), checked; the weights scaled to sum 1."""
    target, read = checks.array("batch.y", target, y.shape), checks.array("batch.read", read, y.shape[:2])
    total = read.sum()
    if not (total > 0 and (read >= 0).all()):
        raise ValueError("batch.read: expected weights of at least 0, some of them positive")
    return target, (read / total)[..., None]
