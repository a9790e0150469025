"""What `lstm.audit.findings` returns, in three forms: as text, as a list of HTML, as JSON."""

import html
import json
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from lstm.audit.report import Audit

LEVELS = ("unknown", "note", "act")  # the given data do not tell; as it may be; look at it
WORDS = {"act": "to act on", "note": "to know", "unknown": "not told by these data"}
WIDTH = 88
NOTHING = "Nothing was found: no measure passed a threshold."


class Finding(NamedTuple):
    """One finding.

    name     a short name that stays the same, such as "never read"
    units    the units it is about, numbered from 1, so that unit k is place k - 1; empty where it is about the layer
    value    the number that passed a threshold; `says` tells which
    level    one of `LEVELS`
    says     what was measured, a sentence with its numbers
    means    what this may mean
    chapter  the page of the book that proves it, such as "regimes"
    """

    name: str
    units: tuple[int, ...]
    value: float
    level: str
    says: str
    means: str
    chapter: str


class Findings(NamedTuple):
    """The findings, what is to act on first, and the `Audit` that they are about. str() gives the text."""

    findings: tuple[Finding, ...]
    audit: Audit

    def __str__(self) -> str:
        return "\n\n".join("\n".join(_lines(found)) for found in self.findings) or NOTHING

    def __repr__(self) -> str:
        return str(self)

    def to_act_on(self) -> bool:
        """Is there a finding of the level "act"?"""
        return any(found.level == "act" for found in self.findings)

    def to_html(self, base: str | None = None) -> str:
        """A list of HTML without a style of its own. `base` is put before the addresses of chapters, such as
        "https://example.org/book/" or "" for pages beside this one; where it is None they are names without a link.

        Raises TypeError for a base that is neither a string nor None.
        """
        if base is not None and not isinstance(base, str):
            raise TypeError(f"base: expected a string or None, got {base!r}")
        if not self.findings:
            return f"<p>{NOTHING}</p>"
        return f"<dl>{''.join(_described(found, base) for found in self.findings)}</dl>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_json(self) -> str:
        """All of it, with the measures, as JSON (RFC 8259), whose keys stay as they are.

        format      "lstm.audit/1"
        findings    a list of objects with the fields of `Finding`
        measures    the fields of `Audit`, arrays as lists
        not_finite  {place: word} for each null that stands for a number that JSON has not: "infinite" or "not a number"
        """
        strange: dict[str, str] = {}
        found = {
            "format": "lstm.audit/1",
            "findings": [_plain(one, f"findings.{k}", strange) for k, one in enumerate(self.findings)],
            "measures": _plain(self.audit, "measures", strange),
            "not_finite": strange,
        }
        return json.dumps(found, allow_nan=False)


def _lines(found: Finding) -> Iterator[str]:
    yield f"{found.name} ({WORDS[found.level]})"
    for words in (found.says, f"What this may mean: {found.means} [{found.chapter}]"):
        yield textwrap.fill(words, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _described(found: Finding, base: str | None) -> str:
    """A name with its level, and under it what is said: a list reads well on a phone, where columns are narrow."""
    name, says, means, chapter = map(html.escape, (found.name, found.says, found.means, found.chapter))
    if base is not None:
        chapter = f'<a href="{html.escape(base)}{chapter}.html">{chapter}</a>'
    head = f"<dt><strong>{name}</strong> ({WORDS[found.level]})</dt>"
    meaning = f"<dd>What this may mean: <span>{means}</span></dd>"
    return f"{head}<dd>{says}</dd>{meaning}<dd>Proof: <em>{chapter}</em></dd>"


def _plain(value: Any, place: str, strange: dict[str, str]) -> Any:
    """Tuples, arrays and numbers as JSON has them; what is not finite is None, and its place is noted in `strange`."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(one, f"{place}.{name}", strange) for name, one in value._asdict().items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(one, f"{place}.{k}", strange) for k, one in enumerate(value)]
    if isinstance(value, float) and not np.isfinite(value):
        strange[place] = "not a number" if np.isnan(value) else "infinite"
        return None
    return value
