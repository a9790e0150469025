"""A wrong layer as a change of a right one: the specimen's source with a few lines exchanged, built and shown."""

import difflib
import inspect
from collections.abc import Sequence
from functools import cache
from types import CodeType, SimpleNamespace
from typing import Any

from lstm.check import specimen

Changes = Sequence[tuple[str, str]]  # pairs (right, wrong) of source text


@cache
def right() -> str:
    """The source of the specimen."""
    return inspect.getsource(specimen)


def source(name: str, changes: Changes, text: str | None = None) -> str:
    """The source with every change made, one after the other; `text` stands in the specimen's place where given.

    Raises ValueError if a right text does not stand there exactly once.
    """
    text = right() if text is None else text
    for right_text, wrong in changes:
        if (times := text.count(right_text)) != 1:
            raise ValueError(f"{name}: expected {right_text!r} once in the specimen, found it {times} times")
        text = text.replace(right_text, wrong)
    return text


@cache
def _compiled(text: str, name: str) -> CodeType:
    return compile(text, f"<{name}>", "exec")


def build(text: str, name: str) -> SimpleNamespace:
    """The layer of a source as an object with `forward` and `backward`, called as the specimen's, and `sigmoid`."""
    names: dict[str, Any] = {}
    exec(_compiled(text, name), names)
    return SimpleNamespace(**{k: names[k] for k in ("forward", "backward", "sigmoid")})


def diff(text: str, before: str | None = None) -> str:
    """The changed lines as text: '- ' before a line of the specimen, '+ ' before the one that stands in its place."""
    broken, sound = text.splitlines(), (right() if before is None else before).splitlines()
    lines = list(difflib.unified_diff(sound, broken, n=0, lineterm=""))[2:]
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in lines if not line.startswith("@@"))
