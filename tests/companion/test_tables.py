"""Tables of results: the page gets Markdown, the tests get text, numbers stand to the right."""

import numpy as np
import pytest

from companion.notebook.tables import table


def test_numbers_are_written_as_asked_and_stand_to_the_right_words_to_the_left():
    made = table({"gate": ["f", "i"], "value": [0.5, -0.25]}, {"value": ".3f"})
    assert repr(made) == "gate   value\nf      0.500\ni     −0.250"
    assert made._repr_markdown_() == "| gate | value |\n| :-- | --: |\n| f | 0.500 |\n| i | −0.250 |"


def test_arrays_whole_numbers_and_empty_cells_are_taken():
    made = table({"n": np.array([1, 20]), "median": [None, np.float64(0.5)]}, {"median": ".0%"})
    assert made.rows == [["1", ""], ["20", "50%"]]
    assert made.right == [True, True]


def test_a_bar_in_a_word_does_not_end_its_cell():
    assert "| a\\|b |" in table({"what": ["a|b"]})._repr_markdown_()


@pytest.mark.parametrize(
    ("columns", "formats", "said"),
    [
        ({"a": [1], "b": [1, 2]}, {}, "columns: expected columns of one length"),
        ({"a": []}, {}, "at least 1"),
        ({}, {}, "columns: expected columns of one length"),
        ({" ": [1]}, {}, "columns: expected a heading for each column"),
        ({"a": [1]}, {"b": ".1f"}, "formats: expected formats of"),
    ],
)
def test_a_table_that_is_none_is_refused(columns, formats, said):
    with pytest.raises(ValueError, match=said):
        table(columns, formats)


def test_a_number_that_rounds_to_zero_has_no_sign():
    shown = table({"a": [-0.001, 0.001, -0.0, -0.01, -2]}, {"a": ".2f"})
    assert repr(shown).split() == ["a", "0.00", "0.00", "0.00", "−0.01", "−2.00"]
