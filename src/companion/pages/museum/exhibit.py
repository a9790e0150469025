"""What an exhibit is, and how it is built: the specimen's source with a few lines exchanged."""

from types import SimpleNamespace
from typing import NamedTuple

from lstm.check import changed, errors


class Exhibit(NamedTuple):
    """One broken backward pass.

    changes: pairs (right, wrong) of source text. Each right text stands in the specimen exactly once.
    seen: where the bug lived, in a few sentences. source: where to read about it; empty where no one place is meant.
    caught_by, missed_by: names of checks. hint: for the reader who looks for the bug. fix: for the one who gives up.
    """

    name: str
    title: str
    changes: tuple[tuple[str, str], ...]
    seen: str
    source: str
    missed_by: str
    hint: str
    fix: str
    caught_by: str = "complex_step"


CONTROL = Exhibit(
    name="control",
    title="Nothing is broken",
    changes=(),
    seen=(
        "A museum needs a layer in which nothing is broken. A check that rejects a correct layer proves "
        "nothing about a broken one."
    ),
    source="",
    missed_by="",
    hint="There is nothing to find.",
    fix="There is nothing to fix.",
    caught_by="",
)


def source(exhibit: Exhibit) -> str:
    """Return the exhibit's source: the specimen's, with every change made.

    Raises TypeError if `exhibit` is not an `Exhibit`, ValueError if a right text does not stand there once.
    """
    if not isinstance(exhibit, Exhibit):
        raise TypeError(f"exhibit: expected a museum.Exhibit, got {type(exhibit).__name__}")
    return changed.source(f"exhibit {exhibit.name}", exhibit.changes)


def build(exhibit: Exhibit) -> SimpleNamespace:
    """Return the exhibit as a layer: an object with `forward` and `backward`, called as the specimen's.

    Raises TypeError or ValueError as `source` does.
    """
    return changed.build(source(exhibit), f"museum: {exhibit.name}")


def diff(exhibit: Exhibit) -> str:
    """Return the changed lines as text: '- ' before a line of the specimen, '+ ' before the exhibit's.

    Raises TypeError or ValueError as `source` does.
    """
    return changed.diff(source(exhibit))


def known(name: str, *, seen: str, source: str, missed_by: str, hint: str, fix: str) -> Exhibit:
    """The exhibit of an error that `lstm.check` knows by this name, which has its title and its changes."""
    error = errors.MUSEUM[name]
    return Exhibit(name, error.title, error.changes, seen, source, missed_by, hint, fix)
