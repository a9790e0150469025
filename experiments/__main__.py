"""python -m experiments [name ...]: run the experiments and store their results; all of them without a name.

Each is a module of this package with a function `run()`.
"""

import argparse
import importlib

NAMES = ("adding", "claims", "adding1997", "sunspots", "co2")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    names = parser.parse_args().names
    if unknown := set(names) - set(NAMES):
        parser.error(f"expected names of {', '.join(NAMES)}, got {', '.join(sorted(unknown))}")
    for name in names or NAMES:
        importlib.import_module(f"experiments.{name}").run()


if __name__ == "__main__":
    main()
