"""Numbers in prose: what counts as one, and that one which the chapter does not compute is found."""

import nbformat
import pytest
from tools import prose
from tools.prose import prose_numbers

from companion.notebook import statements


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("After 40 steps it is 0.97, or 97 %, and −1.5 there; 1,200 times.", ["40", "0.97", "97", "−1.5", "1,200"]),
        ("It is 3e-4, not 3e−5.", ["3e-4", "3e−5"]),
        ("See $x = 3$, `f(4)`, [page 5](six.ipynb#7) and <b id='8'>.", ["5"]),
        ("$$\na = 1\n$$ (eq-2)\n\nText 9.", ["9"]),
        ("Equation (12), (15b) and (B.3) in {cite:t}`hochreiter1997`, 1997.", []),
        ("**2.** Exercise\n\n1. first\n2. second", []),
        ("```python\n5\n```\n(label-6)=\nh1 and W_2f", []),
    ],
)
def test_the_numbers_of_prose_are_those_that_a_reader_takes_for_one(text, numbers):
    assert prose_numbers(text) == numbers


@pytest.fixture
def complaints(tmp_path):
    def of(text, source="x = 0.4", output="0.9716", **metadata):
        out = nbformat.v4.new_output("stream", text=output)
        code = nbformat.v4.new_code_cell(source, outputs=[out], execution_count=1)
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, metadata=metadata), code])
        nbformat.write(nb, tmp_path / "page.ipynb")
        return list(prose.numbers_are_on_the_page(tmp_path / "page.ipynb"))

    return of


@pytest.mark.parametrize("text", ["0.97", "0.9716", "97 %", "97.2 %", "0.4", "40 %", "-0.97"])
def test_a_number_of_the_code_or_of_an_output_may_be_written_rounded_or_in_per_cent(complaints, text):
    assert complaints(f"It is {text}.") == []


@pytest.mark.parametrize("text", ["0.98", "0.971", "98", "1", "4", "0.9", "0.5"])
def test_another_number_or_one_that_is_rounded_wrongly_is_found(complaints, text):
    expected = f"cell 0 writes {text}, which is in no code and no output of the chapter"
    assert complaints(f"It is {text}.") == [expected]


def test_a_number_may_have_a_reason_and_a_reason_must_have_a_number(complaints):
    assert complaints("Over 58 years.", numbers={"58": "counted in the paper cited"}) == []
    assert complaints("Over 58 years.", numbers={"58": ""}) != []
    assert complaints("Over years.", numbers={"58": "x"}) == ["cell 0 has a reason for 58, which it does not write"]


@pytest.fixture
def page(tmp_path):
    def write(*statements, tags=("hide-input",), name="page"):
        outputs = [nbformat.v4.new_output("execute_result", {"text/markdown": s._repr_markdown_()}) for s in statements]
        cells = [nbformat.v4.new_code_cell("1", outputs=[o], metadata={"tags": list(tags)}) for o in outputs]
        text = nbformat.v4.new_markdown_cell("(eq-1)=\n$$\nx\n$$\n\n## Why it is so")
        nbformat.write(nbformat.v4.new_notebook(cells=[text, *cells]), tmp_path / f"{name}.ipynb")
        return list(prose.statements_are_sound(tmp_path / f"{name}.ipynb"))

    return write


def always(derived="eq-1"):
    return statements.always("It always is.", [True] * 20, derived=derived)


def test_statements_that_are_folded_and_derived_on_the_page_are_sound(page):
    assert page(always(), always("why-it-is-so"), always()) == []
    assert page(name="index") == []


def test_too_few_or_too_many_statements_are_found(page):
    assert page(always(), always()) == ["the chapter has 2 statements, not three to eight"]
    assert page(*[always()] * 9) == ["the chapter has 9 statements, not three to eight"]


def test_a_statement_that_is_not_folded_or_not_derived_on_the_page_is_found(page):
    assert len(page(*[always()] * 3, tags=())) == 3
    (complaint,) = page(always(), always(), always("eq-2"))
    assert complaint.startswith("cell 3 says that it is derived at eq-2, which is no label")


def test_a_checksum_that_looks_like_an_exponent_is_no_number():
    assert prose._numbers("(100, checksum e1682193) 1e-3") == {prose.Decimal(100), prose.Decimal("0.001")}
