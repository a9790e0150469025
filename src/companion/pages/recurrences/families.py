"""Random cells of every kind over some steps: how large each edge of a step is, and product and chain beside them."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from companion.explorers.recurrences.data import Family, Shown
from companion.explorers.recurrences.explorer import SCALES
from companion.pages.recurrences import compared
from companion.pages.recurrences.compared import M, N
from lstm import recurrences, variants
from lstm.recurrences import Cell, flow

DRAWS, T = 20, 21  # random cells, and the steps of their runs: 20 factors
FACTORS = {
    "LSTM": "f", "GRU of PyTorch": "z", "sLSTM": "f′", "LRU": "λ, complex", "RWKV-4": "exp(−w)",
    "HGRN": "λ exp(iθ), complex", "S6 (Mamba)": "exp(ΔA)", "RG-LRU": "a⁸ʳ", "minGRU": "1 − z", "minLSTM": "f/(f + i)",
    "mLSTM": "f′", "DeltaNet": "I − β k kᵀ", "Gated DeltaNet": "α (I − β k kᵀ)", "RWKV-7": "diag(w) − κ (a ⊙ κ)ᵀ",
}  # fmt: skip


def families(draws: int = DRAWS, steps: int = T) -> list[Family]:
    """The LSTM and the cells of lstm.recurrences.CELLS, drawn as before training and drawn standard normal."""
    return [family(cell, draws, steps) for cell in (recurrences.LSTM_CELL, *recurrences.CELLS.values())]


def family(cell: Cell, draws: int, steps: int) -> Family:
    """One `Family`. The same draws serve every factor on the weights that read h."""
    drawn = [[draw(cell, seed, normal, steps) for seed in range(draws)] for normal in (False, True)]
    params, x = drawn[0][0]
    trace = recurrences.run(cell, params, x)
    paths = recurrences.slopes(cell, params, trace, 2).paths
    ends = {name: (path.by, path.on) for name, path in paths.items()}
    if not any(name.startswith("W_2") for name in cell.shapes(M, N)):
        return Family(cell.name, FACTORS[cell.name], ends, [[shown(cell, way)] for way in drawn])
    settings = [[shown(cell, [(variants.scaled(p, k), x) for p, x in way]) for k in SCALES] for way in drawn]
    return Family(cell.name, FACTORS[cell.name], ends, settings)


def draw(cell: Cell, seed: int, normal: bool, steps: int) -> tuple[Any, np.ndarray]:
    """(parameters, x of shape (steps, m)) of one random cell, drawn as before training, or all standard normal."""
    rng = np.random.default_rng(seed)
    return compared.drawn(cell, rng, normal), rng.normal(size=(steps, M))


def shown(cell: Cell, cells: Iterable[tuple[Any, np.ndarray]]) -> Shown:
    """What a list of (parameters, x) shows: `Shown`."""
    k, sizes, curves, off = cell.memory(N), [], [], []
    for params, x in cells:
        trace = recurrences.run(cell, params, x)
        true = variants.chains(recurrences.variant(cell), params, trace, len(x))[:, :k, :k]
        product = recurrences.products(cell, params, trace, len(x))[:, :k, :k]
        curves.append([np.linalg.norm(one, 2, axis=(1, 2)) for one in (true, product)])
        off.append(np.abs(product - true)[0].max() / np.abs(true[0]).max())
        sizes += [edges(cell, params, trace, t) for t in range(2, len(x) + 1)]
    medians = {name: float(np.median([one[name] for one in sizes])) for name in sizes[0]}
    true_curve, direct_curve = np.quantile(np.log10(curves), [0.25, 0.5, 0.75], axis=0).transpose(1, 0, 2)
    return Shown(medians, true_curve, direct_curve, np.array(off))


def edges(cell: Cell, params: Any, trace: recurrences.Trace, t: int) -> dict[str, float]:
    """The spectral norms of step t: of its direct factor, of D^(t-1), and of its other paths, by name."""
    k, one = cell.memory(N), recurrences.slopes(cell, params, trace, t)
    D = cell.slope(params, trace.x[t - 2], trace.steps[t - 2])
    parts = {
        "direct": flow.matrix(one.direct)[:k, :k],
        "D": D,
        **{name: path.slope for name, path in one.paths.items()},
    }
    return {name: float(np.linalg.norm(np.atleast_2d(part), 2)) for name, part in parts.items()}
