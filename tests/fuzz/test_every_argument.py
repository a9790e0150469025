"""Each argument of each door in its turn, and each field of it: what is no number is refused under its own name."""

import re

import numpy as np
import pytest
from tests.fuzz.doors import doors
from tests.fuzz.spoil import Spoiled, Thing, called, fault

DOORS = doors()
UNUSED = {("variants.flow.products_of_direct", "params")}  # taken as the other functions take it, and not looked at
OTHER = {"target": "batch.y", "read": "batch.read"}  # the losses check what came as fields of a batch
FIELDS = [
    (name, one)
    for name, door in DOORS.items()
    for one, value in door.given.items()
    if hasattr(value, "_fields") and not any(map(callable, value))  # what describes a cell is not the caller's
]


def first_words(door, argument, value):
    """What the refusal of a value begins with, up to its colon; None where the value is taken."""
    try:
        called(door, door.given | {argument: value})
    except (TypeError, ValueError) as error:
        return str(error).partition(":")[0]
    return None


@pytest.mark.parametrize("name", DOORS)
def test_the_refusal_of_a_thing_begins_with_the_name_of_the_argument(name):
    door = DOORS[name]
    said = {one: first_words(door, one, Thing()) for one in door.given if (name, one) not in UNUSED}
    assert {one: words for one, words in said.items() if words not in (one, OTHER.get(one), *door.also)} == {}


@pytest.mark.parametrize(("name", "argument"), FIELDS)
def test_the_refusal_of_a_thing_in_a_field_begins_with_the_name_of_the_field(name, argument):
    door = DOORS[name]
    value = door.given[argument]
    for field in value._fields:
        words = first_words(door, argument, value._replace(**{field: Thing()}))
        assert words is None or re.fullmatch(rf"({argument}\.)?{field}", words), words


@pytest.mark.parametrize("name", DOORS)
def test_a_number_that_is_too_large_gives_a_finite_result_or_a_refusal_in_words(name):
    door = DOORS[name]
    for argument, value in door.given.items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            for factor in (1e300, -1e200, 1e155):
                assert fault(door, argument, Spoiled("huge", value * factor, huge=True)) is None
        if hasattr(value, "_fields"):
            for field, one in value._asdict().items():
                if isinstance(one, np.ndarray):
                    spoiled = Spoiled("huge", value._replace(**{field: one * 1e300}), huge=True)
                    assert fault(door, argument, spoiled) is None, field
