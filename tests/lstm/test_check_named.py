"""The check of a backward pass names what is wrong: the museum's errors, their pairs, errors of other hands."""

import importlib
import inspect
import random
from functools import cache
from itertools import combinations

import pytest
from tests.lstm.backward_passes import machine
from tests.lstm.backward_passes.mutants import SOURCES
from tests.lstm.backward_passes.mutants_in_one import MUTANTS
from tests.lstm.backward_passes.mutants_later import LATER

import lstm
from lstm.check import changed, errors

FUNCTIONS = {"rows": ("step_backward", "backward"), "joined": ("cell_backward", "backward")}


def text_of(base):
    return inspect.getsource(importlib.import_module(f"tests.lstm.backward_passes.{base}"))


@cache
def report(base, text):
    """The report on the layer of a source, called as the base is."""
    names = {"__name__": base}
    exec(compile(text, base, "exec"), names)
    if base == "module":
        return lstm.check(names["LSTM"])
    return lstm.check(names["backward"], names.get("forward"))


def exchanged(mutant):
    text = text_of(mutant.base)
    for right, wrong in mutant.changes:
        assert text.count(right) == 1, (mutant.name, right)
        text = text.replace(right, wrong)
    return text


def words_on(mutant):
    """What the report says, or the question that the check asks instead."""
    try:
        found = report(mutant.base, exchanged(mutant))
    except ValueError as asked:
        return f"asked: {asked}"
    assert not found.right, mutant.name
    return found.words


@pytest.mark.parametrize(("mutants", "least"), [(MUTANTS, 30), (LATER, 14)], ids=["before", "after"])
def test_nine_of_ten_wrong_passes_are_named_and_none_is_called_right(mutants, least, capsys):
    said = {mutant.name: words_on(mutant) for mutant in mutants}
    named = [mutant.name for mutant in mutants if all(word in said[mutant.name] for word in mutant.words)]
    with capsys.disabled():
        print(f"\n{len(named)} of {len(mutants)} wrong backward passes are named")
    assert len(named) >= least, set(said) - set(named)


def test_there_are_enough_of_them():
    assert len(MUTANTS) >= 15
    assert len(MUTANTS) + len(LATER) == 46
    assert 30 + 14 >= 0.9 * 46


def test_every_source_belongs_to_a_mutant():
    assert set(SOURCES) <= {mutant.name for mutant in MUTANTS}
    assert len(SOURCES) == 10


def test_what_a_machine_makes_wrong_is_seen_and_most_is_explained(capsys):
    """It knows no more of LSTMs than which names are alike. What does not run at all is refused."""
    explained, unexplained = [], []
    for base in ("rows", "joined", "module", "cell", "whole"):
        made = machine.mutants(text_of(base), FUNCTIONS.get(base, ("backward",)))
        for words, text in random.Random(1).sample(made, 12):
            try:
                found = report(base, text)
            except (ValueError, TypeError):
                continue
            assert not found.right, words
            wrong = {part.name for part in found.parts if not part.right}
            told = wrong <= {name for cause in found.causes for name in cause.parts}
            (explained if told else unexplained).append(f"{base}, {words}")
    with capsys.disabled():
        print(f"\n{len(explained)} of {len(explained + unexplained)} passes that a machine made wrong are explained")
    assert len(explained) >= 40
    assert len(unexplained) <= 0.2 * len(explained), unexplained


def layer(*chosen):
    text = None
    for error in chosen:
        text = changed.source(error.name, error.changes, text)
    return changed.build(text or changed.right(), "a layer")


@pytest.mark.parametrize("error", errors.EXHIBITS, ids=lambda error: error.name)
def test_each_of_the_museum_is_named(error):
    found = lstm.check(layer(error))
    assert found.causes[0].errors == (error.name,)
    assert error.title in str(found)
    assert "+ " in found.causes[0].lines


def combine():
    for pair in combinations(errors.EXHIBITS, 2):
        try:
            layer(*pair)
        except ValueError:  # they change the same words
            continue
        yield pair


def test_of_the_pairs_of_the_museum_a_sample_is_named():
    pairs = list(combine())
    assert len(pairs) == 99
    other_words = {("mean_over_batch", "reversed_inputs"), ("swapped_gates", "reversed_inputs")}
    for pair in random.Random(0).sample(pairs, 10):
        found, names = lstm.check(layer(*pair)), tuple(error.name for error in pair)
        if names in other_words:  # by what was done to right parts, as precise
            assert len(found.causes) >= 2
        else:
            assert all(error.title.lower() in found.words.lower() for error in pair), names
    (first,) = [
        cause
        for cause in lstm.check(layer(errors.MUSEUM["mean_over_batch"], errors.MUSEUM["reversed_inputs"])).causes
        if "mean" in cause.words
    ]
    assert first.parts == ("b_i", "b_f", "b_o", "b_g")


def test_of_several_errors_at_once_those_of_one_step_are_named():
    """Three slopes wrong, and nothing goes back in time: no two known errors give these numbers."""
    text = text_of("whole")
    for right, wrong in (
        ("g[t] * i[t] * (1 - i[t])", "g[t] * i[t]"),
        ("c[t] * f[t] * (1 - f[t])", "c[t] * (1 - f[t])"),
        ("i[t] * (1 - g[t] ** 2)", "i[t] * (1 - g[t])"),
        ("dht = dh[t] + dh_next", "dht = dh[t]"),
    ):
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    names = {}
    exec(text, names)
    with pytest.raises(ValueError, match=r"name yours: .*gates='gifo'"):
        lstm.check(names["backward"])
    said = lstm.check(names["backward"], gates="gifo").words
    for words in (
        "delta of the input gate the factor 1 - i",
        "delta of the forget gate the factor f",
        "candidate the square",
    ):
        assert words in said
    assert "For one step alone: " in said
