"""A stack of layers, audited one by one: each reads what the layer below it gives, and is read by the layer above."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.audit import given, padding
from lstm.audit.report import Audit, audit
from lstm.cell import Params
from lstm.fast import sequence
from lstm.weights import check_real, taken


def audit_layers(
    layers: Sequence[Params],
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
    """Audit a stack of one-way layers, `Params` from the one that reads x up: an `Audit` of each, in this order.

    reads and out belong to the uppermost layer, as in `audit`; what is read of the h of a lower one is computed here:
    the derivative of the loss by the input of the layer above. h_0 and c_0 have a row for each layer, (L, B, n), as
    PyTorch's have. The layers run without dropout between them. The other arguments are those of `audit`.
    Raises TypeError or ValueError that names the argument, with the layer before it where it is one layer's own.
    """
    double = _stack(layers)
    x = given.time_first("x", x, (None, None, None), given.flag("batch_first", batch_first))
    x = checks.real("x", x, (None, None, double[0].W_1i.shape[1])).astype(np.float64)
    T, B, _ = x.shape
    ends = padding.ends(lengths, T, B, checks.whole("start", start, 1, T - 1))
    states = [_rows(name, value, [(B, len(p.b_i)) for p in double]) for name, value in (("h_0", h_0), ("c_0", c_0))]
    inputs, caches = [x], []
    for params, h, c in zip(double, *states, strict=True):
        output, _, cache = sequence.forward(params, inputs[-1], h, c)
        inputs.append(output)
        caches.append(cache)
    if reads is not None:
        reads = given.time_first("reads", reads, inputs[-1].shape, batch_first)
    read = padding.reads_within(reads, inputs[-1], ends)
    found = []
    for k in reversed(range(len(double))):
        turned = (a.swapaxes(0, 1) if batch_first else a for a in (inputs[k], read))
        options: dict[str, Any] = {"h_0": states[0][k], "c_0": states[1][k]}
        options |= {"near": near, "start": start, "lengths": lengths, "batch_first": batch_first}
        with _named(k):
            found.append(audit(double[k], *turned, out=out, **options))
        read, out = sequence.backward(caches[k], read).x, None
    return found[::-1]


@contextmanager
def _named(k: int) -> Iterator[None]:
    """The layer's number before what is said of one layer alone."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise type(error)(f"layer {k}: {error}") from None


def _stack(layers: Sequence[Params]) -> list[Params]:
    """The layers in float64 if each reads the units of the one below, else raise TypeError or ValueError."""
    if not isinstance(layers, list | tuple) or isinstance(layers, Params) or not layers:
        raise TypeError(f"layers: expected a list of lstm.Params, got {type(layers).__name__}")
    found: list[Params] = []
    for k, params in enumerate(layers):
        with _named(k):
            checked, m, _, _ = check_real(params)
        if found and m != (below := len(found[-1].b_i)):
            both = " (a layer above two directions reads 2n: only one-way stacks are audited)" if m == 2 * below else ""
            raise ValueError(f"layers: expected layer {k} to read the {below} units below it, got m = {m}{both}")
        found.append(Params(*(a.astype(np.float64) for a in checked)))
    return found


def _rows(name: str, states: Any, shapes: list[tuple[int, int]]) -> list[np.ndarray | None]:
    """h_0 or c_0 of each layer, None where not given. Raises TypeError or ValueError."""
    if states is None:
        return [None] * len(shapes)
    states = taken.plain(states)[0]
    if len(states) != len(shapes):
        raise ValueError(f"{name}: expected a state for each of {len(shapes)} layers, got {len(states)}")
    return [checks.real(name, row, shape).astype(np.float64) for row, shape in zip(states, shapes, strict=True)]
