"""Show a function in a chapter: the code that runs is the code on the page."""

import ast
import html
import inspect
import textwrap

from IPython.display import Markdown

from companion.pages import museum
from lstm import checks


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


def exhibit(which):
    """Return a `museum.Exhibit` as a card for a notebook: where it was seen, what was changed, hint and fix folded.

    Raises TypeError if `which` is not an `Exhibit`.
    """
    checks.tuple_of("which", which, museum.Exhibit)
    seen_in = f" *Source: {html.escape(which.source)}.*" if which.source else ""
    folds = "".join(
        f"<details><summary>{title}</summary><p>{html.escape(text)}</p></details>\n"
        for title, text in [("Hint", which.hint), ("Fix", which.fix)]
    )
    caught = f"Caught by `{which.caught_by}`, missed by `{which.missed_by}`."
    return Markdown(f"{which.seen}{seen_in}\n\n```diff\n{museum.diff(which)}\n```\n\n{caught}\n\n{folds}")
