"""The exercises to hand out hold every exercise and no solution; the teacher's version holds both."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.conftest import ROOT
from tools import answers
from tools.refresh import chapters

from companion.notebook.exercise import OPENS
from companion.site import downloads, exercises

CHAPTER = [
    new_markdown_cell("# Gates\n\nWords."),
    new_code_cell("secret = 1"),
    new_markdown_cell("## Exercises\n\n**1.** *On paper.* How large?"),
    new_code_cell("from companion.explorers import ask", metadata={"tags": ["remove-input"]}),
    new_code_cell('ask("gates-1", 0.25)', metadata={"tags": ["remove-input"]}),
    new_markdown_cell('<details class="hint"><summary>Hint</summary>\n\nA hint.\n\n</details>'),
    new_markdown_cell(
        '<details class="solution"><summary>Solution</summary>\n\nA quarter.\n\n</details>\n\n**2.** *In code.* Do.'
    ),
    new_markdown_cell(f"{OPENS}\n\nDone:"),
    new_code_cell("print(0.25)"),
    new_markdown_cell("</details>"),
    new_markdown_cell("## Further reading\n\nA book."),
    new_code_cell("secret = 2"),
]


@pytest.fixture
def book(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("root: book/gates\n", encoding="utf-8")
    nbformat.write(new_notebook(cells=CHAPTER), tmp_path / "book/gates.ipynb")
    return tmp_path


def sources(nb):
    return [cell.source for cell in nb.cells]


def test_without_solutions_there_are_the_questions_a_call_for_each_box_and_room_for_code(book):
    assert sources(exercises.notebook(book, solutions=False))[2:] == [
        "## Gates (gates)",
        "**1.** *On paper.* How large?",
        '# check.answer("gates-1", your_answer)',
        "**2.** *In code.* Do.",
        "# your code",
    ]


def test_with_solutions_their_words_and_their_code_follow(book):
    found = sources(exercises.notebook(book, solutions=True))[2:]
    assert found == [
        "## Gates (gates)",
        "**1.** *On paper.* How large?",
        '# check.answer("gates-1", your_answer)',
        "**Solution.** A quarter.",
        "**2.** *In code.* Do.",
        "# your code",
        "**Solution.** Done:",
        "print(0.25)",
    ]


def test_both_are_notebooks_and_have_no_outputs(book):
    exercises.write(book, book / "out")
    for name in exercises.NAMES:
        nb = nbformat.read(book / "out" / name, 4)
        nbformat.validate(nb)
        assert nb.cells[0].source == downloads.line("")
        assert not any(cell.get("outputs") for cell in nb.cells)


def test_all_boxes_of_the_book_are_called_and_no_solution_is_given_away():
    text = "\n".join(sources(exercises.notebook(ROOT, solutions=False)))
    for key in answers.stored(chapters()):
        assert f'check.answer("{key}", your_answer)' in text or "-self" in key
    assert "Solution" not in text
    assert "ask(" not in text


def test_the_site_offers_both(site):
    for name in exercises.NAMES:
        nbformat.validate(nbformat.read(site / "_static" / name, 4))
