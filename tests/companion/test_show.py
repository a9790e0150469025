"""What a chapter shows of a function is its source, docstring left out."""

import ast

import numpy as np
import pytest

from companion.notebook import show
from lstm import Params, cell, cell_state


def test_the_shown_code_runs_and_gives_the_same_result():
    text = show.source(cell_state).data
    assert text.startswith("```python\ndef cell_state(")
    assert "Equation (13)" not in text
    scope = dict(vars(cell))
    exec(compile(ast.parse(text.strip("`").removeprefix("python\n")), "shown", "exec"), scope)
    a = [np.array([0.1, 0.2])] * 4
    np.testing.assert_array_equal(scope["cell_state"](*a), cell_state(*a))


def test_a_class_is_shown_too():
    assert "W_1i: np.ndarray" in show.source(Params).data


def test_what_has_no_python_source_is_refused():
    with pytest.raises(TypeError, match="function: expected a Python function or class"):
        show.source(np.tanh)


def test_types_and_docstring_are_left_out_and_comments_stay():
    text = show.source(typed).data
    assert text == "```python\ndef typed(a, *rest, b=(1, 2), **more):\n    # why\n    return a  # and so\n```"


def test_a_function_within_has_no_types_either():
    text = show.source(outer).data
    shown = (
        "def outer(a):\n    d = a\n\n    @staticmethod\n    def one(b, *, c=2):\n        # why\n        def two():\n"
    )
    assert text == f"```python\n{shown}            return c + d\n\n        return two\n\n    return one\n```"


def outer(a: int) -> object:
    d = a

    @staticmethod
    def one(
        b: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]], *, c: int = 2
    ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        # why
        def two() -> int:
            return c + d

        return two

    return one


def typed(
    a: np.ndarray, *rest: "dict[str, int]", b: tuple[int, int] = (1, 2), **more: object
) -> "tuple[np.ndarray, int]":
    """Nothing of this shows."""
    # why
    return a  # and so
