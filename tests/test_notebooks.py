"""The chapters as stored: each guard holds of each chapter, and each guard can fail."""

import re
import subprocess
import sys

import nbformat
import pytest
from tests.conftest import ROOT
from tools import guards, prose
from tools.course import COURSE
from tools.refresh import chapters, text
from tools.widgets import WIDGET_STATE

from companion.notebook import statements
from companion.style.drawn import MIME

NAMES = [path.name for path in chapters()]


@pytest.fixture
def chapter(tmp_path):
    """A small sound chapter in a book of its own: path, and a function that edits it by hand."""
    nb = nbformat.v4.new_notebook()
    picture = {"image/png": "iVBORw0KGgo=", MIME: "line"}
    alt = {"mystnb": {"image": {"alt": "A line that rises from left to right."}}}
    stream = nbformat.v4.new_output("stream", name="stdout", text="f = 0.731\n")
    nb.cells = [
        nbformat.v4.new_markdown_cell("# Small\n\n$\\textcolor{#0b5fa5}{f}$"),
        nbformat.v4.new_code_cell("print('f = 0.731')", execution_count=1, outputs=[stream]),
        nbformat.v4.new_code_cell("plot()", execution_count=2, metadata=alt),
    ]
    nb.cells[2].outputs = [nbformat.v4.new_output("display_data", picture)]
    said = statements.usually("Most are.", [True] * 20)
    shown = {"text/plain": repr(said), "text/markdown": said._repr_markdown_()}
    for count in (3, 4, 5):
        output = nbformat.v4.new_output("execute_result", shown, execution_count=count)
        folded = {"tags": ["hide-input"]}
        nb.cells.append(nbformat.v4.new_code_cell("said", execution_count=count, metadata=folded, outputs=[output]))
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/small\n")
    path = tmp_path / "book" / "small.ipynb"

    def write(edit=lambda nb: None):
        changed = nbformat.from_dict(nb)
        edit(changed)
        path.write_text(text(changed), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("guard", guards.GUARDS, ids=lambda guard: guard.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_every_guard_holds_of_every_chapter(name, guard):
    assert list(guard(ROOT / "book" / name)) == []


def test_the_book_has_its_chapters():
    assert {"index.ipynb", "notation.ipynb", "gates.ipynb", "states.ipynb", "gradient.ipynb"} <= set(NAMES)


def test_every_guard_holds_of_a_sound_chapter(chapter):
    for guard in set(guards.GUARDS) - set(COURSE):  # tests/test_course.py has a chapter with all its parts
        assert list(guard(chapter())) == []


def unrun(nb):
    nb.cells[2].execution_count = None


def run_out_of_order(nb):
    nb.cells[1].execution_count = 3


def failed(nb):
    nb.cells[1].outputs = [nbformat.v4.new_output("error", ename="ValueError", evalue="x", traceback=[])]


def warned(nb):
    nb.cells[1].outputs[0].name = "stderr"


def made_long(nb):
    nb.cells[1].source = "pass\n" * 9


def tagged_out(nb):
    nb.cells[1].metadata["tags"] = ["nbval-ignore-output"]


def skipped(nb):
    nb.cells[1].metadata["tags"] = ["nbval-skip"]


def allowed_to_raise(nb):
    nb.cells[1].metadata["tags"] = ["raises-exception"]


def commented_out(nb):
    nb.cells[1].source = "# NBVAL_IGNORE_OUTPUT\nprint(1)"


def left_without_words(nb):
    nb.cells[2].metadata = {}


def labelled_with_a_path(nb):
    nb.cells[2].metadata["mystnb"]["image"]["alt"] = "_build/figure.png"


def drawn_past_the_books_style(nb):
    del nb.cells[2].outputs[0].data[MIME]


def given_an_old_explorer(nb):
    state = {"_anywidget_id": "companion.explorers.eq15.explorer.Eq15Explorer", "_esm": "export default {}", "_css": ""}
    nb.metadata["widgets"] = {WIDGET_STATE: {"state": {"0a" * 16: {"state": state}}}}


def left_with_two_statements(nb):
    del nb.cells[5]


def given_a_number_from_nowhere(nb):
    nb.cells[0].source += " It is 0.732."


def given_a_stray_colour(nb):
    nb.cells[0].source = "$\\textcolor{#123456}{f}$"


def given_a_link_to(setting):
    def edit(nb):
        nb.cells[0].source += f' <a href="#Eq15Explorer?{setting}">set it</a>'
        nb.cells[1].source += "\nEq15Explorer()"

    return edit


def given_a_link_to_nothing(nb):
    nb.cells[0].source += ' <a href="#Eq15Explorer?f=0.5">set it</a>'


@pytest.mark.parametrize(
    ("guard", "edit"),
    [
        (guards.links_set_what_an_explorer_has, given_a_link_to_nothing),
        *((guards.links_set_what_an_explorer_has, given_a_link_to(s)) for s in ("p=1", "f=7", "f=", "T=2.5&f=0.5")),
        (guards.every_cell_was_run_in_order, unrun),
        (guards.every_cell_was_run_in_order, run_out_of_order),
        (guards.no_cell_failed, failed),
        (guards.no_cell_failed, warned),
        (guards.cells_are_short, made_long),
        (guards.every_output_is_compared, tagged_out),
        (guards.every_output_is_compared, skipped),
        (guards.every_output_is_compared, allowed_to_raise),
        (guards.every_output_is_compared, commented_out),
        (guards.images_have_alt_text, left_without_words),
        (guards.images_have_alt_text, labelled_with_a_path),
        (guards.pictures_are_compared_by_their_drawn_data, drawn_past_the_books_style),
        (guards.widgets_are_current, given_an_old_explorer),
        (guards.colours_are_from_the_palette, given_a_stray_colour),
        (prose.statements_are_sound, left_with_two_statements),
        (prose.numbers_are_on_the_page, given_a_number_from_nowhere),
    ],
    ids=lambda part: part.__name__,
)
def test_a_guard_catches_a_chapter_that_was(chapter, guard, edit):
    assert len(list(guard(chapter(edit)))) == 1


def test_a_guard_catches_a_file_that_an_editor_saved_its_own_way(chapter):
    path = chapter()
    path.write_text(path.read_text().replace('"metadata": {}', '"metadata": {"collapsed": true}', 1))
    assert len(list(guards.stored_form_is_canonical(path))) == 1


def test_a_reason_lets_a_cell_out_of_the_comparison(chapter):
    def with_reason(nb):
        tagged_out(nb)
        nb.cells[1].metadata["why"] = "the time that it took"

    assert list(guards.every_output_is_compared(chapter(with_reason))) == []


def test_one_changed_number_in_a_real_chapter_turns_the_suite_red(tmp_path):
    """The untouched chapter is run by the suite itself; here its copy has one printed digit changed."""
    nb = nbformat.read(ROOT / "book" / "notation.ipynb", 4)
    outputs = (o for cell in nb.cells if cell.cell_type == "code" for o in cell.outputs if o.output_type == "stream")
    output = next(o for o in outputs if re.search(r"\d", o.text))
    output.text = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), output.text, count=1)
    nbformat.write(nb, tmp_path / "tampered.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "tampered.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    assert re.search(r"^1 failed", done.stdout, re.MULTILINE), done.stdout
