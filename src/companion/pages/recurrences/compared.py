"""One table of all cells: the paths, the direct factor, and how far its product is from the true chain, measured."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from companion.notebook.tables import Table, table
from lstm import recurrences, variants
from lstm.analytic import complex_step
from lstm.recurrences import Cell

M, N, STEPS = 2, 3, 10  # inputs, units, and steps between the two ends of a chain
UNITS, ROUNDING = 64, 1e-14  # for the column of what a state costs; what counts as exact


class Row(NamedTuple):
    """A cell in the table; off, (draws,): how far the product of its direct factors is from the true chain."""

    name: str
    year: int
    factor: str
    paths: tuple[str, ...]
    scan: bool
    numbers: float
    off: np.ndarray


def measured(draws: int = 100) -> dict[str, Row]:
    """A `Row` for each cell: LSTM, GRU, then those of lstm.recurrences.CELLS; `draws` random cells of each kind.

    Every second one has its parameters as they are drawn before training, the others all standard normal.
    """
    rows = {}
    for cell in (recurrences.LSTM_CELL, *recurrences.CELLS.values()):
        kept = cell.size(UNITS) + UNITS * ("output" in cell.paths and not cell.scan)  # h is state where a gate reads it
        off = np.array([newer(cell, k) for k in range(draws)])
        rows[cell.name] = Row(cell.name, cell.year, cell.factor, cell.paths, cell.scan, kept / UNITS, off)
    off = np.array([gru(k) for k in range(draws)])
    older = Row("GRU", 2014, "$z$", ("update", "candidate", "reset"), False, 1, off)
    return {"LSTM": rows.pop("LSTM"), "GRU": older} | rows


def drawn(cell: Cell, rng: np.random.Generator, normal: bool) -> Any:
    """Parameters of a cell of M inputs and N units, drawn as before training, or all standard normal."""
    params = cell.init_params(M, N, rng=rng)
    if not normal:
        return params
    return params._replace(**{k: rng.normal(size=shape) for k, shape in cell.shapes(M, N).items()})


def newer(cell: Cell, seed: int) -> float:
    """`recurrences.miss` of one random cell over STEPS steps."""
    rng = np.random.default_rng(seed)
    params = drawn(cell, rng, bool(seed % 2))
    return recurrences.miss(cell, params, recurrences.run(cell, params, rng.normal(size=(STEPS + 1, M))))


def gru(seed: int) -> float:
    """The same of one GRU of Cho et al., whose direct factors are diagonal; it is a `variants.Variant`."""
    variant, rng = variants.GRU, np.random.default_rng(seed)
    params = variant.init_params(M, N, rng=rng)
    if seed % 2:
        params = params._replace(**{k: rng.normal(size=v.shape) for k, v in params._asdict().items()})
    trace = variant.run(params, rng.normal(size=(STEPS + 1, M)))
    true = complex_step(lambda h: variants.follow(variant, params, trace, 1, h)[0][-1], trace.h[0])
    product = np.diag(variants.products_of_direct(variant, params, trace, STEPS + 1)[0])
    return float(np.abs(product - true).max() / np.abs(true).max())


def summary(rows: Iterable[Row]) -> Table:
    """The rows as a table; `off` by its least and its largest value, one digit each, or as what rounding leaves."""
    rows = list(rows)
    columns: dict[str, list[Any]] = {
        "cell": [row.name for row in rows],
        "year": [row.year for row in rows],
        "direct factor": [row.factor for row in rows],
        "other paths": [", ".join(row.paths) or "none" for row in rows],
        "off by": [_said(row.off) for row in rows],
        "scan": ["yes" if row.scan else "no" for row in rows],
        "size": [row.numbers for row in rows],
    }
    return table(columns, {"size": ".0f"})


def _said(off: np.ndarray) -> str:
    return "rounding" if off.max() < ROUNDING else f"{off.min():.1g} to {off.max():.0f}"
