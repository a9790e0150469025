"""Show a function in a chapter: the code that runs is the code on the page."""

import ast
import inspect
import textwrap
from typing import Any

from IPython.display import Markdown


def source(function: object) -> Markdown:
    """Return the source of `function` as a Python block for a notebook, without docstring and types.

    Raises TypeError if `function` is not a Python function or class.
    """
    if not (inspect.isfunction(function) or inspect.isclass(function)):
        raise TypeError(f"function: expected a Python function or class, got {function!r}")
    text = textwrap.dedent(inspect.getsource(function))
    node: Any = ast.parse(text).body[0]  # a function or a class
    lines, first = text.splitlines(), node.body[0]
    head = lines[: first.lineno - 1] if isinstance(node, ast.ClassDef) else [_signature(node)]
    documented = isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str)
    body = lines[first.end_lineno if documented else first.lineno - 1 :]
    return Markdown("\n".join(["```python", *head, *body, "```"]))


def _signature(node: ast.FunctionDef) -> str:
    """`def name(arguments):` of a function, decorators before it, without types."""
    for argument in ast.walk(node.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    node.returns, node.body = None, [ast.Pass()]
    return ast.unparse(node).rpartition("\n")[0]
