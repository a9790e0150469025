"""Do the stored numbers hold on another machine? python -m tools.portable runs the chapters as other CPUs would.

OpenBLAS and NumPy choose their kernels by the CPU, and the last digits differ. Two older processors, one thread
and NumPy without any of its optional instruction sets are imitated here; the chapters and the tests must pass under
each.
"""

import os
import subprocess
import sys

import numpy as np

SUITE = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    *("-n", "2", "--dist", "loadfile"),
    "tests",
    "book",
    "--ignore=tests/browser",
    "--ignore=tests/test_house.py",
]


def machines() -> dict[str, dict[str, str]]:
    """Name -> environment variables. NumPy's list is what this CPU has beyond NumPy's baseline."""
    beyond = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return {
        "OpenBLAS as on Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
        "OpenBLAS as on Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
        "one thread": {"OPENBLAS_NUM_THREADS": "1"},
        f"NumPy without {' '.join(beyond) or 'anything'}": {"NPY_DISABLE_CPU_FEATURES": " ".join(beyond)},
    }


def main() -> bool:
    failed = []
    for name, variables in machines().items():
        print(f"== {name}", flush=True)
        if subprocess.run(SUITE, env=os.environ | variables).returncode:
            failed.append(name)
    print("differs: " + ", ".join(failed) if failed else "the numbers hold under each")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
