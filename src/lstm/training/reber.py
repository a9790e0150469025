"""The embedded Reber grammar as a task: predict the next symbol of strings that a small automaton writes.

Hochreiter and Schmidhuber (1997), "Long Short-Term Memory", Neural Computation 9(8), Experiment 1. A Reber string
follows REBER from its first node to its end; where there are two ways, each has probability 1/2. An embedded one
is B T (Reber string) T E or B P (Reber string) P E: whoever predicts the last symbol but one must remember the second.
The paper shows the grammar as a picture, which its text does not hold: the edges are those of
https://cnl.salk.edu/~schraudo/teach/NNcourse/reber.html, and they accept the sample strings given there.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm import checks
from lstm.training import tasks
from lstm.training.tasks import Batch

SYMBOLS = "BTPSXVE"
REBER = [{"B": 1}, {"T": 2, "P": 3}, {"S": 2, "X": 4}, {"T": 3, "V": 5}, {"X": 3, "S": 6}, {"P": 4, "V": 6}, {"E": 7}]


def _embed() -> np.ndarray:
    """AFTER[node, symbol], (20, 8): the node reached from `node`, -1 where the symbol is not legal there.

    0 is the start, END the end; 2 to 9 and 10 to 17 are two copies of the Reber grammar, between T, T and P, P.
    Symbol NONE stands past the end of a string.
    """
    edges = {0: {"B": 1}, 1: {"T": 2, "P": 10}, 9: {"T": 18}, 17: {"P": 18}, 18: {"E": END}}
    for start in (2, 10):
        edges |= {start + k: {s: start + to for s, to in ways.items()} for k, ways in enumerate(REBER)}
    after = np.full((END + 1, NONE + 1), -1)
    after[END, NONE] = END
    for node, ways in edges.items():
        for symbol, to in ways.items():
            after[node, SYMBOLS.index(symbol)] = to
    return after


END, NONE = 19, len(SYMBOLS)
AFTER = _embed()
# The two symbols among which a coin decides at each node: twice the same where there is one way only.
CHOICES = np.array([ways.nonzero()[0][[0, -1]] for ways in AFTER >= 0])


def embedded_reber(batch: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Iterator[Batch]:
    """Embedded Reber strings: yield `Batch`es for ever, m = k = 7, symbols one-hot in the order of `SYMBOLS`.

    A string of L symbols, L >= 9, is a sequence of L - 1 steps: x at step t is symbol t, y is symbol t + 1, read at
    every step. T is the longest sequence of the batch. Strings are drawn anew for ever, as often as the coin has
    it; the paper trains on 256 of them, drawn beforehand. `legal_next` and `solved` are for judging.

    `batch` sequences, drawn with the np.random.Generator `rng`, as `dtype` float32 or float64.
    Raises TypeError or ValueError that names the argument, at the call.
    """
    return tasks.forever(_draw, *tasks.check_draw(batch, rng, dtype))


def legal_next(batch: Batch) -> np.ndarray:
    """Which symbols may follow at each step of a `Batch` of embedded Reber strings: bool, (T, B, 7).

    One or two are True at each step, none past the end. Raises TypeError or ValueError for anything but such strings,
    one-hot; they may be unfinished.
    """
    return AFTER[_nodes(batch), :NONE] >= 0


def solved(batch: Batch, outputs: ArrayLike) -> np.ndarray:
    """Whether each string of a `Batch` is predicted correctly: bool, (B,), from outputs of shape (T, B, 7).

    The criterion of 1997: at every step all legal symbols have larger outputs than all others. Raises TypeError or
    ValueError as `legal_next`, and for outputs of another shape.
    """
    legal = legal_next(batch)
    outputs = checks.array("outputs", outputs, legal.shape)
    least, most = np.where(legal, outputs, np.inf).min(axis=2), np.where(legal, -np.inf, outputs).max(axis=2)
    return (least > most).all(axis=0)  # past the end nothing is legal: least is infinite


def _draw(B: int, rng: np.random.Generator, dtype: DTypeLike) -> Batch:
    """B strings at once, one symbol of each at a time."""
    node, symbols = np.zeros(B, int), []
    while (node != END).any():
        symbols.append(CHOICES[node, rng.integers(2, size=B)])
        node = AFTER[node, symbols[-1]]
    lengths = np.not_equal(symbols, NONE).sum(axis=0) - 1  # the last symbol is only predicted
    one_hot = np.eye(NONE + 1, NONE, dtype=dtype)[np.array(symbols)]
    read = (np.arange(len(symbols) - 1)[:, None] < lengths).astype(dtype)
    return Batch(one_hot[:-1] * read[..., None], one_hot[1:], read, lengths)


def _nodes(batch: Batch) -> np.ndarray:
    """The node of the automaton after each step, (T, B); END past the end of a string."""
    checks.tuple_of("batch", batch, Batch)
    x = checks.array("batch.x", batch.x, (None, None, len(SYMBOLS)))
    T, B, _ = x.shape
    lengths = checks.array("batch.lengths", batch.lengths, (B,))
    inside = np.arange(T)[:, None] < lengths
    if not (np.isin(x, (0, 1)).all() and np.array_equal(x.sum(axis=2), inside)):
        raise ValueError("batch.x: expected one 1 among zeros at each step up to its length, zeros past it, got others")
    nodes, node = np.full((T, B), END), np.zeros(B, int)
    for t, symbol in enumerate(x.argmax(axis=2)):
        node = np.where(inside[t], AFTER[node, symbol], END)
        if (node < 0).any():
            k = int((node < 0).argmax())
            raise ValueError(f"batch.x: expected embedded Reber strings, got {SYMBOLS[symbol[k]]} at [{t}, {k}]")
        nodes[t] = node
    return nodes
