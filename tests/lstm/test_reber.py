"""Embedded Reber strings: legal by a checker of its own, as frequent as they should be, and how they are judged."""

import re
from collections import Counter

import numpy as np
import pytest

from lstm.training import reber, tasks


def draw(B):
    return next(reber.embedded_reber(B, rng=np.random.default_rng(0)))


INNER = "B(?:TS*X(?:S|X{rest})|P{rest})E".format(rest="(?:T*V(?:PXT*V)*(?:V|PS))")
LEGAL = re.compile(f"B(?:T{INNER}T|P{INNER}P)E")


def strings(batch):
    """What the inputs spell, with the last target after them: (whole strings, targets spelt)."""
    x, y = (np.array(list("BTPSXVE"))[array.argmax(axis=2)].T for array in (batch.x, batch.y))
    return [("".join(x[k, :L]) + y[k, L - 1], "".join(y[k, :L])) for k, L in enumerate(batch.lengths)]


REBER = draw(8000)


def test_every_reber_string_is_legal_and_each_target_is_the_next_symbol():
    for string, targets in strings(REBER):
        assert LEGAL.fullmatch(string)
        assert targets == string[1:]
    assert np.array_equal(REBER.x.sum(axis=2), REBER.read)
    assert np.array_equal(REBER.y.sum(axis=2), REBER.read)
    assert REBER.lengths.max() == len(REBER.x)


def test_the_checker_of_strings_knows_right_from_wrong():
    """The samples of https://cnl.salk.edu/~schraudo/teach/NNcourse/reber.html, and embedded ones."""
    right = ["BTSSXXTVVE", "BPVVE", "BTXXVPSE", "BPVPXVPXVPXVVE", "BTSXXVPSE"]
    wrong = ["BTSSPXSE", "BPTVVB", "BTXXVVSE", "BPVSPSE", "BTSSSE"]
    for first, last in ["TT", "PP", "TP", "PT"]:
        assert all(bool(LEGAL.fullmatch(f"B{first}{s}{last}E")) == (first == last) for s in right)
        assert not any(LEGAL.fullmatch(f"B{first}{s}{last}E") for s in wrong)


def test_reber_strings_come_as_often_as_their_coins_say():
    counts = Counter(string for string, _ in strings(REBER))
    odds = {"BTBTXSETE": 4, "BPBTXSEPE": 4, "BTBPVVETE": 4, "BPBPVVEPE": 4, "BTBTSXSETE": 5, "BPBPVPSEPE": 5}
    for string, coins in odds.items():
        p = 0.5**coins
        assert abs(counts[string] / 8000 - p) < 5 * np.sqrt(p * (1 - p) / 8000)
    assert sum(counts[s] for s in counts if len(s) == 9) == sum(counts[s] for s in list(odds)[:4])


def test_the_legal_symbols_are_those_that_were_seen_to_follow():
    seen = {}
    for string, _ in strings(REBER):
        for t in range(1, len(string)):
            seen.setdefault(string[:t], Counter())[string[t]] += 1
    legal, compared = reber.legal_next(REBER), 0
    for k, (string, _) in enumerate(strings(REBER)):
        for t in range(1, len(string)):
            if seen[string[:t]].total() >= 30:
                assert {"BTPSXVE"[s] for s in np.flatnonzero(legal[t - 1, k])} == set(seen[string[:t]])
                compared += 1
    assert compared > 50000
    assert np.array_equal(legal.any(axis=2), REBER.read == 1)
    assert legal[REBER.y == 1].all()


def test_a_string_is_solved_if_all_legal_symbols_and_no_others_have_the_largest_outputs():
    batch = draw(50)
    legal, each = reber.legal_next(batch), np.arange(50)
    outputs = np.where(legal, 0.2, 0.1)
    assert reber.solved(batch, outputs).all()
    assert reber.solved(batch, outputs + (batch.read == 0)[..., None] * np.arange(7)).all()
    assert not reber.solved(batch, batch.y).any()  # somewhere two symbols are legal, and only one has a 1
    tie = outputs.copy()
    tie[0, ::2, 6] = 0.2
    assert np.array_equal(reber.solved(batch, tie), each % 2 == 1)
    forgets = outputs.copy()  # answers T before the last E, whatever came second
    forgets[batch.lengths - 2, each] = np.eye(7)[1]
    assert np.array_equal(reber.solved(batch, forgets), batch.x[1, :, 1] == 1)


RNG = np.random.default_rng(0)
TOO_EARLY = REBER._replace(lengths=REBER.lengths - 1)
SWAPPED = REBER._replace(x=REBER.x[..., [0, 2, 1, 3, 4, 5, 6]])  # B P B P X ...: T and P lead to other ways
MIXED = (REBER.x + REBER.x[..., ::-1]) / 2
BAD = [
    ("batch", TypeError, lambda: reber.legal_next(REBER.x)),
    ("batch.x", ValueError, lambda: reber.legal_next(next(tasks.adding(10, 4, rng=RNG)))),
    ("batch.x: expected one 1 among zeros", ValueError, lambda: reber.legal_next(TOO_EARLY)),
    ("batch.x: expected one 1", ValueError, lambda: reber.legal_next(REBER._replace(x=REBER.x / 2))),
    ("batch.x: expected one 1", ValueError, lambda: reber.legal_next(REBER._replace(x=MIXED))),
    ("batch.x: expected embedded Reber strings, got S at .4, 0", ValueError, lambda: reber.legal_next(SWAPPED)),
    ("batch.lengths", ValueError, lambda: reber.legal_next(REBER._replace(lengths=REBER.lengths[1:]))),
    ("outputs", ValueError, lambda: reber.solved(REBER, REBER.y[:-1])),
]


@pytest.mark.parametrize(("words", "error", "call"), BAD, ids=[f"{k}-{row[0][:7]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(words, error, call):
    with pytest.raises(error, match=f"^{words}"):
        call()
