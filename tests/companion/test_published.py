"""Where the book is published and what follows: the settings, the card of a page, sitemap.xml, 404.html."""

import re
from xml.etree import ElementTree

import pytest
from docutils import nodes
from tests.conftest import ROOT

from companion.notebook.contents import contents
from companion.site import card, missing, published


def test_without_settings_there_is_no_place_and_no_button():
    assert published.places({}) == published.places({"BOOK_URL": "", "BOOK_REPOSITORY_URL": " "}) == ("", "")
    assert published.buttons("") == {}


def test_an_address_is_taken_with_a_slash_at_its_end_or_without():
    said = {"BOOK_REPOSITORY_URL": "https://github.com/ada/gates.git", "BOOK_URL": "https://ada.github.io/gates"}
    assert published.places(said) == ("https://github.com/ada/gates", "https://ada.github.io/gates/")
    assert published.places({"BOOK_URL": "https://ada.github.io/"}).pages == "https://ada.github.io/"
    assert published.buttons("https://gitlab.com/ada/gates")["repository_url"] == "https://gitlab.com/ada/gates"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOOK_REPOSITORY_URL", "github.com/ada/gates"),
        ("BOOK_REPOSITORY_URL", "https://github.com/ada"),
        ("BOOK_REPOSITORY_URL", "https://example.org/ada/gates"),
        ("BOOK_URL", "ada.github.io"),
        ("BOOK_URL", "https://ada.github.io/gates?x=1"),
    ],
)
def test_an_address_that_is_none_is_refused_with_its_name(name, value):
    with pytest.raises(ValueError, match=rf"^{name}: expected .*https://.*, got '{re.escape(value)}'"):
        published.places({name: value})


def test_the_sitemap_names_every_page_by_its_whole_address():
    names = contents(ROOT)
    root = ElementTree.fromstring(published.sitemap("https://a.org/b&c/", names).encode())
    assert [one.text for one in root.findall(".//{*}loc")] == [f"https://a.org/b&c/{name}.html" for name in names]


def test_the_description_is_the_first_sentence_without_its_label():
    label, words = nodes.strong("", "What you will see."), nodes.Text(" As in Cho [CvMG+14], a cell. It has gates.")
    assert (
        card.description(nodes.document(None, None, "", nodes.paragraph("", "", label, words))) == "As in Cho, a cell."
    )
    assert card.description(nodes.document(None, None)) == ""


def test_a_card_has_a_picture_only_where_there_is_one_and_no_bare_quotation_mark():
    assert "og:image" not in card.tags("t", "d", "s")
    assert "og:url" not in card.tags("t", "d", "s")
    tags = card.tags('a "b"', "d", "s", "https://a.org/x.html", "https://a.org/y.png")
    assert '<meta property="og:title" content="a &quot;b&quot;" />' in tags
    assert '<meta property="og:image" content="https://a.org/y.png" />' in tags


def test_every_page_has_a_description_of_its_own_and_a_card(site):
    said = {}
    for name in contents(ROOT):
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        (words,) = re.findall(r'<meta name="description" content="([^"]*)" />', text)
        assert 40 < len(words) < 200, name
        assert words.endswith("."), name
        assert not re.search(r"[\\$]|\w\d{4}\b\w", words), name
        assert f'<meta property="og:description" content="{words}" />' in text
        assert '<meta property="og:site_name" content="Gates and Gradients" />' in text
        assert "og:image" not in text
        said[name] = words
    assert len(set(said.values())) == len(said)


def test_a_page_that_is_missing_links_to_all_others_from_where_the_book_is():
    text = missing.html("B", {"book/x": "<X>"}, "https://a.org/b/")
    assert '<base href="/b/">' in text
    assert '<a href="book/x.html">&lt;X&gt;</a>' in text
    assert "<script" not in text
    assert "<script" in missing.html("B", {})
