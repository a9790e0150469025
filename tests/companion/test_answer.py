"""The answer box: what it says of an answer, what its maker may not ask, and what `check.answer` reads."""

import pytest
from tools import answers
from tools.refresh import chapters

from companion import check
from companion.explorers import ask, choose
from companion.explorers.answer import verdict

BOX = ask("gates-1", 0.25, mistakes={"That is sigma(0), the slope is asked.": 0.5}, why="It is f (1 - f).")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (0.25, "Right. It is f (1 - f)."),
        (0.2509, "Right. It is f (1 - f)."),
        (0.5, "Not yet. That is sigma(0), the slope is asked."),
        (-0.25, "Not yet. The size is right, the sign is not."),
        (0.125, "Not yet. Your number is half the answer: a factor is too much or missing."),
        (2.5, "Not yet. Your number is ten times the answer: a factor is too much or missing."),
        (4, "Not yet. Your number is the inverse of the answer."),
        (25, "Not yet. Your number is a hundred times the answer: a factor is too much or missing."),
        (0.3, "Not yet. Your number is too large."),
        (0.2, "Not yet. Your number is too small."),
        (-3, "Not yet. The sign is off, and so is the size."),
    ],
)
def test_a_number_is_right_or_told_what_is_off(given, words):
    assert verdict(BOX.task, given) == (words.startswith("Right"), words)


@pytest.mark.parametrize("given", [0.02, 0.33, 7.1, 150])
def test_an_answer_with_too_few_digits_is_told_so(given):
    right = {0.02: 0.0196, 0.33: 0.332, 7.1: 7.054, 150: 150.04}[given]
    box = ask("gates-1", right, within=0.0001 * right)
    assert verdict(box.task, given) == (False, "Not yet. It is close: if you rounded, give one digit more.")


@pytest.mark.parametrize(("right", "given"), [(0.0196, 0.021), (0.332, 0.34), (7.054, 7.0), (0.04, 0.0), (0.25, 0.3)])
def test_a_number_that_no_rounding_gives_is_not_taken_for_rounded(right, given):
    assert "rounded" not in verdict(ask("gates-1", right, within=0.0001).task, given).words


def test_an_answer_that_is_zero_has_neither_sign_nor_inverse():
    box = ask("gates-1", 0, within=0.01)
    assert verdict(box.task, 0.005).right
    assert verdict(box.task, 0.5).words == "Not yet. Your number is too large."
    assert verdict(box.task, -0.5).words == "Not yet. Your number is too small."


@pytest.mark.parametrize("given", ["a quarter", True, None])
def test_what_is_no_number_is_refused(given):
    with pytest.raises(TypeError, match="given: expected a number"):
        verdict(BOX.task, given)


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="given: expected a finite number"):
        verdict(BOX.task, float("nan"))


def test_what_two_processors_round_differently_is_stored_alike():
    one, other = (ask("a-1", right, mistakes={"half": right / 2}) for right in (41.068240925, 41.068240934))
    assert one.task == other.task
    assert one.task["right"] == pytest.approx(41.068240925, rel=1e-7)


def test_a_mistake_that_is_as_good_as_right_is_refused():
    with pytest.raises(ValueError, match=r"within 0\.01 of the right"):
        ask("gates-1", 0.25, within=0.01, mistakes={"no": 0.255})


@pytest.mark.parametrize("bad", [dict(right=float("nan")), dict(right=1, within=0), dict(right=0)])
def test_a_question_without_a_right_answer_is_refused(bad):
    with pytest.raises(ValueError, match=r"right|within"):
        ask("gates-1", **bad)


def test_a_choice_says_why_it_is_right_or_not():
    box = choose("gates-4", "f", {"i": "i writes.", "o": "o reads."}, why="f keeps.")
    assert verdict(box.task, "f") == (True, "Right. f keeps.")
    assert verdict(box.task, "i") == (False, "No. i writes.")
    with pytest.raises(ValueError, match="given: expected one of"):
        verdict(box.task, "g")


def test_the_right_choice_does_not_always_stand_first():
    places = set()
    for k in range(20):
        labels = [label for label, _ in choose(f"gates-{k}", "a", {"b": "no", "c": "no"}, why="yes").task["choices"]]
        places.add(labels.index("a"))
    assert places == {0, 1, 2}


@pytest.mark.parametrize("wrong", [{"b": "no"}, {"b": "no", "c": ""}, {"a": "no", "b": "no"}])
def test_a_choice_without_two_wrong_labels_and_their_reasons_is_refused(wrong):
    with pytest.raises(ValueError, match="wrong: expected at least two labels"):
        choose("gates-4", "a", wrong, why="yes")


def test_check_answer_reads_what_the_chapters_store():
    assert answers.PLACE.read_text(encoding="utf-8") == answers.text(chapters()), "run make refresh"


def test_check_answer_gives_the_verdict_of_the_box():
    for key, task in answers.stored(chapters()).items():
        assert check.answer(key, task["right"]).right


def test_an_exercise_without_a_box_is_refused_with_the_names_of_those_of_its_chapter():
    with pytest.raises(ValueError, match=r"key: expected one of .*, got 'gates-99'"):
        check.answer("gates-99", 1)
