"""The answer box: a reader types a number, or chooses, and is told what is off. It needs no kernel."""

import hashlib
from collections.abc import Mapping
from math import isfinite
from typing import Any

import anywidget
import traitlets

from companion.explorers.answer.verdict import verdict
from companion.explorers.base import digits, read
from companion.explorers.bundle import bundle


class Answer(anywidget.AnyWidget):
    """The box of one exercise: `task` is what is asked, as `verdict` takes it, and `key` names the exercise."""

    _esm = bundle("answer/answer.js")
    _css = read("answer/answer.css")
    key = traitlets.Unicode().tag(sync=True)
    task = traitlets.Dict().tag(sync=True)

    def __repr__(self) -> str:
        return f"Answer({self.key!r})"


def ask(
    key: str,
    right: float,
    *,
    within: float | None = None,
    mistakes: Mapping[str, float] | None = None,
    why: str = "",
    unit: str = "",
) -> Answer:
    """Return the box of an exercise that asks for a number.

    key: "gates-2" is exercise 2 of book/gates.ipynb. within: how far from `right` an answer may be, by default half a
    percent of it. mistakes: a sentence that says what went wrong -> the number that comes of it. why: a sentence for
    who is right. unit: what stands behind the number. Sentences are plain text. Raises ValueError for numbers that are
    not finite, for a `within` that is not positive, and for a mistake that is as good as right.
    """
    right, mistakes = _kept(right), {said: _kept(value) for said, value in (mistakes or {}).items()}
    within = _kept(abs(right) / 200 if within is None else within)
    for name, value in {"right": right, "within": within, **mistakes}.items():
        if not isfinite(value):
            raise ValueError(f"{name}: expected a finite number, got {value!r}")
    if within <= 0:
        raise ValueError(f"within: expected a positive number, got {within!r}")
    task = {"right": right, "within": within, "mistakes": list(mistakes.items()), "why": why, "unit": unit}
    for said, value in mistakes.items():
        if verdict(task, value).right:
            raise ValueError(f"mistakes: {said!r} has {value!r}, which is within {within!r} of the right {right!r}")
    return Answer(key=key, task=task)


def _kept(value: float) -> float:
    return float(digits(float(value), 8))


def choose(key: str, right: str, wrong: Mapping[str, str], *, why: str) -> Answer:
    """Return the box of an exercise that lets the reader choose: `right`, or one of `wrong`, label -> what is off.

    why: a sentence for who is right. The order of the choices is drawn from the key. Raises ValueError for fewer than
    two wrong ones, an empty sentence, or where `right` is among `wrong`.
    """
    if right in wrong or len(wrong) < 2 or not all([why, *wrong.values()]):
        raise ValueError(f"wrong: expected at least two labels with a sentence, none of them {right!r}, got {wrong!r}")
    choices: list[tuple[str, str]] = [(right, why), *wrong.items()]
    choices.sort(key=lambda choice: hashlib.sha256(f"{key} {choice[0]}".encode()).digest())
    task: dict[str, Any] = {"right": right, "choices": [list(choice) for choice in choices]}
    return Answer(key=key, task=task)
