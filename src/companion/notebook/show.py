"""Show a function in a chapter: the code that runs is the code on the page."""

import ast
import inspect
import textwrap
from typing import Any

from IPython.display import Markdown


def source(function: object) -> Markdown:
    """Return the source of `function` as a Python block for a notebook, without docstring and types of signatures.

    The guard `in_range`, which says nothing of what is computed, is left out too.
    Raises TypeError if `function` is not a Python function or class.
    """
    if not (inspect.isfunction(function) or inspect.isclass(function)):
        raise TypeError(f"function: expected a Python function or class, got {function!r}")
    text = textwrap.dedent(inspect.getsource(function))
    node: Any = ast.parse(text).body[0]  # a function or a class
    lines, first = text.splitlines(), node.body[0]
    inner = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef) and one is not node]
    for one in sorted(inner, key=lambda one: -one.lineno):  # from the last: the places of the others stay
        end = one.returns.end_lineno if one.returns else one.lineno
        lines[one.lineno - 1 : end] = [" " * one.col_offset + _signature(one).splitlines()[-1]]
    head = lines[: first.lineno - 1] if isinstance(node, ast.ClassDef) else [_signature(node)]
    documented = isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str)
    body = lines[first.end_lineno if documented else first.lineno - 1 :]
    return Markdown("\n".join(["```python", *head, *body, "```"]))


def _signature(node: ast.FunctionDef) -> str:
    """`def name(arguments):` of a function, decorators but the guard before it, without types."""
    node.decorator_list = [one for one in node.decorator_list if ast.unparse(one) != "in_range"]
    for argument in ast.walk(node.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    node.returns, node.body = None, [ast.Pass()]
    return ast.unparse(node).rpartition("\n")[0]
