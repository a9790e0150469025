"""The tasks' rules, one by one: markers, ranges, targets, lengths, class balance. Reber strings: test_reber.py."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm.training import reber, tasks

SEEDS, FLOATS = st.integers(0, 2**32 - 1), st.sampled_from([np.float32, np.float64])
TASKS = {
    "adding": lambda batch, **given: tasks.adding(30, batch, **given),
    "adding_1997": lambda batch, **given: tasks.adding_1997(30, batch, **given),
    "temporal_order": lambda batch, **given: tasks.temporal_order(30, batch, **given),
    "embedded_reber": reber.embedded_reber,
}
ALL = pytest.mark.parametrize("task", TASKS.values(), ids=list(TASKS))


def draw(task, *arguments, seed=0, **given):
    return next(task(*arguments, rng=np.random.default_rng(seed), **given))


def at_end(batch):
    """Targets (B, k) at the last step of each sequence."""
    return batch.y[batch.lengths - 1, np.arange(len(batch.lengths))]


def positions(flags):
    """For flags (T, B) with two True in each column: the two rows, (2, B), counted from 0."""
    assert np.all(flags.sum(axis=0) == 2)
    return np.array([np.flatnonzero(column) for column in flags.T]).T


def is_even(values, low, high):
    """Whether whole numbers are uniform on low, ..., high: each as often as the rest, to five standard errors."""
    counts, n = np.bincount(values, minlength=high + 1), high - low + 1
    spread = 5 * np.sqrt(len(values) / n * (1 - 1 / n)) if n > 1 else 0
    return counts[low:].sum() == len(values) and np.abs(counts[low:] - len(values) / n).max() <= spread


@ALL
@settings(max_examples=10)
@given(SEEDS, FLOATS, st.integers(1, 9))
def test_a_batch_has_its_shapes_and_types_and_nothing_past_the_end(task, seed, dtype, B):
    for x, y, read, lengths in [draw(task, B, seed=seed, dtype=dtype)]:
        T = len(x)
        assert x.shape[:2] == y.shape[:2] == read.shape == (T, B)
        assert {x.dtype, y.dtype, read.dtype} == {np.dtype(dtype)}
        assert lengths.shape == (B,)
        assert 1 <= lengths.min() <= lengths.max() <= T
        past = np.arange(T)[:, None] >= lengths
        assert not np.concatenate([x[past].ravel(), y[past].ravel(), read[past], y[read == 0].ravel()]).any()
        assert np.isin(read, (0, 1)).all()
        assert read[lengths - 1, np.arange(B)].all()


@ALL
def test_the_same_seed_gives_the_same_batches_and_the_next_batch_is_another(task):
    one, same = (task(4, rng=np.random.default_rng(5), dtype=float) for _ in range(2))
    rounded = task(4, rng=np.random.default_rng(5))
    batches = [next(one) for _ in range(3)]
    for first, again, single in zip(batches, same, rounded, strict=False):
        for a, b, c in zip(first, again, single, strict=True):
            assert np.array_equal(a, b)
            assert np.array_equal(a.astype(c.dtype), c)
    assert not any(np.array_equal(a.x, b.x) for a, b in pairwise(batches))


@pytest.mark.parametrize("T", [2, 7, 100])
def test_adding_marks_one_number_in_each_half_and_reads_their_sum_at_the_last_step(T):
    x, _, read, lengths = batch = draw(tasks.adding, T, 4000, dtype=float)
    numbers, marks = x[..., 0], x[..., 1]
    assert np.isin(marks, (0, 1)).all()
    first, second = positions(marks == 1)
    assert is_even(first, 0, T // 2 - 1)
    assert is_even(second, T // 2, T - 1)
    np.testing.assert_allclose(at_end(batch)[:, 0], (numbers * marks).sum(axis=0), rtol=1e-14)
    assert np.all(lengths == T)
    assert not read[:-1].any()
    assert 0 <= numbers.min() < 0.01 < 0.99 < numbers.max() <= 1
    assert is_even((numbers.ravel() * 10).astype(int), 0, 9)


def test_the_mean_predictor_gives_a_sixth_and_in_1997_a_twenty_fourth_but_for_the_hidden_pairs():
    hidden = 0.1 + 0.9 / 49
    for task, mean, error in [(tasks.adding, 1, 1 / 6), (tasks.adding_1997, 0.5, (2 - hidden) / 48)]:
        y = at_end(draw(task, 100, 20000))
        assert y.mean() == pytest.approx(mean, abs=0.01)
        assert np.mean((y - mean) ** 2) == pytest.approx(error, rel=0.04)


@pytest.mark.parametrize("T", [20, 33, 100])
def test_adding_1997_follows_every_rule_of_the_protocol(T):
    x, _, read, lengths = batch = draw(tasks.adding_1997, T, 6000, dtype=float)
    each, numbers, marks = np.arange(6000), x[..., 0], x[..., 1]
    assert len(x) == T + T // 10
    assert is_even(lengths, T, T + T // 10)
    assert np.all(marks[0] == -1)
    assert np.all(marks[lengths - 1, each] == -1)
    assert np.all((marks == -1).sum(axis=0) == 2)
    assert np.isin(marks, (-1, 0, 1)).all()
    np.testing.assert_allclose(at_end(batch)[:, 0], 0.5 + (numbers * (marks == 1)).sum(axis=0) / 4, rtol=1e-14)
    assert np.all(read.sum(axis=0) == 1)
    hidden = (marks == 1).sum(axis=0) == 1  # the first pair was marked: its number is 0, its marker stays -1
    assert np.all((marks == 1).sum(axis=0) == 2 - hidden)
    assert np.array_equal(hidden, numbers[0] == 0)
    assert hidden.mean() == pytest.approx(0.1 + 0.9 / (T // 2 - 1), abs=0.025)
    early, late = positions((marks == 1)[:, ~hidden])
    assert early.max() <= 9  # the mark that was drawn among the first ten pairs, or an earlier one
    assert late.max() == T // 2 - 1  # step T/2
    assert is_even(late[late > 9], 10, T // 2 - 1) if T > 20 else late.max() == 9
    values = numbers[np.arange(len(x))[:, None] < lengths]
    assert -1 <= values.min() < -0.99 < 0.99 < values.max() <= 1
    assert is_even(((values[values != 0] + 1) * 5).astype(int), 0, 9)


@pytest.mark.parametrize("T", [20, 33, 100])
def test_temporal_order_has_its_symbols_in_their_places_and_the_class_they_spell(T):
    x, _, read, lengths = batch = draw(tasks.temporal_order, T, 4000)
    inside = np.arange(len(x))[:, None] < lengths
    assert np.array_equal(x.sum(axis=2), inside)
    assert np.isin(x, (0, 1)).all()
    assert is_even(lengths, T, T + T // 10)
    letters = np.where(inside, np.array(list("EBabcdXY"))[x.argmax(axis=2)], "-")
    strings = ["".join(column).rstrip("-") for column in letters.T]
    assert all(re.fullmatch("E[abcd]*[XY][abcd]*[XY][abcd]*B", string) for string in strings)
    t1, t2 = positions(np.isin(letters, ("X", "Y"))) + 1
    assert is_even(t1, T // 10, T // 5)
    assert is_even(t2, T // 2, 3 * T // 5)
    spelt = ["".join(re.findall("[XY]", string)) for string in strings]
    assert np.array_equal(at_end(batch), np.eye(4)[[("XX", "XY", "YX", "YY").index(pair) for pair in spelt]])
    assert is_even(at_end(batch).argmax(axis=1), 0, 3)
    assert is_even(["abcd".index(a) for a in re.sub("[EBXY]", "", "".join(strings))], 0, 3)
    assert np.all(read.sum(axis=0) == 1)


RNG = np.random.default_rng(0)
BAD = [
    ("T", ValueError, lambda: tasks.adding(1, 4, rng=RNG)),
    ("T", ValueError, lambda: tasks.adding_1997(19, 4, rng=RNG)),
    ("T", ValueError, lambda: tasks.temporal_order(19, 4, rng=RNG)),
    ("T", TypeError, lambda: tasks.adding(10.0, 4, rng=RNG)),
    *[("batch", ValueError, lambda task=task: task(0, rng=RNG)) for task in TASKS.values()],
    *[("rng", TypeError, lambda task=task: task(4, rng=0)) for task in TASKS.values()],
    *[("dtype", TypeError, lambda task=task: task(4, rng=RNG, dtype="f2")) for task in TASKS.values()],
    ("dtype", TypeError, lambda: tasks.adding(10, 4, rng=RNG, dtype=None)),
]


@pytest.mark.parametrize(("name", "error", "call"), BAD, ids=[f"{k}-{row[0]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name_at_the_call(name, error, call):
    with pytest.raises(error, match=f"^{name}:"):
        call()
