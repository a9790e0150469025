"""Versions of the student's layer: its source with a few lines exchanged, as in the museum."""

import inspect
import textwrap
from types import SimpleNamespace

from IPython.display import Markdown

from companion.pages.backward import student
from lstm.check import changed
from lstm.check.changed import Changes

NAME = "the student's layer"
MEND: Changes = (
    ("dc = f * dc_next + dh_t", "dc = dc_next + dh_t"),
    ("dh_next, dc_next = dz @ Wh.T, dc\n", "dh_next, dc_next = dz @ Wh.T, f * dc\n"),
)
SECOND: Changes = (("do = dh_t * np.tanh(c) * o * (1 - o)", "do = dh_t * np.tanh(c) * o"),)
SHRINK: Changes = (("dh_next, dc_next = dz @ Wh.T, f", "dh_next, dc_next = 0.9 * dz @ Wh.T, f"),)
STOP = "        if t == len(steps) - 8:\n            break\n"
SHORT: Changes = (("        dh_next, dc_next = dz", f"{STOP}        dh_next, dc_next = dz"),)
# Errors of the table, each in the mended layer, but for the student's own.
ERRORS: dict[str, Changes] = {
    "none": MEND,
    "the student's": (),
    "two gates borrow a bias": (
        *MEND,
        ("h_prev @ Wh + b, 4", "h_prev @ Wh + b.reshape(4, -1)[[3, 3, 2, 3]].ravel(), 4"),
    ),
    "reads the last step only": (*MEND, ("dh[:, t] + dh_next", "dh[:, t] * (t == len(steps) - 1) + dh_next")),
    "a mean over the batch": (*MEND, ("db += dz.sum(axis=0)", "db += dz.mean(axis=0)")),
    "dh_next times 0.9": (*MEND, *SHRINK),
}


def layer(changes: Changes = ()) -> SimpleNamespace:
    """The student's layer after `changes`, built as `lstm.check.changed.build` does.

    Raises ValueError where a right text does not stand in the source exactly once.
    """
    return changed.build(_text(changes), NAME)


def listing(changes: Changes) -> Markdown:
    """What `changes` exchange: a line with a minus was there, the line with a plus stands in its place."""
    lines = changed.diff(_text(changes), _text(()))
    return Markdown(f"```diff\n{lines.strip()}\n```")


def _text(changes: Changes) -> str:
    return changed.source(NAME, changes, inspect.getsource(student))


def folded(report: object, lines: int | None = None, width: int = 76) -> str:
    """The text of a report, or its first lines, with long ones folded."""
    first = str(report).splitlines()[:lines]
    return "\n".join(textwrap.fill(line, width, subsequent_indent="    ") for line in first)
