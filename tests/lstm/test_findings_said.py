"""What findings say, whole: a person has read `findings_said.txt`, so a word or a number that changes there is seen."""

import numpy as np
import pytest
from tests.lstm.finding_cases import DRAWN, LATE, X
from tests.lstm.findings_said import SAID, text

from lstm import audit, findings
from lstm.audit.finding import Finding, Findings
from lstm.audit.report import LONGEST
from lstm.audit.say import half_lives, in_steps, relative

FOUND = audit(DRAWN, X, LATE)


def finding(level):
    return Finding("a name", (1,), 0.5, level, "it says.", "it means.", "states")


def test_each_finding_says_what_was_read_when_it_was_written_down():
    assert text() == SAID.read_text(encoding="utf-8"), "run python -m tests.lstm.findings_said, and read it"


def test_the_html_of_a_finding_is_whole():
    told = Findings((finding("note"),), FOUND)
    end = "<dd>it says.</dd><dd>What this may mean: <span>it means.</span></dd><dd>Proof: <em>{}</em></dd></dl>"
    start = "<dl><dt><strong>a name</strong> (to know)</dt>"
    assert told.to_html() == start + end.format("states")
    assert told.to_html("../b&c/") == start + end.format('<a href="../b&amp;c/states.html">states</a>')


@pytest.mark.parametrize(("levels", "to_act_on"), [((), False), (("note", "unknown"), False), (("note", "act"), True)])
def test_there_is_something_to_act_on_where_a_finding_says_so(levels, to_act_on):
    assert Findings(tuple(map(finding, levels)), FOUND).to_act_on() == to_act_on


def test_lengths_and_errors_are_said_so_that_a_person_can_read_them():
    assert [in_steps(a) for a in (1.0, 1.004, 1.01, 2.85, 382.4)] == [
        "1 step",
        "1 step",
        "1.01 steps",
        "2.85 steps",
        "382 steps",
    ]
    assert in_steps(LONGEST) == f"{LONGEST:.3g} steps"
    assert in_steps(2 * LONGEST) == f"more than {LONGEST:.0e} steps"
    assert [half_lives(np.array(a)) for a in ([1.0], [3.0, 40.0], [280.1, 279.9])] == [
        "half-life 1 step",
        "half-lives 3 to 40 steps",
        "half-lives 280 steps",
    ]
    assert [relative(a) for a in (0.824, 99.99, 100.0, 6.36e26)] == ["82%", "9999%", "1e+02", "6e+26"]


def test_a_half_life_of_a_tenth_of_the_steps_is_no_short_one():
    of_mean = FOUND.half_lives.of_mean
    for longest, is_told in ((5.9, False), (5.8, True)):  # of 59 steps
        found = FOUND._replace(half_lives=FOUND.half_lives._replace(of_mean=np.full_like(of_mean, longest)))
        assert ("short half-lives" in {one.name for one in findings(found).findings}) == is_told
