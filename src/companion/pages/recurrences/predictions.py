"""The predictions of experiments/protocols/recurrences.md, each judged by the record."""

from collections.abc import Callable, Mapping

import numpy as np

from companion.notebook.tables import Table, table
from companion.pages.recurrences.outcome import Errors, solved
from companion.pages.recurrences.setting import LONG, SHORT
from lstm.recurrences.layers import LAYERS

CUT = [cell for cell in LAYERS if cell not in ("LSTM", "sLSTM")]
POSITIVE = ["LSTM, cut", "minGRU", "RG-LRU", "DeltaNet"]
PARITY, PARITY_LONG, SWAPS, SWAPS_LONG = (f"{task}, {T}" for task in ("parity", "swaps") for T in (SHORT, LONG))


def judged(found: Errors, off: Mapping[tuple[str, str], np.ndarray]) -> dict[str, bool]:
    """{prediction: whether it held}, in the order of the protocol; off: `trained.chains`."""

    def least(test: str, cells: list[str], runs: int) -> bool:
        return all(solved(found, test, cell) >= runs for cell in cells)

    def most(test: str, cells: list[str], runs: int) -> bool:
        return all(solved(found, test, cell) <= runs for cell in cells)

    def count(test: str, cell: str, holds: Callable[[np.ndarray], np.ndarray]) -> int:
        return int(holds(found[test, cell]).sum())

    both = ["LSTM", "sLSTM"]
    rank_one = ["DeltaNet", "DeltaNet, signed"]
    return {
        f"1. {PARITY} steps: LSTM, sLSTM and both signed cells in all runs": least(
            PARITY, [*both, "minGRU, signed", "DeltaNet, signed"], 5
        ),
        "   the other four in none, with more than 30 % wrong": all(
            bool(found[PARITY, cell].min() > 0.3) for cell in POSITIVE
        ),
        f"2. {PARITY_LONG} steps: LSTM and sLSTM in at least four": least(PARITY_LONG, both, 4),
        "   signed minGRU in none": most(PARITY_LONG, ["minGRU, signed"], 0),
        "   signed DeltaNet in at most two": most(PARITY_LONG, ["DeltaNet, signed"], 2),
        f"3. {SWAPS} steps: LSTM, sLSTM and signed DeltaNet in at least four": least(
            SWAPS, [*both, "DeltaNet, signed"], 4
        ),
        "   the other five in none": most(SWAPS, [*POSITIVE, "minGRU, signed"], 0),
        f"4. {SWAPS_LONG} steps: LSTM and sLSTM below 5 % in at least four": all(
            count(SWAPS_LONG, cell, lambda e: e < 0.05) >= 4 for cell in both
        ),
        "   signed DeltaNet above 5 % in at least three": count(SWAPS_LONG, "DeltaNet, signed", lambda e: e > 0.05)
        >= 3,
        "5. adding: RG-LRU, sLSTM and both DeltaNets in all": least("adding", ["RG-LRU", "sLSTM", *rank_one], 5),
        "   LSTM in at most two": most("adding", ["LSTM"], 2),
        "   the cut LSTM in no more than LSTM": solved(found, "adding", "LSTM, cut") <= solved(found, "adding", "LSTM"),
        "6. order: LSTM, sLSTM, RG-LRU, minGRU and the cut LSTM in at least four": least(
            "order", [*both, "RG-LRU", "minGRU", "LSTM, cut"], 4
        ),
        "   signed minGRU in at most three": most("order", ["minGRU, signed"], 3),
        "7. Reber: LSTM and sLSTM in at least three": least("Reber", both, 3),
        "   none of the six cut cells in more than one": most("Reber", CUT, 1),
        "8. chains, trained on parity: LSTM and sLSTM miss by more than half in all runs": all(
            bool(off[cell, "parity"].min() > 0.5) for cell in both
        ),
    }


def summary(said: Mapping[str, bool]) -> Table:
    """A row for each prediction: held or failed."""
    words = ["held" if held else "failed" for held in said.values()]
    return table({"prediction": [text.strip() for text in said], "outcome": words})
