"""Backward passes with one thing done to their results, and what the check says of each.

python -m tests.lstm.check_said writes check_said.txt, which a person then reads.
"""

import functools
from pathlib import Path

import numpy as np
from tests.lstm.backward_passes import rows
from tests.lstm.backward_passes.habits import habit

import lstm

SAID = Path(__file__).with_suffix(".txt")
PLACES = {"W": 0, "U": 1, "b": 2, "x": 3, "h_0": 4, "c_0": 5}  # in what whole.backward returns


def changed(**changes):
    """`whole.backward`, with its results after these functions: place -> (result, all results, T) -> result."""

    def after(given, right):
        results, T = list(right), len(given[3])
        for name, change in changes.items():
            results[PLACES[name]] = change(right[PLACES[name]], right, T)
        return tuple(results)

    return habit(after=after)


def gates(order):
    """The four blocks of a result in another order."""
    return lambda one, *_: np.concatenate([np.split(one, 4)[k] for k in order])


def one_gate(k, change):
    """One of the four blocks changed."""

    def other(one, *_):
        blocks = np.split(one, 4)
        blocks[k] = change(blocks[k])
        return np.concatenate(blocks)

    return other


def only(*kept):
    """What is not of these steps is zero."""
    return lambda one, *_: np.where(np.isin(np.arange(len(one)), kept)[:, None], one, 0)


def times(factor):
    return lambda one, *_: factor * one


def joined(*changes):
    return lambda one, *rest: functools.reduce(lambda now, change: change(now, *rest), changes, one)


CASES = {
    "right": {},
    "b zero": {"b": times(0)},
    "b of one gate zero": {"b": one_gate(1, np.zeros_like)},
    "U transposed, gate by gate": {"U": joined(*(one_gate(k, np.transpose) for k in range(4)))},
    "U of one gate transposed": {"U": one_gate(3, np.transpose)},
    "W with two gates exchanged": {"W": gates([1, 0, 2, 3])},
    "U with two gates exchanged": {"U": gates([0, 2, 1, 3])},
    "b with two gates exchanged": {"b": gates([0, 1, 3, 2])},
    "h_0 and c_0 exchanged": {"h_0": lambda _, all_, T: all_[5], "c_0": lambda _, all_, T: all_[4]},
    "c_0 that of h_0": {"c_0": lambda _, all_, T: all_[4]},
    "x reversed": {"x": lambda one, *_: one[::-1]},
    "x of the last step alone": {"x": only(3)},
    "x of the first and the third step": {"x": only(0, 2)},
    "x with another sign": {"x": times(-1)},
    "x twice": {"x": times(2)},
    "x half": {"x": times(0.5)},
    "b over T": {"b": lambda one, all_, T: one / T},
    "b times T": {"b": lambda one, all_, T: one * T},
    "b times three": {"b": times(3)},
    "W and x twice": {"W": times(2), "x": times(2)},
    "b a little off": {"b": times(1 + 1e-7)},
    "b off by rounding": {"b": times(1 + 1e-9)},
    "x wrong in one entry": {"x": lambda one, *_: one + 0.1 * (np.arange(one.size).reshape(one.shape) == 1)},
    "x wrong, W zero": {"x": lambda one, *_: np.cos(one), "W": times(0)},
    "in float32": {name: lambda one, *_: one.astype(np.float32) for name in PLACES},
    "all wrong": {name: lambda one, *_: np.cos(one) for name in PLACES},
}
BATCHED = {
    "mean over the batch": lambda one, B, T: one / B,
    "times the batch": lambda one, B, T: one * B,
    "mean over batch and steps": lambda one, B, T: one / (T * B),
    "mean over the steps": lambda one, B, T: one / T,
}


def batched(change):
    """`rows.backward` with what it returns first, changed."""

    def backward(dh, cache):
        first, *others = rows.backward(dh, cache)
        return (change(first, *dh.shape[:2]), *others)

    return backward


def reports():
    """{case: a function that makes its report}."""
    known = {"gates": "gifo", "layout": "Tm"}
    alone = {name: functools.partial(lstm.check, changed(**one), **known) for name, one in CASES.items()}
    many = {name: functools.partial(lstm.check, batched(one), rows.forward) for name, one in BATCHED.items()}
    return alone | many


def text(name):
    """A case with its report."""
    return f"[{name}]\n{reports()[name]()}\n"


if __name__ == "__main__":
    SAID.write_text("".join(map(text, reports())), encoding="utf-8", newline="\n")
