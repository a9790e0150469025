"""The table of what findings mean has each name that the library tells, with the page that its finding names."""

import re

from tests.conftest import ROOT

from companion.pages.audit import meanings, told
from lstm.audit.say import GATES

SOURCES = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/lstm/audit").glob("*_tell.py"))


def general(name):
    """Findings of the three gates have one row."""
    for gate in GATES.values():
        name = re.sub(f"^{gate} ", "gate ", name)
    return re.sub("always (open|closed)$", "always open, or closed", name)


def test_each_finding_about_the_layer_has_a_row():
    assert {general(name) for name in told.VALUES} <= set(meanings.ROWS)
    assert {"hardly written", "never read", "memory mostly large", "few units carry the past"} <= set(meanings.ROWS)
    assert len(meanings.ROWS) == len(set(map(general, told.VALUES))) + 5, "and one for a gate that is always at an end"


def test_each_page_is_the_one_that_the_finding_names():
    told_of = dict(re.findall(r'Finding\(\s*"([\w -]+)".*?"(\w+)",?\s*\)\n', SOURCES, re.DOTALL))
    assert len(told_of) > 8
    for name, page in told_of.items():
        assert meanings.ROWS[name][0] == page, name


def test_names_lead_to_pages_and_the_thresholds_are_those_of_the_library():
    columns = meanings.columns()
    assert columns["finding"][0] == '<a href="training.html">gradient vanishes</a>'
    assert "chain below 0.9 a step" in columns["told where"]
    for page, _ in meanings.ROWS.values():
        assert (ROOT / "book" / f"{page}.ipynb").exists()
