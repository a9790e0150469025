"""What `make mutants` writes: benchmarks/mutants.md, from what became of the mutants."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ABOUT = """# Mutants

Made by `make mutants`: each mutant is a module with one change. `benchmarks/equivalent.toml` says which change nothing
that a caller could see, and why. A mutant is alive if it passes the tests of its package that call the
changed function, quick ones first, up to {budget} seconds of them, or those in the files that a run was given: the
share killed is a lower bound. For JavaScript, what compares all that is shown with Python runs before them. "Too slow"
did not end in time. Seconds are those of a mutant on a busy machine.

"""


def rows(records: Mapping[str, Any], modules: Sequence[str]) -> Iterator[str]:
    """The results as lines of Markdown: a row for each module, then the survivors, then what was not run."""
    yield "| module | mutants | equivalent | killed | of these too slow | alive | share killed | s each |"
    yield "|---|" + "--:|" * 7
    for name, one in records.items():
        dead, alive = one["killed"] + one["late"], len(one["alive"])
        sample = f", 1 in {one['every']}" if one["every"] > 1 else ""
        share = f"{100 * dead / max(1, dead + alive):.1f} %"
        counts = f"{dead + alive + one['same']}{sample} | {one['same']} | {dead} | {one['late']} | {alive}"
        yield f"| {name} | {counts} | {share} | {one['seconds']:.2f} |"
    yield "\n## Survivors\n"
    yield from (f"- `{name}:{line}` `{what}`" for name, one in records.items() for line, what in one["alive"])
    yield "\n## Not run\n"
    yield (", ".join(one for one in modules if one not in records) or "Nothing") + "."


def table(records: Mapping[str, Any], modules: Sequence[str], budget: float) -> str:
    """The whole page; a mutant gets `budget` seconds of tests."""
    return ABOUT.format(budget=budget) + "\n".join(rows(dict(sorted(records.items())), modules)) + "\n"
