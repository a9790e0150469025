"""A stack of layers, audited one by one: each reads what the layer below it gives, and is read by the layer above.

A layer is one direction or two. The second reads each sequence from its own end, and stands beside the first in what
the layer gives, (T, B, 2n), as in PyTorch and Keras.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.audit import given, padding
from lstm.audit.report import Audit, audit
from lstm.cell import Params
from lstm.fast import sequence
from lstm.fast.memory import Cache
from lstm.ranges import in_range
from lstm.weights import check_real, taken


class Part(NamedTuple):
    """One direction of one layer: its name for messages, columns in what the layer gives, and what it was run on."""

    name: str
    params: Params
    columns: slice
    x: np.ndarray
    cache: Cache
    states: dict[str, Any]


@in_range
def audit_layers(
    layers: Sequence[Params | tuple[Params, Params]],
    x: Any,
    reads: Any = None,
    *,
    near: float = 0.1,
    start: int = 1,
    out: Any = None,
    lengths: ArrayLike | None = None,
    h_0: Any = None,
    c_0: Any = None,
    batch_first: bool = False,
) -> list[Audit]:
    """Audit a stack of layers from the one that reads x up: an `Audit` of each direction of each, in this order.

    layers    `Params` for a layer of one direction, (forward, backward) for one of two. The audit of a backward one is
              in its own time, which begins at the end of each sequence.
    reads     (T, B, n), or (T, B, 2n), and so `out`, belong to the uppermost layer, as in `audit`. Where no reads are
              given the loss is the sum of what each uppermost direction has at its own last step. What is read of the
              h of a lower layer is computed here: the derivative of the loss by the input of the layer above.
    h_0, c_0  have a row (B, n) for each direction of each layer, in the order of the audits, as PyTorch's have.
    The layers run without dropout between them. The other arguments are those of `audit`.
    Raises TypeError or ValueError that names the argument, with the layer before it where it is one layer's own.
    """
    stack, own_loss = _stack(layers), reads is not None
    x = given.time_first("x", x, (None, None, None), given.flag("batch_first", batch_first))
    x = checks.real("x", x, (None, None, stack[0][0].W_1i.shape[1])).astype(np.float64)
    T, B = checks.whole("T", len(x), 2), x.shape[1]
    ends = padding.ends(lengths, T, B, checks.whole("start", start, 1, T - 1))
    sizes = [(B, len(params.b_i)) for layer in stack for params in layer]
    states = zip(_rows("h_0", h_0, sizes), _rows("c_0", c_0, sizes), strict=True)
    ran, top = _run(stack, x, ends, states)
    shape = top.shape
    read = None if reads is None else checks.real("reads", given.time_first("reads", reads, shape, batch_first), shape)
    if len(stack[-1]) == 2 and out is not None:
        out = checks.array("out", given.time_first("out", out, shape, batch_first), shape)
        out = out.swapaxes(0, 1) if batch_first else out
    found: list[Audit] = []
    options: dict[str, Any] = {"near": near, "start": start, "lengths": lengths, "batch_first": batch_first}
    for parts in reversed(ran):
        below = np.zeros_like(parts[0].x)
        for d, part in reversed(list(enumerate(parts))):
            own_read = None if read is None else _turned(read[:, :, part.columns], ends, d)
            own_read = padding.reads_within(own_read, np.empty((T, B, len(part.params.b_i))), ends)
            theirs = _out_of(out, part, ends, d, batch_first) if len(parts) == 2 and out is not None else out
            x, asked = (a.swapaxes(0, 1) if batch_first else a for a in (part.x, own_read))
            with _named(part.name):
                one = audit(part.params, x, asked, out=theirs, **part.states, **options)
            found.append(one if own_loss else one._replace(clipping=None))
            below += _turned(sequence.backward(part.cache, own_read).x, ends, d)
        read, out = below, None
    return found[::-1]


def _run(
    stack: list[list[Params]],
    x: np.ndarray,
    ends: np.ndarray,
    states: Iterator[tuple[np.ndarray | None, np.ndarray | None]],
) -> tuple[list[list[Part]], np.ndarray]:
    """The stack from below: the `Part`s of each layer, and what the uppermost gives."""
    ran = []
    for k, layer in enumerate(stack):
        parts, outputs = [], []
        for d, params in enumerate(layer):
            h, c = next(states)
            own, n = _turned(x, ends, d), len(params.b_i)
            output, _, cache = sequence.forward(params, own, h, c)
            name = f"layer {k}, backward" if d else f"layer {k}"
            parts.append(Part(name, params, slice(d * n, (d + 1) * n), own, cache, {"h_0": h, "c_0": c}))
            outputs.append(_turned(output, ends, d))
        ran.append(parts)
        x = np.concatenate(outputs, axis=2)
    return ran, x


def _turned(a: np.ndarray, ends: np.ndarray, backward: int) -> np.ndarray:
    """The array with each sequence reversed up to its own end where `backward`, else as it is."""
    if not backward:
        return a
    steps = np.arange(len(a))[:, None]
    return np.take_along_axis(a, np.where(steps < ends, ends - 1 - steps, steps)[:, :, None], axis=0)


def _out_of(out: np.ndarray, part: Part, ends: np.ndarray, backward: int, batch_first: bool) -> np.ndarray:
    """The columns of one direction in its own time, in the caller's order of axes."""
    own = out[:, :, part.columns]
    return _turned(own.swapaxes(0, 1), ends, backward).swapaxes(0, 1) if batch_first else _turned(own, ends, backward)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """The layer's name before what is said of one layer alone."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None


def _stack(layers: Sequence[Params | tuple[Params, Params]]) -> list[list[Params]]:
    """The directions of each layer in float64 if each reads what is below it, else raise TypeError or ValueError."""
    if not isinstance(layers, list | tuple) or isinstance(layers, Params) or not layers:
        raise TypeError(f"layers: expected a list of lstm.Params, got {type(layers).__name__}")
    found: list[list[Params]] = []
    for k, layer in enumerate(layers):
        pair = isinstance(layer, list | tuple) and not isinstance(layer, Params) and len(layer) == 2
        double = []
        for params in layer if pair else [layer]:
            with _named(f"layer {k}"):
                checked, m, _, _ = check_real(params)
            if found and m != (below := sum(len(one.b_i) for one in found[-1])):
                raise ValueError(f"layers: expected layer {k} to read the {below} units below it, got m = {m}")
            double.append(Params(*(a.astype(np.float64) for a in checked)))
        if pair and double[0].W_1i.shape != double[1].W_1i.shape:
            shapes = " and ".join(str(one.W_1i.shape) for one in double)
            raise ValueError(f"layers: expected two directions of one size in layer {k}, got W_1i of {shapes}")
        found.append(double)
    return found


def _rows(name: str, states: Any, shapes: list[tuple[int, int]]) -> list[np.ndarray | None]:
    """h_0 or c_0 of each direction, None where not given. Raises TypeError or ValueError."""
    if states is None:
        return [None] * len(shapes)
    states = taken.plain(states)[0]
    if len(states) != len(shapes):
        raise ValueError(f"{name}: expected {len(shapes)} states, one for each direction, got {len(states)}")
    return [checks.real(name, row, shape).astype(np.float64) for row, shape in zip(states, shapes, strict=True)]
