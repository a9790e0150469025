"""The card of an exhibit: what was changed in the open, hint and fix folded."""

import pytest

from companion.pages import museum


def test_an_exhibit_is_shown_with_its_change_and_its_fix_folded():
    exhibit = museum.find("dh_overwritten")
    text = museum.card(exhibit).data
    assert museum.diff(exhibit) in text
    assert "<details><summary>Fix</summary>" in text
    assert "`complex_step`" in text


def test_only_an_exhibit_is_shown_as_one():
    with pytest.raises(TypeError, match=r"exhibit: expected a museum\.Exhibit, got str"):
        museum.card("dh_overwritten")
