"""The ledger: it has what the chapters hold, and says what is missing."""

from types import SimpleNamespace

import nbformat
import pytest
from IPython.display import Markdown
from sphinx.errors import ExtensionError
from tests.conftest import ROOT
from tools import gathered

from companion import site
from companion.notebook.statements import always, usually
from companion.pages import ledger

TRUE = [True] * 20


@pytest.fixture
def book(tmp_path):
    """A book of one chapter, `page`, with equation 1, two headings and two statements; a function writes others."""

    def write(text="# A page\n\n(eq-1)=\n$$\nx = 1\n$$\n\n## Why it is so", statements=None, name="page"):
        made = statements or [always("It always is.", TRUE, derived="eq-1"), usually("Most are.", TRUE)]
        outputs = [
            nbformat.v4.new_output("execute_result", {"text/markdown": one._repr_markdown_(), "text/plain": repr(one)})
            for one in made
        ]
        cells = [nbformat.v4.new_markdown_cell(text)]
        cells += [nbformat.v4.new_code_cell("1", outputs=[output]) for output in outputs]
        (tmp_path / "book").mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "book" / f"{name}.ipynb")
        (tmp_path / "_toc.yml").write_text("root: book/index\nchapters:\n- file: book/page\n- file: book/other\n")
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / "test_it.py").write_text("def test_that_it_is():\n    pass\n")
        return tmp_path / "book"

    return write


def row(**changes):
    entry = {"at": "page#eq-1", "derived": "page#why-it-is-so", "function": "lstm.run"}
    entry |= {"check": "tests/test_it.py::test_that_it_is", "seen": "page#a-page"}
    return ledger.Equation("1", **(entry | changes))


def test_every_statement_is_read_with_kind_anchor_and_evidence(book):
    first, second = ledger.read([book() / "page.ipynb"])
    assert first[:4] == ("page", "always", "statement-it-always-is", "It always is.")
    assert first.evidence == '<a href="#eq-1">derived above</a>, and so in 20 of 20 draws'
    assert (second.kind, second.evidence) == ("usually", "20 of 20 draws (.84 to 1.00)")


def test_the_page_lists_them_under_the_titles_with_links(book):
    folder = book()
    assert ledger.titles(folder.parent) == {"page": "A page"}
    text = ledger.statements(ledger.read([folder / "page.ipynb"]), ledger.titles(folder.parent)).data
    assert text.startswith("**A page**\n\n- It always is. <span")
    assert '<a href="page.html#statement-it-always-is">always</a>: <a href="page.html#eq-1">derived there</a>' in text


def test_a_chapter_without_a_statement_and_a_statement_made_twice_are_refused(book):
    book()
    folder = book(name="other", statements=[usually("Most are.", TRUE), usually("Most are.", TRUE)])
    with pytest.raises(ValueError, match="expected a statement of every chapter, got none of other"):
        ledger.statements(ledger.read([folder / "page.ipynb"]), ledger.titles(folder.parent))
    with pytest.raises(ValueError, match="each statement once, got other#statement-most-are more than once"):
        ledger.read([folder / "other.ipynb"])


def test_a_whole_table_of_equations_is_a_row_for_each(book):
    ledger.whole([row()], book())
    lines = ledger.equations([row()]).data.splitlines()
    assert len(lines) == 3
    assert '<a href="page.html#eq-1">1</a>' in lines[2]
    assert "| <code>lstm.<wbr>run</code> | that it is |" in lines[2]


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ([], "no row for page#eq-1"),
        ([row(), row(at="page#eq-2")], "a row for page#eq-2, which is not there"),
        ([row(derived="page#nowhere")], r"\(1\): no heading 'nowhere' on page page"),
        ([row(seen="nopage#a-page")], r"\(1\): no heading 'a-page' on page nopage"),
        ([row(function="lstm.walk")], r"\(1\): no function lstm.walk"),
        ([row(function="nothing.at.all")], r"\(1\): no function nothing.at.all"),
        ([row(check="tests/test_it.py::test_that")], r"\(1\): no test tests/test_it.py::test_that"),
        ([row(check="tests/test_no.py::test_that_it_is")], r"\(1\): no test tests/test_no.py"),
    ],
)
def test_whatever_is_missing_behind_an_equation_is_named(book, table, complaint):
    with pytest.raises(ValueError, match=complaint):
        ledger.whole(table, book())


def test_what_is_gathered_is_what_the_chapters_store_and_the_page_of_it_is_theirs():
    assert gathered.PLACE.read_text(encoding="utf-8") == gathered.text(ROOT), "run make refresh"
    titles, entries = ledger.stored()
    assert titles == ledger.titles(ROOT)
    assert entries == ledger.read([ROOT / "book" / f"{page}.ipynb" for page in titles])


def test_a_row_without_an_entry_is_refused(tmp_path):
    (tmp_path / "t.yml").write_text('"1": {at: page#eq-1, derived: page#why}')
    with pytest.raises(ValueError, match=r"t.yml: \(1\): expected at, derived, function, check, seen, got"):
        ledger.read_table(tmp_path / "t.yml")


def test_the_table_of_the_book_is_whole():
    ledger.check(ROOT)
    assert len(ledger.equations(ledger.read_table()).data.splitlines()) > 20


def test_no_book_is_built_whose_ledger_is_not_whole(book):
    book()
    with pytest.raises(ExtensionError, match="the ledger: table: no row for page#eq-1"):
        site._check(SimpleNamespace(srcdir=book().parent))
    book(name="other", statements=[always("It is always so.", TRUE, derived="eq-1")])
    book(statements=[Markdown("none")])
    with pytest.raises(
        ExtensionError, match="the ledger: entries: expected a statement of every chapter, got none of page"
    ):
        site._check(SimpleNamespace(srcdir=book(name="third").parent))
