"""When a run of 1997 stops, by the rules of its paper, and the sequences that it is fed with: a `Data` for each run."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from companion.shared.trials import IN_A_ROW, Errors, in_a_row, largest_error
from lstm.training import reber, tasks, tasks_1997
from lstm.training.tasks import Batch

NEARLY = 140  # wrong ones of these, when a task counts as nearly done
EVERY = 500  # ours: sequences between two looks at a test set, where the rule asks for one; the paper does not say
TEST = 256  # sequences of such a test set
ACCEPTED, MISTAKEN = 0.015, 0.1  # 3c: mean difference to the expected target, and the largest of one sequence

Outputs = Callable[[Batch], np.ndarray]  # the network as it is now: (T, B, k) for a `Batch`
Draw = Callable[[np.random.Generator, int], Iterator[Batch]]
Begin = Callable[[np.random.Generator, int], "Data"]


class Data(NamedTuple):
    """What a run is fed with, and how it is judged.

    batches  `Batch`es for ever
    stop     stop(errors, outputs): is the rule met?
    wrong    wrong(batch, y): which sequences of a batch are processed wrongly, (B,)
    fresh    fresh(rng, B): `Batch`es of B sequences for the test after the run
    correct  error below which one training sequence counts as correct; None where the rule does not look at them
    """

    batches: Iterator[Batch]
    stop: Callable[[Errors, Outputs], bool]
    wrong: Callable[[Batch, np.ndarray], np.ndarray]
    fresh: Draw
    correct: float | None = None


def streak(draw: Draw, rng: np.random.Generator, batch: int, *, correct: float, mean: float) -> Data:
    """ST3: the 2000 most recent sequences all have errors below `correct`, and a mean error below `mean`."""

    def stop(errors: Errors, outputs: Outputs) -> bool:
        return in_a_row(errors, correct=correct, mean=mean)

    return Data(draw(rng, batch), stop, lambda some, y: _error(some, y) >= correct, draw, correct)


def few_wrong(draw: Draw, rng: np.random.Generator, batch: int, *, correct: float, most: int) -> Data:
    """Experiment 5: fewer than `most` of the 2000 most recent sequences have an error above `correct`."""

    def stop(errors: Errors, outputs: Outputs) -> bool:
        last = errors[-IN_A_ROW:]
        return bool(len(last) == IN_A_ROW and (last > correct).sum() < most)

    return Data(draw(rng, batch), stop, lambda some, y: _error(some, y) > correct, draw, correct)


def nearly(errors: Errors, correct: float) -> int | None:
    """Sequences until fewer than 140 of the 2000 most recent had an error above `correct`; None if never.

    The first of the two rules of Experiment 5: enough to have stored what matters, not to be precise.
    """
    if len(errors) < IN_A_ROW:
        return None
    total = np.concatenate([[0], np.cumsum(errors > correct)])
    few = total[IN_A_ROW:] - total[:-IN_A_ROW] < NEARLY
    return int(few.argmax()) + IN_A_ROW if few.any() else None


def two_classes(rng: np.random.Generator, batch: int) -> Data:
    """Experiment 3c, T = 100, N = 3: none of 256 test sequences is off by more than 0.1, the mean by 0.015 at most.

    Both are differences to the target without noise. The test set is drawn once for a run.
    """

    def draw(rng: np.random.Generator, batch: int) -> Iterator[Batch]:
        return tasks_1997.two_sequences(100, batch, rng=rng, dtype=float)

    test = next(draw(rng, TEST))

    def off(some: Batch, y: np.ndarray) -> np.ndarray:
        return largest_error(y, tasks_1997.expected(some), some.read)

    def done(outputs: Outputs) -> bool:
        found = off(test, outputs(test))
        return bool(found.max() <= MISTAKEN and found.mean() < ACCEPTED)

    return Data(draw(rng, batch), _now_and_then(done), lambda some, y: off(some, y) > MISTAKEN, draw)


def reber_strings(rng: np.random.Generator, batch: int) -> Data:
    """Experiment 1: 256 training strings, picked at random, and 256 others; stop when all 512 are predicted."""

    def draw(rng: np.random.Generator, batch: int) -> Iterator[Batch]:
        return reber.embedded_reber(batch, rng=rng, dtype=float)

    training = next(draw(rng, TEST))
    test = _others(training, rng)

    def done(outputs: Outputs) -> bool:
        return bool(all(reber.solved(some, outputs(some)).all() for some in (training, test)))

    def picked() -> Iterator[Batch]:
        while True:
            some = rng.integers(TEST, size=batch)
            yield tasks.some(training, some)

    return Data(picked(), _now_and_then(done), lambda some, y: ~reber.solved(some, y), draw)


def _error(batch: Batch, y: np.ndarray) -> np.ndarray:
    return largest_error(y, batch.y, batch.read)


def _now_and_then(done: Callable[[Outputs], bool]) -> Callable[[Errors, Outputs], bool]:
    """`done`, asked once in every `EVERY` sequences."""
    asked = [0]

    def stop(errors: Errors, outputs: Outputs) -> bool:
        if len(errors) // EVERY == asked[0]:
            return False
        asked[0] = len(errors) // EVERY
        return done(outputs)

    return stop


def _others(training: Batch, rng: np.random.Generator) -> Batch:
    """256 strings that are not among those of `training`."""
    known = set(_written(training))
    many = next(reber.embedded_reber(16 * TEST, rng=rng, dtype=float))
    new = np.flatnonzero([word not in known for word in _written(many)])
    if len(new) < TEST:  # among 4096 strings there are far more; a test counts them
        raise ValueError(f"rng: expected at least {TEST} strings that are not among the training strings")
    return tasks.some(many, new[:TEST])


def _written(batch: Batch) -> list[str]:
    """Each string of a batch but its last symbol, which is always E."""
    symbols = batch.x.argmax(axis=2).T
    return ["".join(reber.SYMBOLS[k] for k in row[:length]) for row, length in zip(symbols, batch.lengths, strict=True)]
