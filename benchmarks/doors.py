"""How the reference layer's time grows with the number of steps: T = 400 against T = 1600, in turns, medians.

    python -m benchmarks.doors

Linear is 4; a check of all steps inside the loop over the steps would make it 16. Times are of this machine only; the
ratio of a call is taken within one run, in turns.
"""

import argparse
import time
from statistics import median

import numpy as np

from lstm import audit, bptt, chain, init_params, run, totals

M, N = 4, 16
SHORT, LONG = 400, 1600
MOST = 4.6
CALLS = {
    "run": lambda c: run(c["params"], c["x"]),
    "totals": lambda c: totals(c["params"], c["trace"], c["reads"]),
    "chain": lambda c: chain(c["params"], c["trace"], 1, len(c["x"])),
    "bptt.backward": lambda c: bptt.backward(c["params"], c["trace"], c["reads"]),
    "audit": lambda c: audit(c["params"], c["x"][:, None], start=len(c["x"]) - 30),
}


def case(T):
    """Parameters, T inputs, their trace and what a loss reads, by name."""
    rng = np.random.default_rng(T)
    params, x = init_params(M, N, rng=rng), rng.normal(size=(T, M))
    return {"params": params, "x": x, "trace": run(params, x), "reads": rng.normal(size=(T, N))}


def seconds(call, of):
    start = time.perf_counter()
    call(of)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=15)
    turns = parser.parse_args().turns
    short, long = case(SHORT), case(LONG)
    print(f"{'call':<14} {'T=' + str(SHORT):>10} {'T=' + str(LONG):>10} {'ratio':>6}")
    for name, call in CALLS.items():
        pairs = [(seconds(call, short), seconds(call, long)) for _ in range(turns)]
        ratio = median(b / a for a, b in pairs)
        below = "" if ratio <= MOST else f"  above {MOST}"
        print(
            f"{name:<14} {median(a for a, _ in pairs):>9.4f}s {median(b for _, b in pairs):>9.4f}s {ratio:>6.2f}{below}"
        )


if __name__ == "__main__":
    main()
