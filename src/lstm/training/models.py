"""A network to train: an LSTM or a plain recurrent layer, and a linear readout y^(t) = W h^(t) + b at every step.

Batched and time first, as in lstm.fast. A `Batch` of tasks says which outputs the loss reads; here are the
networks, drawn by the name of their initialisation; the losses are in losses.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm import cell, checks, rnn
from lstm.ranges import in_range, unguarded
from lstm.training.kinds import Model, check_model, check_readout, kind_of
from lstm.training.losses import LOSSES, Loss, cross_entropy, squared
from lstm.training.tasks import Batch

__all__ = [
    "INITS",
    "LOSSES",
    "Loss",
    "Model",
    "check_model",
    "cross_entropy",
    "double",
    "draw_lstm",
    "draw_rnn",
    "flatten",
    "input_gradient",
    "loss_and_gradient",
    "outputs",
    "squared",
    "unflatten",
]

INITS = ("uniform", "forget bias", "chrono")


def draw_lstm(
    m: int,
    n: int,
    k: int,
    *,
    rng: np.random.Generator,
    init: str = "forget bias",
    forget_bias: float | None = None,
    span: int | None = None,
    dtype: DTypeLike = np.float32,
) -> Model:
    """Draw an LSTM `Model`: m inputs, n units, k outputs. Every number is from U(-1/sqrt(n), 1/sqrt(n)), and then

    - init="uniform": nothing more, so forget biases lie around 0
    - init="forget bias": `forget_bias`, 1 if not given, is added to b_f (1 is what Jozefowicz, Zaremba and Sutskever
      2015 advise)
    - init="chrono": b_f = log U(1, span - 1) and b_i = -b_f, span >= 3 being the longest time to be bridged, in
      steps (Tallec and Ollivier 2018)

    The same `rng` gives the same weights under all three. Raises TypeError or ValueError that names the argument.
    """
    checks.one_of("init", init, INITS)
    if (span is not None) != (init == "chrono"):
        raise ValueError(f'span: expected with init="chrono" and only there, got {span!r} with init={init!r}')
    if forget_bias is not None and init != "forget bias":
        raise ValueError(f'forget_bias: expected with init="forget bias" only, got {forget_bias!r} with init={init!r}')
    k, span = checks.size("k", k), None if span is None else checks.whole("span", span, 3)
    added = 0.0 if init != "forget bias" else 1.0 if forget_bias is None else forget_bias
    layer = cell.init_params(m, n, rng=rng, forget_bias=added, dtype=dtype)
    W, b = _readout(n, k, rng, dtype)
    if span is not None:
        b_f = np.log(rng.uniform(1, span - 1, n)).astype(dtype)
        layer = layer._replace(b_f=b_f, b_i=-b_f)
    return Model(layer, W, b)


def draw_rnn(
    m: int, n: int, k: int, *, rng: np.random.Generator, radius: float | None = None, dtype: DTypeLike = np.float32
) -> Model:
    """Draw a plain recurrent `Model` from U(-1/sqrt(n), 1/sqrt(n)), W_2 scaled to spectral radius `radius` if given.

    Raises TypeError or ValueError that names the argument.
    """
    k = checks.size("k", k)
    return Model(rnn.init_params(m, n, rng=rng, radius=radius, dtype=dtype), *_readout(n, k, rng, dtype))


@in_range
def outputs(model: Model, x: ArrayLike) -> np.ndarray:
    """y of shape (T, B, k) for x of shape (T, B, m). Raises TypeError or ValueError that names the argument."""
    return _forward(model, x)[0]


@in_range
def input_gradient(model: Model, x: ArrayLike, dy: ArrayLike) -> np.ndarray:
    """dl/dx of shape (T, B, m), dy (T, B, k) being the gradient of l by the outputs for x, (T, B, m), in their type.

    Raises TypeError or ValueError that names the argument.
    """
    y, _, cache, model = _forward(model, x)
    dy = checks.array_like_params("dy", dy, y.shape, y.dtype)
    return kind_of(model).layer.backward(cache, dy @ model.W).x


@in_range
def loss_and_gradient(
    model: Model, batch: Batch, loss: str | Loss = "squared", *, reuse: Any = None
) -> tuple[float, Model, Any]:
    """(l, gradient, cache) of `model` on a `Batch`: l a float, gradient a `Model`.

    `loss` is one of LOSSES, or a function as they are: (y, target, read) to the loss and its gradient by y.

    l is a mean over the steps and sequences that are read. `reuse` is handed to `sequence.forward`.
    Raises TypeError or ValueError that names the argument, FloatingPointError where l or the gradient is not finite.
    """
    checks.tuple_of("batch", batch, Batch)
    if not callable(loss) and loss not in tuple(LOSSES):
        raise ValueError(f"loss: expected one of {tuple(LOSSES)}, or a function, got {loss!r}")
    with unguarded():  # what comes of it is reported here
        y, h, cache, model = _forward(model, batch.x, reuse)
        _same_type(batch, y.dtype)
        if not np.isfinite(y).all():
            raise FloatingPointError(f"of the outputs {int((~np.isfinite(y)).sum())} of {y.size} are not finite")
        value, dy = (loss if callable(loss) else LOSSES[loss])(y, batch.y, batch.read)
        dh = dy @ model.W
        if not (np.isfinite(value) and np.isfinite(dh).all()):
            raise FloatingPointError(f"the loss is {value}, its gradient by the outputs at most {np.abs(dh).max()}")
        layer = kind_of(model).layer.backward(cache, dh)
        rows = dy.reshape(-1, dy.shape[2])
        gradient = Model(layer.params, rows.T @ h.reshape(len(rows), -1), rows.sum(axis=0))
    if not np.isfinite(flatten(gradient)).all():
        raise FloatingPointError(f"the gradient is not finite, at a loss of {value}")
    return float(value), gradient, cache


def flatten(model: Model) -> np.ndarray:
    """All numbers of a `Model` in one new vector: the arrays of the layer, then W, then b."""
    return np.concatenate([a.ravel() for a in (*model.layer, model.W, model.b)])


def unflatten(vector: np.ndarray, like: Model) -> Model:
    """A `Model` of views into `vector`, shaped as the model `like`. Raises TypeError or ValueError."""
    arrays = [*checks.tuple_of("like", like, Model).layer, like.W, like.b]
    ends = np.cumsum([a.size for a in arrays])
    if np.shape(vector) != (ends[-1],):
        raise ValueError(f"vector: expected shape ({ends[-1]},) as the model has numbers, got {np.shape(vector)}")
    views = [part.reshape(a.shape) for part, a in zip(np.split(vector, ends[:-1]), arrays, strict=True)]
    return Model(type(like.layer)(*views[:-2]), *views[-2:])


def double(model: Model) -> Model:
    """`model` with the same weights in float64: its numbers then agree on all processors to many digits.

    Raises TypeError or ValueError that names what does not fit.
    """
    model = check_model(model)
    return unflatten(flatten(model).astype(float), model)


def _same_type(batch: Batch, dtype: np.dtype) -> None:
    for name in ("y", "read"):
        got = getattr(getattr(batch, name), "dtype", None)
        if got != dtype:
            raise TypeError(f"batch.{name}: expected an array of {dtype} as in the model, got {got}")


def _forward(model: Model, x: ArrayLike, reuse: Any = None) -> tuple[np.ndarray, np.ndarray, Any, Model]:
    kind = kind_of(model)
    kept = {"reuse": reuse} if kind.reuses else {}
    h, _, cache = kind.layer.forward(model.layer, x, **kept)  # which checks the layer
    model = check_readout(model, h.shape[2], h.dtype)
    return h @ model.W.T + model.b, h, cache, model


def _readout(n: int, k: int, rng: np.random.Generator, dtype: DTypeLike) -> list[np.ndarray]:
    return [(rng.uniform(-1, 1, shape) / np.sqrt(n)).astype(dtype) for shape in ((k, n), (k,))]
