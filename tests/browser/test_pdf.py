"""The book in one PDF: its contents, its outline, its links; of four pages, for all take minutes."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from tests.conftest import ROOT
from tools import pdf

NAMES = ["book/index", "book/gates", "book/states", "book/ledger"]


def write(*arguments, **options):
    """Print the book, in a thread: Playwright drives one browser in each, and that of the tests is open in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(pdf.write, *arguments, **options).result()


@pytest.fixture(scope="module")
def printed(site, tmp_path_factory):
    """The PDF of four pages."""
    path = tmp_path_factory.mktemp("pdf") / "some" / "book.pdf"
    write(ROOT, site, path, NAMES)
    return pypdf.PdfReader(path)


def chapters(printed):
    """(title, index of the page) of each entry of the outline's first level."""
    first = [one for one in printed.outline if not isinstance(one, list)]
    return [(one.title, printed.get_destination_page_number(one)) for one in first]


def words(sheet):
    """The number at the foot of a page, and what else stands on it."""
    number, _, text = " ".join(sheet.extract_text().split()).partition(" ")
    return int(number), text


def test_every_chapter_has_its_entry_in_the_outline_in_order(printed):
    entries = chapters(printed)
    titles = [title for title, _ in entries]
    assert titles == [
        "Contents",
        "Gates and Gradients",
        "Gates: Equation (12)",
        "Cell state and hidden state: Equations (13) and (14)",
        "The ledger",
    ]
    for title, number in entries:
        assert words(printed.pages[number])[1].startswith(title)
    sections = [one.title for one in printed.outline[-3]]
    assert "Exercises" in sections


def test_the_contents_name_the_page_that_each_chapter_says_at_its_foot(printed):
    assert [words(sheet)[0] for sheet in printed.pages] == list(range(1, len(printed.pages) + 1))
    for title, number in chapters(printed)[1:]:
        assert f"{title} {number + 1}" in words(printed.pages[1])[1]


def test_a_link_to_another_chapter_leads_there_inside_the_pdf(printed):
    links = [link.get_object() for sheet in printed.pages for link in sheet.get("/Annots", [])]
    named = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert "/book/gates--eq-12" in named
    places = {f"/{str(one).lstrip('/')}" for one in printed.named_destinations}
    assert named <= places, "those of the ledger to statements in solutions, too, which are not printed"
    addresses = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert addresses
    assert [one for one in addresses if not one.startswith("https://")] == []


def test_it_is_without_solutions_unless_they_are_asked_for(printed, site, tmp_path):
    assert not any("Solution" in words(sheet)[1] for sheet in printed.pages)
    write(ROOT, site, tmp_path / "book.pdf", ["book/gates"], solutions=True)
    assert any("Solution" in words(sheet)[1] for sheet in pypdf.PdfReader(tmp_path / "book.pdf").pages)


def test_a_chapter_that_the_outline_lacks_is_an_error(site, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    page = copy / "book" / "source.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<h1>", "<h1 hidden>"), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"expected 1 chapters in the outline, got 0"):
        write(ROOT, copy, tmp_path / "book.pdf", ["book/source"])


def test_a_book_that_is_not_built_is_not_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "SITE", tmp_path)
    assert pdf.main([]) == 1
    assert "make html builds the pages" in capsys.readouterr().err
