"""Statements: what carries one, what does not, and that the words follow the kind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from companion.notebook.statements import Statement, Unsupported, always, can, interval, measured, usually

TWENTY = np.ones(20, bool)
ONE_FALSE = np.arange(20) > 0


def test_always_is_true_in_every_draw_and_says_where_it_is_derived():
    found = always("The terms always sum to the total.", TWENTY, derived="eq-15", of="cells")
    assert repr(found) == "always: derived at #eq-15, and so in 20 of 20 cells"
    with pytest.raises(Unsupported, match="fails in 1 of 20 cells"):
        always("The terms always sum to the total.", ONE_FALSE, derived="eq-15", of="cells")
    with pytest.raises(ValueError, match="derived: expected the label of a section or an equation on the page, got ''"):
        always("The terms always sum to the total.", TWENTY, derived="")


def test_usually_is_true_in_more_than_half_of_what_the_draws_stand_for():
    found = usually("The product is usually too small.", np.arange(200) < 187, of="cells")
    assert repr(found) == "usually: 187 of 200 cells (.89 to .96)"
    assert repr(usually("It usually is.", np.arange(20) < 15)) == "usually: 15 of 20 draws (.53 to .89)"
    with pytest.raises(Unsupported, match=r"is not usual: 14 of 20 draws \(.48 to .85\)"):
        usually("It usually is.", np.arange(20) < 14)


def test_can_is_true_of_an_example_and_says_how_many_draws_are_like_it():
    found = can("The sum can vanish.", True, "f = .9, w = -1.6", among=np.arange(20) < 4)
    assert repr(found) == "can: f = .9, w = -1.6; so in 4 of 20 draws"
    with pytest.raises(Unsupported, match=r"does not hold of f = \.9"):
        can("The sum can vanish.", False, "f = .9", among=TWENTY)


def test_measured_is_true_of_all_that_was_measured_and_prints_their_number_and_spread():
    found = measured("The error measured here is below one.", [0.5, 0.25, 0.75], True, of="networks")
    assert repr(found) == "measured: 3 networks: 0.50 (0.25 to 0.75)"
    with pytest.raises(Unsupported, match=r"is not borne out by 3 networks: 0.50 \(0.25 to 0.75\)"):
        measured("The error measured here is below one.", [0.5, 0.25, 0.75], False, of="networks")
    counted = measured("Two of the three networks here solve it.", np.array([True, True, False]), True, of="networks")
    assert repr(counted) == "measured: 2 of 3 networks"
    for wrong in ([], [np.nan]):
        with pytest.raises(ValueError, match="values: expected finite numbers, at least one"):
            measured("Here it is.", wrong, True, of="networks")


@pytest.mark.parametrize(
    ("kind", "sentence", "complaint"),
    [
        ("always", "The terms sum to the total.", "expected a word of a statement that is 'always'"),
        ("usually", "The product is too small.", "expected a word of a statement that is 'usually'"),
        ("can", "The sum vanishes.", "expected a word of a statement that is 'can'"),
        ("measured", "The error is small.", "expected a word of a statement that is 'measured'"),
        (
            "usually",
            "It is usually so, and never otherwise.",
            "'never' is too strong for a",
        ),
        ("can", "There is only one case.", "'only' is too strong"),
        ("measured", "Every network measured here must.", "'Every' is too strong"),
    ],
)
def test_the_words_follow_the_kind(kind, sentence, complaint):
    with pytest.raises(ValueError, match=complaint):
        Statement(kind, sentence, "evidence")


def test_a_weak_statement_may_deny_a_strong_word():
    assert Statement("can", "The rate need not always fall.", "x").kind == "can"


@pytest.mark.parametrize(
    "kind", [usually, lambda s, h: always(s, h, derived="x"), lambda s, h: can(s, True, "x", among=h)]
)
def test_evidence_that_is_thin_or_no_truth_value_is_refused(kind):
    sentence = "Usually, or always, it can."
    with pytest.raises(ValueError, match="holds: expected at least 20 draws, got 19"):
        kind("Most can.", TWENTY[:19])
    with pytest.raises(TypeError, match=r"holds: expected a row of True and False, got int64 of shape \(20,\)"):
        kind(sentence, np.ones(20, int))
    with pytest.raises(TypeError, match=r"got bool of shape \(4, 5\)"):
        kind(sentence, TWENTY.reshape(4, 5))


@pytest.mark.parametrize(
    "kind", [lambda h: can("It can.", h, "x", among=TWENTY), lambda h: measured("Here.", [1], h, of="x")]
)
def test_what_holds_is_true_or_false_and_no_number(kind):
    with pytest.raises(TypeError, match="holds: expected True or False, got 1"):
        kind(1)


def test_the_page_shows_the_sentence_first_then_the_evidence_and_can_be_linked_to():
    html = always("The terms of $l$ always sum.", TWENTY, derived="eq-15")._repr_markdown_()
    assert html.startswith(
        '<div class="statement statement-always" id="statement-the-terms-of-l-always-sum">\n\nThe terms'
    )
    assert '<b>always</b> <a href="#eq-15">derived above</a>, and so in 20 of 20 draws</p>' in html


@given(st.integers(1, 400), st.data())
def test_the_interval_is_where_the_score_test_at_five_per_cent_just_fails_to_reject(draws, data):
    successes = data.draw(st.integers(0, draws))
    low, high = interval(successes, draws)
    assert -1e-12 <= low <= successes / draws + 1e-12 <= high + 2e-12 <= 1 + 3e-12
    z = mp.sqrt(2) * mp.erfinv(mpf("0.95"))
    for p in (low, high):
        if 1e-9 < p < 1 - 1e-9:
            assert abs((successes - draws * p) / np.sqrt(draws * p * (1 - p))) == pytest.approx(float(z), rel=1e-6)
