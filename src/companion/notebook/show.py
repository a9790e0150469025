"""Show a function in a chapter: the code that runs is the code on the page."""

import ast
import inspect
import textwrap

from IPython.display import Markdown


def source(function):
    """Return the source of `function` without its docstring, as a Python block for a notebook.

    Raises TypeError if `function` is not a Python function or class.
    """
    if not (inspect.isfunction(function) or inspect.isclass(function)):
        raise TypeError(f"function: expected a Python function or class, got {function!r}")
    text = textwrap.dedent(inspect.getsource(function))
    first = ast.parse(text).body[0].body[0]
    lines = text.splitlines()
    if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
        del lines[first.lineno - 1 : first.end_lineno]
    return Markdown("```python\n" + "\n".join(lines) + "\n```")
