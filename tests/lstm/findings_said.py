"""All that findings can say, on cells built for each: python -m tests.lstm.findings_said writes it, to be read."""

from pathlib import Path

import numpy as np
from tests.lstm.finding_cases import LATE, B, N, T, X, told, with_gate

from companion.shared import cells

SAID = Path(__file__).with_suffix(".txt")


def cases():
    """{what is special: its findings by name}."""
    shut = with_gate("i", -6.0, [2], with_gate("f", 0.0, [2]))
    holds = with_gate("f", 20.0, [2], with_gate("i", -20.0, [2]))
    alone = with_gate("f", -3.0, slice(2, None), with_gate("f", 6.0, slice(2)))
    made = {
        "as drawn": told(),
        "no loss": told(reads=None),
        "nine steps": told(start=T - 9),
        "37 steps, input gate at .02": told(with_gate("i", -4.0, [0]), X[:37], LATE[-37:]),
        "forget gate open in four units": told(with_gate("f", 3.0, slice(4), with_gate("f", 0.0))),
        "gates closed and open": told(with_gate("o", -3.0, [1], with_gate("f", -3.0, [4], with_gate("i", 3.0)))),
        "output gate shut": told(with_gate("o", -4.7, [2]), c_0=np.full((B, N), 4.0)),
        "output gate shut in half": told(with_gate("o", -7.0, slice(3), with_gate("f", 0.0))),
        "large memory": told(holds, c_0=np.full((B, N), 4.0)),
        "hardly written": told(shut, c_0=np.full((B, N), 0.5)),
        "two units carry": told(alone._replace(**{f"W_2{k}": np.zeros((N, N)) for k in "iog"})),
        "loss at each step": told(with_gate("f", -5.0), reads=np.ones((T, B, N))),
        "clipped": told(limit=1e-6),
    }
    built = cells.cases(rng=np.random.default_rng(0))
    return made | {name: told(cell.params, cell.x[:, None], None) for name, cell in built.items()}


def text():
    """Each finding of each case, with its level; what a case before it has said alike is left out."""
    lines, seen = [], set()
    for special, found in cases().items():
        for one in found.values():
            words = f"{one.name} ({one.level}, {one.chapter}): {one.says} | {one.means}"
            lines += [] if words in seen else [f"[{special}] {words}"]
            seen.add(words)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    SAID.write_text(text(), encoding="utf-8", newline="\n")
