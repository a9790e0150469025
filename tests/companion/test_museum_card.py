"""The card of an exhibit: what was changed in the open, hint and fix folded."""

import pytest

from companion.pages import museum


def test_an_exhibit_is_shown_with_its_change_and_its_fix_folded():
    exhibit = museum.find("dh_overwritten")
    text = museum.card(exhibit).data
    assert museum.diff(exhibit) in text
    assert "<details><summary>Fix</summary>" in text
    assert "`complex_step`" in text


def test_added_and_removed_lines_differ_by_a_sign_that_the_card_explains():
    for exhibit in museum.EXHIBITS:
        text = museum.card(exhibit).data
        before, change, _ = text.split("```")
        assert "`-` is the specimen's" in before
        assert "`+` stands in its place" in before
        assert {line[:2] for line in change.splitlines()[1:]} == {"- ", "+ "}


def test_only_an_exhibit_is_shown_as_one():
    with pytest.raises(TypeError, match=r"exhibit: expected a museum\.Exhibit, got str"):
        museum.card("dh_overwritten")
