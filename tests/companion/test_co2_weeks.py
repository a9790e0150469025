"""The weeks of the carbon dioxide: their file, their gaps, and what is to be forecast."""

import hashlib

import numpy as np
import pytest

from companion import files
from companion.pages.co2 import weeks

FILE = files.path("data/co2.csv")
KNOWN = weeks.read(FILE, 1992)
PLACES = weeks.places_of(KNOWN, 13, 1985, 1992)


def test_the_file_is_that_of_statsmodels_0_15_0_byte_for_byte():
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert digest == "16695fa2786e53414e5a6b54767a3fdf5de99cfbc68617f69d1362d92776a92f"


def test_a_week_without_a_number_keeps_the_last_level_and_nothing_of_the_next():
    gap = int(np.flatnonzero(~KNOWN.seen)[0])
    assert str(KNOWN.date[gap]) == "1966-07-16"
    assert KNOWN.level[gap] == KNOWN.level[gap - 1]
    assert KNOWN.change[gap] == 0
    assert (~KNOWN.seen).sum() == 12


def test_nothing_after_the_last_year_is_read(tmp_path):
    lines = FILE.read_text().splitlines()
    cut = tmp_path / "cut.csv"
    cut.write_text("\n".join(line for line in lines if line < "1993" or line.startswith("date")))
    for here, there in zip(KNOWN, weeks.read(cut, 1992), strict=True):
        np.testing.assert_array_equal(here, there)
    assert str(KNOWN.date[-1]) == "1992-12-26"


def test_the_changes_ahead_are_differences_of_levels():
    expected = KNOWN.level[PLACES + 12] - KNOWN.level[PLACES - 1]
    np.testing.assert_allclose(weeks.ahead(KNOWN.change, PLACES, 13), expected, atol=1e-9)


def test_the_places_of_a_stretch_have_their_whole_horizon_in_it_and_a_number_at_its_end():
    assert str(KNOWN.date[PLACES[0]]) == "1985-01-05"
    assert str(KNOWN.date[PLACES[-1] + 12]) == "1992-12-26"
    assert KNOWN.seen[PLACES + 12].all()
    one = weeks.places_of(KNOWN, 1, 1985, 1992)
    assert len(one) - len(PLACES) == 12
    assert set(np.arange(one[0], one[-1] + 1)) - set(one) == set(np.flatnonzero(~KNOWN.seen[one[0] :]) + one[0])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: weeks.places_of(KNOWN, 0, 1985, 1992), ValueError, "^horizon"),
        (lambda: weeks.places_of(KNOWN, 1, 1999, 2000), TypeError, "^places"),
        (lambda: weeks.ahead(KNOWN.change, [len(KNOWN.change) - 1], 2), ValueError, "^places"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_week_that_is_missing_altogether_is_refused(tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text("date,co2\n19650102,319.0\n19650116,319.2\n")
    with pytest.raises(ValueError, match=r"^path: expected weeks without a gap"):
        weeks.read(path, 1992)
