"""Time and memory of an audit with its findings, one process for each size.

    python -m benchmarks.audit

Prints, for each size, the median of three calls in seconds and the peak of memory in MiB: that of the whole process,
and how much of it the audit added to what Python, NumPy and the arrays took.
"""

import resource
import statistics
import subprocess
import sys
import time

import numpy as np

from lstm import audit, findings, init_params

SIZES = [(64, 1000, 32), (512, 200, 8)]  # n, T, B
CALLS = 3
INPUTS = 8


def measure(n: int, T: int, B: int) -> str:
    """One line for one size; the peak of memory is that of this process, so call it once."""
    rng = np.random.default_rng(0)
    params, x, reads = init_params(INPUTS, n, rng=rng), rng.normal(size=(T, B, INPUTS)), rng.normal(size=(T, B, n))
    before = _peak()
    seconds = []
    for _ in range(CALLS):
        began = time.perf_counter()
        findings(audit(params, x, reads)).to_json()
        seconds.append(time.perf_counter() - began)
    median = statistics.median(seconds)
    return f"{n:4} units {T:5} steps {B:3} sequences {median:6.1f} s {_peak():6.0f} MiB, {_peak() - before:6.0f} added"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(measure(*map(int, sys.argv[1:])))
    else:
        for size in SIZES:
            subprocess.run([sys.executable, "-m", "benchmarks.audit", *map(str, size)], check=True)
