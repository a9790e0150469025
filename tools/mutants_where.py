"""Which modules have mutants, and which tests are asked about them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BUDGET = 15  # seconds of tests for a mutant
# Where the modules are, and their tests. What draws a figure has mutants of its own, in the tests of the figures.
TESTS = {
    "lstm": ["tests/lstm", "tests/fuzz"],
    "companion/pages": ["tests/companion"],
    "companion/shared": ["tests/companion"],
    "companion/check": ["tests/companion"],
}
LEFT = {"__main__.py", "figures.py"}


def modules(root: Path) -> list[str]:
    """All modules of the library, and those of the book that compute: its chapters' studies."""
    src = root / "src"
    found = [one for package in TESTS for one in (src / package).rglob("*.py") if one.name not in LEFT]
    return sorted(one.relative_to(src).as_posix() for one in found)


def scripts(root: Path) -> list[str]:
    """All modules of the explorers' JavaScript."""
    src = root / "src"
    return sorted(one.relative_to(src).as_posix() for one in (src / "companion" / "explorers").rglob("*.js"))


def asked(about: str, example: str) -> Namespace:
    """What a command is asked: modules, every, alive, tests. `about` says what it is for; `example` names modules."""
    parser = ArgumentParser(description=about.partition("\n\n")[0])
    parser.add_argument("modules", nargs="*", help=f"as {example}; all where none is named")
    parser.add_argument("--every", type=int, default=1, help="a sample: every k-th mutant of a module")
    parser.add_argument("--tests", nargs="*", help="files or folders of tests, in place of all that a module has")
    parser.add_argument("--alive", action="store_true", help="only those that were alive, after tests were written")
    return parser.parse_args()


def named(names: Sequence[str], of: Sequence[str]) -> list[str]:
    """The modules of `of` that begin as one of the names does; all where there is none."""
    return [one for name in names or [""] for one in of if one.startswith(name)]


def folders_of(wanted: Sequence[str]) -> list[str]:
    """Where the tests of these modules are."""
    places = [place for package in TESTS for place in TESTS[package] if any(one.startswith(package) for one in wanted)]
    return list(dict.fromkeys(places))


def chosen(module: str, where: str, known: dict[str, Any]) -> tuple[list[str], float]:
    """The tests that call a function of a module, or any of its functions, quick ones first, and their seconds."""
    found = [(seconds, test) for test, (seconds, names) in known.items() if f"{module}:{where}" in names]
    of_all = [(seconds, test) for test, (seconds, names) in known.items() if any(module in name for name in names)]
    return quick(found or of_all)


def quick(found: Sequence[tuple[float, str]]) -> tuple[list[str], float]:
    """The quickest of the tests (seconds, name), as many as there is time for, and their seconds."""
    tests, spent = list[str](), 0.0
    for seconds, test in sorted(found):
        if not tests or spent + seconds <= BUDGET:
            tests.append(test)
            spent += seconds
    return tests, spent
