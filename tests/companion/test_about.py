"""The foot of every page: version, licences and how to cite, from CITATION.cff alone."""

import pytest
import yaml
from pybtex.database import parse_file, parse_string
from tests.conftest import ROOT

import lstm
from companion.notebook.contents import contents
from companion.site import about

STATED = yaml.safe_load((ROOT / about.FILE).read_text(encoding="utf-8"))


def test_what_is_read_is_what_the_file_states():
    said = about.read(ROOT)
    assert said.title == STATED["title"]
    assert said.version == STATED["version"] == lstm.__version__
    assert set(said.licences) == set(STATED["license"]) == set(about.LICENCES)
    assert said.citation("https://example.org/") == (
        f"{STATED['authors'][0]['name']} ({STATED['date-released'].year}). {STATED['title']}. "
        f"Version {STATED['version']}. https://example.org/"
    )


def test_the_entry_for_bibtex_says_the_same_and_can_be_read_with_and_without_an_address():
    said = about.read(ROOT)
    for address, fields in (("", {"note", "title", "year"}), ("https://e.org/b", {"note", "title", "url", "year"})):
        ((key, entry),) = parse_string(said.bibtex(address), "bibtex").entries.items()
        assert key == "gatesandgradients"
        assert set(entry.fields) == fields
        assert entry.fields["year"] == str(said.year)
        assert entry.fields["title"] == f"{{{said.title}}}"
        assert [str(one) for one in entry.persons["author"]] == [f"{{{said.authors}}}"]


def test_every_work_that_is_cited_has_an_address_or_an_identifier():
    entries = parse_file(ROOT / "book" / "references.bib").entries
    assert len(entries) > 50
    assert [key for key, one in entries.items() if not {"doi", "url"} & one.fields.keys()] == []


def test_every_page_ends_with_version_licences_and_citation(site):
    for name in contents(ROOT):
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        foot = text[text.index('<footer class="bd-footer-content">') :]
        assert about.foot(about.read(ROOT)) in foot, name


def test_another_author_version_and_licence_change_the_foot(tmp_path):
    authors = [{"given-names": "Ada", "family-names": "L<"}, {"name": "Some Group"}]
    changed = STATED | {"authors": authors, "version": "9.9", "license": "BSD-3-Clause"}
    (tmp_path / about.FILE).write_text(yaml.safe_dump(changed))
    foot = about.foot(about.read(tmp_path))
    assert "Ada L&lt;, Some Group (" in foot
    assert "Version 9.9." in foot
    assert "CC BY" not in foot


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": None}, r"^CITATION.cff: expected the fields .*, \['version'\] not there"),
        ({"license": ["MIT"]}, r"^CITATION.cff: expected licences out of \['BSD-3-Clause', .*\], got \['MIT'\]"),
    ],
)
def test_a_file_that_does_not_say_it_is_refused(change, message, tmp_path):
    (tmp_path / about.FILE).write_text(yaml.safe_dump(STATED | change))
    with pytest.raises(ValueError, match=message):
        about.read(tmp_path)
