"""make fuzz: many spoiled calls of the library's doors; prints each kind of fault once, with its count."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping

import numpy as np
from tests.fuzz.doors import Door, doors
from tests.fuzz.spoil import fault, spoil


def run(doors: Mapping[str, Door], calls: int, seed: int, huge: bool = True) -> Counter[tuple[str, str, str, str]]:
    """{(door, argument, how it was spoiled, what was wrong): times} of so many calls.

    `huge`: also with what may overflow.
    """
    rng = np.random.default_rng(seed)
    names = sorted(doors)
    found: Counter[tuple[str, str, str, str]] = Counter()
    for _ in range(calls):
        name = names[rng.integers(len(names))]
        door = doors[name]
        argument = sorted(door.given)[rng.integers(len(door.given))]
        spoiled = spoil(door.given[argument], rng)
        if spoiled.huge and not huge:
            continue
        if what := fault(door, argument, spoiled):
            found[name, argument, spoiled.how, what] += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found = run(doors(), asked.calls, asked.seed)
    for (name, argument, how, what), times in sorted(found.items()):
        print(f"{name}({argument} {how}), {times}: {what}")
    print(f"{asked.calls} calls, {sum(found.values())} faults of {len(found)} kinds")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
