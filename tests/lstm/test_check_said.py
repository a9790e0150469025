"""What the check says of backward passes with one thing done to them is what a person has read."""

import pytest
from tests.lstm.check_said import SAID, reports, text

KEPT = dict(part.split("]\n", 1) for part in ("\n" + SAID.read_text(encoding="utf-8")).split("\n[")[1:])


@pytest.mark.parametrize("name", reports())
def test_each_report_says_what_was_read_when_it_was_written_down(name):
    assert text(name).strip() == f"[{name}]\n{KEPT[name]}".strip(), "run python -m tests.lstm.check_said, and read it"


def test_nothing_else_is_kept():
    assert list(KEPT) == list(reports())
