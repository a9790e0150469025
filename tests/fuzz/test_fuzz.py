"""Spoiled calls of the library's doors: an answer that can be meant, or a refusal in words, and nothing else."""

import numpy as np
import pytest
from tests.fuzz.__main__ import run
from tests.fuzz.doors import Door, doors
from tests.fuzz.reasons import REASONS, public, reason
from tests.fuzz.spoil import Spoiled, fault


@pytest.mark.parametrize("name", doors())
def test_a_door_answers_what_is_right(name):
    door = doors()[name]
    argument = sorted(door.given)[0]
    assert fault(door, argument, Spoiled("as it is", door.given[argument], same=True)) is None


def test_a_door_refuses_in_words_what_cannot_be_meant_and_answers_the_rest():
    assert len(doors()) >= 110
    assert run(doors(), 3000, seed=7) == {}


def test_a_public_function_is_a_door_or_has_a_reason_why_not():
    found, opened = set(public()), doors().keys()
    assert len(found) > 200
    assert opened <= found
    assert {name for name in found - opened if reason(name) is None} == set()


def test_no_reason_speaks_of_what_is_not_there():
    without = {name for name in public() if name not in doors()}
    assert {key for key in REASONS if not any(f"{name}.".startswith(f"{key}.") for name in without)} == set()


def test_a_function_without_a_reason_is_seen():
    assert reason("cell.run") is None
    assert reason("bptt.swept") == REASONS["bptt.swept"]
    assert reason("recurrences.rwkv4.step") == REASONS["recurrences.rwkv4"]


def changes(x):
    x[0] = 7.0
    return x.sum()


def raises(x):
    raise ValueError("no")


@pytest.mark.parametrize(
    ("function", "spoiled", "said"),
    [
        (lambda x: 1.0, Spoiled("junk", None, wrong=True), None),
        (lambda x: np.nan, Spoiled("other", np.ones(2)), "a result that is not finite"),
        (lambda x: np.sum(x), Spoiled("masked", np.ones(3), wrong=True), "taken"),
        (lambda x: np.log(x), Spoiled("negative", -np.ones(2)), "RuntimeWarning: invalid value encountered in log"),
        (lambda x: x["a"], Spoiled("other", np.ones(2)), "IndexError"),
        (changes, Spoiled("other", np.ones(2)), "the caller's argument has changed"),
        (raises, Spoiled("other", np.ones(2)), "ValueError: no"),
        (raises, Spoiled("a list", [1.0, 1.0], same=True), "refused what is meant: no"),
        (lambda x: float(isinstance(x, list)), Spoiled("a list", [1.0, 1.0], same=True), "another result"),
    ],
)
def test_each_kind_of_fault_is_seen(function, spoiled, said):
    found = fault(Door(function, {"x": np.ones(2)}), "x", spoiled)
    assert found is None if said is None else said in found
