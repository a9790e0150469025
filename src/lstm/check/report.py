"""What `check` found: in words, as JSON, as points, as an assertion."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from lstm.check.cause import Cause

GROUPS = ("W_1", "W_2", "b", "x", "h_0", "c_0")
CLEAN = "clean"  # the group of what it does besides: 1 where there is no finding


class Part(NamedTuple):
    """A part of the gradient: its error, relative to its largest true entry, and whether that is rounding."""

    name: str
    error: float
    right: bool


class Report(NamedTuple):
    """What `check` found.

    convention: in which it was tried, as keywords. truth: with what it was compared. parts: a `Part` for each array.
    causes: what is wrong, in words, with `parts` and `lines`. findings: what it does besides. hints: where to look.
    """

    convention: str
    truth: str
    parts: tuple[Part, ...]
    causes: tuple[Cause, ...]
    findings: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether every part is right and there is no finding."""
        return bool(self.parts) and all(part.right for part in self.parts) and not self.findings

    @property
    def words(self) -> str:
        """What is wrong, in a line; empty where nothing is."""
        return " ".join([*(cause.words + "." for cause in self.causes), *self.findings])

    def points(self, weights: Mapping[str, float] | None = None) -> dict[str, float]:
        """Points by group, W_1, W_2, b, x, h_0, c_0 and clean: the weight, 1 where none is given, times what is right.

        A group of which no part came back has none, unless it is weighted: then it has 0. Raises ValueError for others.
        """
        weights = dict(weights or {})
        if unknown := [name for name in weights if name not in (*GROUPS, CLEAN)]:
            raise ValueError(f"weights: expected groups among {(*GROUPS, CLEAN)}, got {unknown}")
        found = {}
        for group in GROUPS:
            mine = [part.right for part in self.parts if _group(part.name) == group]
            if mine or group in weights:
                found[group] = weights.get(group, 1.0) * (sum(mine) / len(mine) if mine else 0.0)
        return found | {CLEAN: weights.get(CLEAN, 1.0) * (not self.findings)}

    def to_json(self, weights: Mapping[str, float] | None = None) -> str:
        """All of it as JSON, with the points; an error that is not finite is null."""
        value: dict[str, Any] = {"right": self.right, "convention": self.convention, "truth": self.truth}
        value["parts"] = [
            {"name": part.name, "error": part.error if part.error < float("inf") else None, "right": part.right}
            for part in self.parts
        ]
        value["causes"] = [cause._asdict() for cause in self.causes]
        value |= {"findings": self.findings, "hints": self.hints, "points": self.points(weights)}
        return json.dumps(value, indent=1)

    def assert_right(self, *groups: str) -> None:
        """Raise AssertionError with the report unless all is right, or the parts of the named groups are."""
        if unknown := [name for name in groups if name not in GROUPS]:
            raise ValueError(f"groups: expected some of {GROUPS}, got {unknown}")
        wrong = [part for part in self.parts if not part.right and (not groups or _group(part.name) in groups)]
        absent = [group for group in groups if all(_group(part.name) != group for part in self.parts)]
        if wrong or absent or (not groups and not self.right):
            raise AssertionError(f"\n{self}")

    def __str__(self) -> str:
        count = sum(part.right for part in self.parts)
        verdict = "Right" if self.right else "Not right"
        lines = [f"{verdict}: {count} of {len(self.parts)} parts of the gradient agree with {self.truth}."]
        lines += [f"Convention: {self.convention}."]
        for cause in self.causes:
            lines += [f"- {cause.words}.", *(f"    {line}" for line in cause.lines.splitlines())]
        lines += [f"- {one}" for one in (*self.findings, *self.hints)]
        wrong = [part for part in self.parts if not part.right]
        explained = {name for cause in self.causes for name in cause.parts}
        if unknown := [part.name for part in wrong if part.name not in explained]:
            more = "Not explained by that" if self.causes else "No known error gives"
            lines.append(f"- {more}: {', '.join(f'd{name}' for name in unknown)}.")
        lines += [f"  d{part.name:<8} relative error {part.error:.1e}" for part in wrong]
        return "\n".join(lines)


def _group(name: str) -> str:
    return "b" if name.startswith("b_") else name if name in ("x", "h_0", "c_0") else name[:-1]
