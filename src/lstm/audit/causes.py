"""Likely causes why a module's outputs are not those of its weights: what each would look like, run in float64."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from lstm import equations
from lstm.cell import Params
from lstm.equations import Step
from lstm.fast import columns

SEQUENCES, STEPS = 8, 60  # a cause is looked for in the first of these; what is causal needs no more steps

LEAST = 4  # steps, below which outputs do not tell whether each step is right
COARSE = 60  # times the tolerance: what rounding leaves in a step where numbers have eight bits

Function = Callable[[np.ndarray], np.ndarray]


class Run(NamedTuple):
    """What was run and what came: x (T, B, m), h and out (T, B, n), h_0 and c_0 (B, n), ends (B,)."""

    x: np.ndarray
    h: np.ndarray
    out: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    ends: np.ndarray


def hard(slope: float) -> Function:
    """The hard sigmoid: slope z + 1/2, cut to [0, 1]."""
    return lambda z: np.clip(slope * z + 0.5, 0, 1)


def _same(z: np.ndarray) -> np.ndarray:
    return z


def _relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


GATES = {
    "sigmoid gates": equations.sigmoid,
    "hard_sigmoid gates of Keras 1 and 2": hard(0.2),
    "hard_sigmoid gates of Keras 3": hard(1 / 6),
}
CANDIDATES: dict[str, Function] = {"tanh": np.tanh, "relu": _relu, "no activation": _same}
ACTIVATIONS = {
    f"{a} and {b}": (GATES[a], CANDIDATES[b]) for a in GATES for b in CANDIDATES if (a[0], b) != ("s", "tanh")
}
"""What a layer may have in place of sigma and of tanh, the second both for the candidate and in (14)."""


def outputs(
    params: Params,
    x: np.ndarray,
    h_0: np.ndarray | None = None,
    c_0: np.ndarray | None = None,
    sigma: Function = equations.sigmoid,
    tanh: Function = np.tanh,
) -> np.ndarray:
    """h, (T, B, n), of the cell with these activations over x, (T, B, m), from h_0 and c_0, (B, n), or zero."""

    def step(p: Params, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> Step:
        i, f, o, g = (
            act(getattr(p, f"W_1{k}") @ x + getattr(p, f"W_2{k}") @ h + getattr(p, f"b_{k}"))
            for k, act in zip("ifog", (sigma, sigma, sigma, tanh), strict=True)
        )
        c = f * c + i * g
        return Step(i, f, o, g, c, o * tanh(c))

    states = [None if state is None else state.T for state in (h_0, c_0)]
    with np.errstate(over="ignore", invalid="ignore"):  # an activation without bound may leave the range: not this one
        return columns.run(columns.with_column_biases(params), x.swapaxes(1, 2), step, *states).h.swapaxes(1, 2)


def reordered(params: Params, order: Sequence[str]) -> Params:
    """`Params` in which the block of i is that of order[0], and so on for f, o, g."""
    return Params(*(getattr(params, name + k) for k in order for name in ("W_1", "W_2", "b_")))


def padding(params: Params, run: Run, limit: float) -> Iterator[str]:
    """Sequences that are right up to some step, after which out stands still, or that begin late."""
    T, B, _ = run.out.shape
    still = np.abs(np.diff(run.out, axis=0)).max(axis=2) == 0  # (T - 1, B): out^(t+1) is out^(t)
    after = np.array([T - 1 - int(np.argmin(np.r_[still[::-1, b], False])) for b in range(B)])  # last step that moved
    empty = np.abs(run.out[after, np.arange(B)]).max(axis=1) == 0  # what moved last was the fall to zero
    lengths = np.where(empty, after, after + 1)
    right = np.arange(T)[:, None] < lengths
    if (lengths < run.ends).any() and (lengths > 0).all():
        wrong = np.abs(run.h - run.out).max(axis=2)[right]
        if wrong.max() <= limit:
            yield f"It looks like padding, where out stands still: pass lengths={lengths.tolist()}."
    begins = np.abs(run.out).max(axis=2) > 0
    first = np.where(begins.any(axis=0), begins.argmax(axis=0), 0)
    if (first > 0).any():
        shifted = [outputs(params, run.x[k:, [b]])[:, 0] - run.out[k:, b] for b, k in enumerate(first[:SEQUENCES])]
        if max(np.abs(one).max() for one in shifted) <= limit:
            yield (
                f"It looks like padding before the sequences, which begin at steps {(first + 1).tolist()}: move each "
                "to the front in x, out and reads, and pass lengths."
            )


def one_step(params: Params, run: Run, limit: float) -> Iterator[str]:
    """Is each step right, seen from the outputs before it? Then the states were others, or rounding grew.

    out alone tells c: o^(t) needs h^(t-1), and c^(t) = artanh(h^(t) / o^(t)). Where that is flat it tells nothing.
    """
    T = len(run.x)
    if T < LEAST:
        return
    p, turned = columns.with_column_biases(params), run.out.swapaxes(1, 2)
    gates = [equations.gates(p, run.x[t].T, turned[t - 1]) for t in range(1, T)]
    i, f, o, g = (np.array(one) for one in zip(*gates, strict=True))
    slope = turned[1:] / o
    known = np.abs(slope) < 0.99
    if known[:-1].any(axis=1).mean() < 0.5:  # too few steps tell anything
        return
    c = np.arctanh(np.where(known, slope, 0))
    expected = o[1:] * np.tanh(f[1:] * c[:-1] + i[1:] * g[1:])
    left = np.where(known[:-1], np.abs(expected - turned[2:]), 0).max(axis=1)  # (T - 2, B): steps 3 to T
    left *= np.arange(2, T)[:, None] < run.ends
    steps = np.flatnonzero((left > COARSE * limit).any(axis=1)) + 3
    if left.max() <= limit and float(np.abs(run.h[0] - run.out[0]).max()) > limit:
        yield (
            "Each step is right, seen from the outputs before it, and the first differs: it looks like initial states "
            "that are not those of the module. Pass h_0 and c_0, those it started from."
        )
    elif left.max() <= limit:
        yield (
            "Each step is right, seen from the outputs before it, and so is the first: rounding has grown from step to "
            "step. Let the module run in float64 on the processor (module.double()) and pass what it gives then."
        )
    elif not len(steps):
        yield (
            "Each step is nearly right, seen from the outputs before it: it looks like coarser rounding, as TF32 and "
            "half precision have, or like weights of another moment of the training. Let the module run in float32 on "
            "the processor, with the weights as they are now."
        )
    elif len(steps) <= T // 4:
        begin = steps[np.diff(steps, prepend=0) > 1].tolist()  # the next is judged by what this one left
        yield (
            f"Each other step is right: it looks as if the states were set anew at steps {begin}: cut the sequences "
            "there and pass h_0 and c_0 of each piece."
        )
