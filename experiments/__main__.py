"""python -m experiments [name ...]: run the experiments and store their results; all of them without a name.

A run that was killed goes on where it was. Each is a module of this package with a function `run(workers, scheduler)`.
"""

import argparse
import ast
import importlib
import os
from pathlib import Path

NAMES = ("adding", "claims", "adding1997", "sunspots", "co2", "swaps1997", "network1997", "recurrences")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--workers", type=int, metavar="N", help="processes; without it one for each core")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler, whose workers do the jobs")
    parser.add_argument("--list", action="store_true", help="say what there is, and run nothing")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"expected names of {', '.join(NAMES)}, got {', '.join(sorted(unknown))}")
    if given.workers is not None and given.workers < 1:
        parser.error(f"--workers: expected 1 or more, got {given.workers}")
    if given.list:
        print("\n".join(f"{name:12}{about(name)}" for name in given.names or NAMES))
        return
    for library in ("OPENBLAS", "MKL", "OMP"):  # before NumPy is imported: one worker is this process
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for name in given.names or NAMES:
        module = importlib.import_module(f"experiments.{name}")
        module.run(workers=given.workers, scheduler=given.scheduler)


def about(name):
    """The first line of an experiment's docstring, read without running it."""
    text = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(text)).partition("\n")[0]


if __name__ == "__main__":
    main()
