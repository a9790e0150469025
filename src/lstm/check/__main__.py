"""`python -m lstm.check FILE` in an editor's terminal or an autograder: the report on the backward pass in a file.

FILE has functions backward and maybe forward, or a class with both. Its first line is FILE:LINE: and what is wrong, as
editors read it. --json prints JSON instead. The exit code is 0 where all is right, else 1, and 2 where it does not run.
"""

import inspect
import runpy
import sys
from collections.abc import Sequence
from typing import Any

from lstm.check.api import check
from lstm.check.report import Report


def chosen(names: dict[str, Any]) -> tuple[Any, Any]:
    """(backward, forward) among the names of a file: its functions, or a class of its own with both, and None.

    Raises ValueError where there is neither, or more than one such class.
    """
    if "backward" in names:
        return names["backward"], names.get("forward")
    own = [one for one in names.values() if inspect.isclass(one) and one.__module__ == "__checked__"]
    layers = [one for one in own if hasattr(one, "forward") and hasattr(one, "backward")]
    if len(layers) != 1:
        raise ValueError(
            f"file: expected a function backward or one class with forward and backward, got {len(layers)}"
        )
    return layers[0], None


def main(arguments: Sequence[str]) -> int:
    """The command; returns its exit code."""
    files = [one for one in arguments if one != "--json"]
    if len(files) != 1:
        print("usage: python -m lstm.check FILE [--json]", file=sys.stderr)
        return 2
    try:
        backward, forward = chosen(runpy.run_path(files[0], run_name="__checked__"))
        found = check(backward, forward)
    except Exception as error:  # whatever the file does
        print(f"{files[0]}:1: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if "--json" in arguments:
        print(found.to_json())
    else:
        function = getattr(backward, "backward", backward)
        line = inspect.unwrap(function).__code__.co_firstlineno
        print(f"{files[0]}:{line}: {_short(found)}")
        print(found)
    return 0 if found.right else 1


def _short(found: Report) -> str:
    return "the backward pass is right" if found.right else found.words or "wrong, by no error that is known"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
