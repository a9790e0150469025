"""Is what we run the network that the caller ran? Our h against the module's own outputs, and what a difference means.

Rounding in float32 leaves less than `TOLERANCE` of the largest output. A larger difference is refused with what it
looks like: each likely cause is run, and the first that gives the module's outputs is named with what to do.
"""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.audit import causes
from lstm.audit.causes import LEAST, SEQUENCES, STEPS, Run
from lstm.audit.padding import within
from lstm.cell import Params
from lstm.weights import taken

TOLERANCE = float(np.sqrt(np.finfo(np.float32).eps))  # 3.5e-4
IN_HALF = {"float16": 2.0**-5, "bfloat16": 2.0**-3.5}  # the roots of their eps, where outputs came so


def gap(
    params: Params,
    x: ArrayLike,
    h: np.ndarray,
    out: Any,
    h_0: ArrayLike | None,
    c_0: ArrayLike | None,
    ends: np.ndarray,
    batch_first: bool,
) -> float:
    """The largest difference between h, (T, B, n), and the module's own outputs over the steps of all sequences.

    All but `out` has been checked and has time first. Raises ValueError where the difference is more than a tolerance
    times the largest output, and says what it looks like.
    """
    theirs, tolerance = read(out, h.shape, batch_first)
    now = within(ends, len(h))
    largest = float(np.abs(h - theirs)[now].max())
    limit = tolerance * float(np.abs(theirs[now]).max())
    if largest <= limit:
        return largest
    states = (np.zeros(h.shape[1:]) if state is None else np.asarray(state, float) for state in (h_0, c_0))
    run = Run(np.asarray(x, float), h, theirs, next(states), next(states), ends)
    looks = next(_looks_like(Params(*(np.asarray(a, float) for a in params)), run, limit, batch_first))
    raise ValueError(
        f"out: expected the outputs of params on x, got others: they differ by up to {largest:.2g}, rounding leaves "
        f"{limit:.1g}. {looks}"
    )


def read(out: Any, shape: tuple[int, ...], batch_first: bool) -> tuple[np.ndarray, float]:
    """(out as float64 with time first, tolerance) if it has `shape`, that of h; else raise what that looks like."""
    value, dtype = taken.plain(out)
    (T, B, n), came = shape, np.shape(value)
    wanted = (B, T, n) if batch_first else shape
    last, both, turned = (B, n), (*wanted[:2], 2 * n), (wanted[1], wanted[0], n)
    advice = {
        last: "the last step alone: let the layer return all steps (return_sequences=True, or torch's first result)",
        both: f"two directions: pass out[:, :, :{n}] for the forward one; for the other pass out[:, :, {n}:], x and "
        "reads, all reversed in time",
        turned: "its first two axes stand the other way round than those of x: swap them",
    }
    if came != wanted and came in advice:
        raise ValueError(f"out: expected shape {wanted}, got shape {came}, {advice[came]}")
    found = checks.real("out", value, wanted).astype(np.float64)
    return (found.swapaxes(0, 1) if batch_first else found), IN_HALF.get(dtype, TOLERANCE)


def _looks_like(params: Params, run: Run, limit: float, batch_first: bool) -> Iterator[str]:
    """What the difference looks like and what to do, the most telling first; at least one sentence."""
    few = _first(run)
    now = within(few.ends, len(few.h))

    def agrees(h: np.ndarray, steps: int | None = None) -> bool:
        wrong = np.abs(h[:steps] - few.out[:steps]).max(axis=2)[now[:steps]]
        return bool(np.isfinite(wrong).all() and wrong.max() <= limit)

    yield from causes.padding(params, run, limit)
    other = run.x.swapaxes(0, 1)[:, :SEQUENCES]
    turned = causes.outputs(params, other)
    if np.abs(turned - run.out.swapaxes(0, 1)[:, :SEQUENCES]).max() <= limit:
        yield f"It looks as if x and out had the other axis first: pass batch_first={not batch_first}."
    whole = bool((few.ends == len(few.x)).all())
    if whole:
        back = causes.outputs(params, few.x[::-1])
        if agrees(few.h[::-1]):
            yield "It looks as if out alone were reversed in time: reverse it, out[::-1]."
        if agrees(back[::-1]):
            yield "It looks like time reversed, as in a backward direction: pass x, out and reads reversed in time."
        if agrees(back):
            yield "It looks as if x were read from its end, as with go_backwards: pass x reversed in time."
    if agrees(causes.outputs(params, few.x)):
        yield "It looks as if the module had started from zero states: leave h_0 and c_0 out."
    short = few.x[:STEPS], few.h_0, few.c_0
    for words, activations in causes.ACTIVATIONS.items():
        if agrees(causes.outputs(params, *short, *activations), STEPS):
            yield f"It looks like other activations, {words}: another cell, whose gradient these equations do not give."
    for order in permutations("ifog"):
        if order != tuple("ifog") and agrees(causes.outputs(causes.reordered(params, order), *short), STEPS):
            blocks = ", ".join(
                f"{new} where {old} belongs" for old, new in zip("ifog", order, strict=True) if old != new
            )
            yield f"It looks like blocks in another order, {blocks}: read the weights by lstm.weights."
    if agrees(causes.outputs(params._replace(b_f=params.b_f + 1), *short), STEPS):
        yield "It looks like a forget bias of 1 that the module adds itself: add 1 to b_f."
    yield from causes.one_step(params, run, limit)
    looked = {"batch first": True, "time reversed": whole, "initial states": len(run.x) >= LEAST, "padding": True}
    names = ", ".join(name for name, was in looked.items() if was)
    yield (
        f"It is none of: {names}, other activations, blocks in another order. Are these the weights that ran, the "
        "input of this layer, and no dropout (module.eval())?"
    )


def _first(run: Run) -> Run:
    return Run(*(a[:, :SEQUENCES] for a in run[:3]), *(a[:SEQUENCES] for a in run[3:]))
