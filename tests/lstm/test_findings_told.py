"""The forms of the findings: text, HTML, JSON."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from lstm import audit, findings, init_params
from lstm.audit.finding import Finding, Findings
from lstm.audit.units_tell import STUCK

ROOT = Path(__file__).parents[2]
PARAMS = init_params(2, 6, rng=np.random.default_rng(0))
X = np.random.default_rng(1).normal(size=(60, 8, 2))
FOUND = findings(audit(PARAMS, X))
ODD = Finding("a <b> & c", (1, 3), float("inf"), "act", "x < y & z", "a \"quoted\" 'word'", "states")


def test_the_text_has_each_finding_with_its_meaning_and_its_chapter():
    words = " ".join(str(FOUND).split())
    for one in FOUND.findings:
        assert f"{one.name} (" in words
        assert f"{one.says} What this may mean: {one.means} [{one.chapter}]" in words
    assert max(map(len, str(FOUND).splitlines())) <= 88
    assert repr(FOUND) == str(FOUND)


class Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self.links, self.open = [], [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}, "no style of its own"
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, words):
        self.words.append(words)


def test_the_list_of_html_says_the_same_and_escapes_what_it_says():
    told = FOUND._replace(findings=(ODD, *FOUND.findings))
    read = Reader(told._repr_html_())
    assert "<b>" not in told._repr_html_()
    for one in told.findings:
        assert {one.name, one.says, one.means, one.chapter} <= set(read.words)
    assert read.tags.count("dt") == len(told.findings)
    assert read.links == []


def test_a_base_makes_links_of_the_chapters():
    told = FOUND._replace(findings=(ODD,))
    assert Reader(told.to_html("")).links == ["states.html"]
    assert Reader(told.to_html('https://example.org/"b"/')).links == ['https://example.org/"b"/states.html']
    with pytest.raises(TypeError, match=r"^base: expected a string or None, got 3"):
        told.to_html(3)


def test_where_nothing_is_found_each_form_says_so():
    found = Findings((), FOUND.audit)
    assert str(found) == Reader(found.to_html()).words[0] == "Nothing was found: no measure passed a threshold."
    assert json.loads(found.to_json())["findings"] == []


def test_json_gives_the_findings_and_the_measures_back():
    read = json.loads(FOUND.to_json())
    assert list(read) == ["format", "findings", "measures", "not_finite"]
    assert read["format"] == "lstm.audit/1"
    again = [Finding(**one | {"units": tuple(one["units"])}) for one in read["findings"]]
    assert again == list(FOUND.findings)
    assert tuple(read["measures"]) == FOUND.audit._fields
    np.testing.assert_array_equal(read["measures"]["chain"]["true"], FOUND.audit.chain.true)
    np.testing.assert_array_equal(read["measures"]["shares"]["by_step"]["forget"], FOUND.audit.shares.by_step.forget)
    assert read["measures"]["clipping"] is None
    assert read["not_finite"] == {}


def test_what_is_not_finite_is_null_in_json_with_a_word():
    never = PARAMS._replace(b_f=np.array([0, 0, 99.0, 0, 0, 0]), W_1f=0 * PARAMS.W_1f, W_2f=0 * PARAMS.W_2f)
    reads = np.zeros((60, 8, 6))
    reads[:30] = 1
    text = findings(audit(never, X, reads))._replace(findings=(ODD,)).to_json()
    assert not re.search("NaN|Infinity", text)
    read = json.loads(text)
    assert read["measures"]["half_lives"]["of_mean"][2] is None
    assert read["not_finite"]["measures.half_lives.of_mean.2"] == "infinite"
    assert read["measures"]["shares"]["by_step"]["direct"][40] is None
    assert read["not_finite"]["measures.shares.by_step.direct.40"] == "not a number"
    assert read["not_finite"]["findings.0.value"] == "infinite"


def test_each_chapter_that_a_finding_names_is_a_page_of_the_book():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/lstm/audit").glob("*.py"))
    named = set(re.findall(r'^ +"(\w+)",\n +\)', sources, re.M)) | set(re.findall(r'means, "(\w+)"\)', sources))
    assert named >= {"states", "gates", "audit", "co2", "regimes", "forgetting"}
    for name in {*named, "training", *(one.chapter for one in FOUND.findings)}:
        assert (ROOT / "book" / f"{name}.ipynb").exists(), name
    assert len(STUCK) == 6
