"""The verdicts that were predicted before the networks were trained: a letter a cell, S, R, O or N.

The cells are solved and long after, each at the two rates, in this order; of `unit_by_unit` solved alone.
"""

from companion.pages.claims.protocol import NOTHING, OPEN, REFUTED, SUPPORTED

LETTERS = {"S": SUPPORTED, "R": REFUTED, "O": OPEN, "N": NOTHING}
CELLS = (("solved", 0.02), ("solved", 0.005), ("long after", 0.02), ("long after", 0.005))
TASKS = ("adding", "reber", "order", "order0", "short0", "sunspots")

PREDICTED = {
    "gates at the ends": ("OROR", "SOSS", "OROR", "NNNN", "OOOO", "OOSO"),
    "gates may be rounded": ("RRRR", "OROO", "RRRR", "NNNN", "RRRR", "RRRR"),
    "product is the chain": ("RRRR", "OOOO", "RRRR", "NNNN", "RRRR", "OOOO"),
    "product is the gradient": ("SSSS", "RRRR", "OOOO", "NNNN", "OOOO", "OORR"),
    "sufficient, by the loss": ("SSOS", "OOOO", "OORR", "NNNN", "OOOO", "RRRR"),
    "sufficient, by the chain": ("SSSS", "SSSS", "SSSS", "NNNN", "SSSS", "SSSS"),
    "sufficient, of its own": ("SSSS", "SSSS", "SSSS", "NNNN", "OOOO", "SSSS"),
    "necessary, by the loss": ("OOOO", "RRRR", "RRRR", "NNNN", "RRRR", "NNRR"),
    "necessary, by the chain": ("OORR", "RRRR", "RRRR", "NNNN", "RRRR", "RRRR"),
    "necessary, of its own": ("RRRR", "RRRR", "RRRR", "NNNN", "RRRR", "RRRR"),
    "small f may be zero": ("NNSN", "OOOO", "ONON", "NNNN", "OOOO", "OOOO"),
    "small f has no share": ("NNSN", "RRRR", "ONON", "NNNN", "OOOO", "RRRR"),
    "small f is typically unfelt": ("NNRN", "RRRR", "ONON", "NNNN", "OOOO", "RRRR"),
    "unit by unit": ("OO", "OO", "OO", "NN", "OO", "OO"),
}


def predicted(judge: str) -> dict[tuple[str, str, float], str]:
    """{(task, stage, rate): the word that was predicted} of one of the judges above."""
    rows = zip(TASKS, PREDICTED[judge], strict=True)
    return {(task, *cell): LETTERS[letter] for task, row in rows for cell, letter in zip(CELLS, row, strict=False)}
