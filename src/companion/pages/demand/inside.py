"""What goes into the trained cells of the page and what comes out of them, on sequences that they have not seen.

A measure takes a model and a `Batch` of its task and returns {heading: number}.
"""

from collections.abc import Callable, Sequence

import numpy as np

from companion.pages.demand import cells
from companion.shared import coins
from lstm.fast import batched
from lstm.training.models import Model, outputs
from lstm.training.tasks import Batch

Measure = Callable[[Model, Batch], dict[str, float]]


def medians(measure: Measure, groups: Sequence[Sequence[Model]], batch: Batch) -> dict[str, list[float]]:
    """{heading: for each group of models the median over its models}."""
    found = [[measure(model, batch) for model in models] for models in groups]
    return {key: [float(np.median([one[key] for one in some])) for some in found] for key in found[0][0]}


def explained(values: np.ndarray, target: np.ndarray) -> float:
    """The share of the variance of `target`, (B,), that least squares explains by `values`, (B, n), and a constant."""
    columns = np.column_stack([values, np.ones(len(values))])
    rest = target - columns @ np.linalg.lstsq(columns, target, rcond=None)[0]
    return float(1 - rest.var() / target.var())


def coin(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.keep`: how well c^(T), h^(T) and tanh(c^(T) / s) tell the coin, with s the median size of c^(T).

    Beside it s, the median size of what one step adds to c, and the mean input gate, at the mark and later.
    """
    runs, target = batched.run(model.layer, batch.x), batch.x[0, :, 0]
    c, size = runs.c[-1], float(np.median(np.abs(runs.c[-1])))
    return {
        "in $c$": explained(c, target),
        "in $h$": explained(runs.h[-1], target),
        "in $\\tanh(c/s)$": explained(np.tanh(c / size), target),
        "size $s$": size,
        "one step": float(np.median(np.abs(runs.i * runs.g))),
        "$i$ at mark": float(runs.i[0].mean()),
        "$i$ later": float(runs.i[1:].mean()),
    }


def parts(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.recall`, after step 1 and before the question: what the units add to the output; the output gate.

    The parts are w_k h_k, their sizes added up; the output is their sum and the constant.
    """
    runs, (before, asked) = batched.run(model.layer, batch.x), _when(batch)
    added = (runs.h * model.W[0])[before]
    return {
        "sizes of the parts": float(np.abs(added).sum(axis=-1).mean()),
        "size of their sum": float(np.abs(added.sum(axis=-1)).mean()),
        "constant": float(abs(model.b[0])),
        "size of the output": float(np.abs(outputs(model, batch.x)[..., 0])[before].mean()),
        "$o$ before": float(runs.o[before].mean()),
        "$o$ when asked": float(runs.o[asked].mean()),
    }


def emptied(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.count`: the slope of c at a bell on c before it, of the unit with the least; the largest |c| in time.

    The slope is 1 where a bell leaves the state as it is, and 0 where nothing of it remains; its sign is left out.
    """
    c, rung = batched.run(model.layer, batch.x).c, batch.x[1:, :, 1] == 1
    before, at = c[:-1][rung], c[1:][rung]
    slopes = [abs(np.polyfit(before[:, k], at[:, k], 1)[0]) for k in range(c.shape[-1])]
    largest = np.abs(c).max(axis=-1).mean(axis=-1)
    return {
        "kept at a bell": float(min(slopes)),
        "largest $|c|$, step 50": float(largest[49]),
        f"step {len(c)}": float(largest[-1]),
    }


def drift(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.keep`: how little the writes to c cancel, the median size of c^(T) with and without W_2g, of h^(10).

    The first is the size of their sum over the sum of their sizes, the median over units and sequences: 1 where all
    writes of a unit have one sign.
    """
    runs, alone = (batched.run(one.layer, batch.x) for one in (model, cells.without_W_2g(model)))
    written = runs.i * runs.g
    return {
        "of one sign": float(np.median(np.abs(written.sum(axis=0)) / np.abs(written).sum(axis=0))),
        "size": float(np.median(np.abs(runs.c[-1]))),
        "without $W_{2g}$": float(np.median(np.abs(alone.c[-1]))),
        "$|h|$, step 10": float(np.median(np.abs(runs.h[9]))),
    }


def followed(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.keep`: the size of the slope of c on the coin, in the unit that moves the output most at the end.

    Beside it the share of the coins that the model tells, and that it tells without W_2g.
    """
    runs, target = batched.run(model.layer, batch.x), batch.x[0, :, 0]
    loudest = int((model.W[0] * runs.h[-1]).std(axis=0).argmax())
    slopes = {f"step {t}": abs(np.polyfit(target, runs.c[t - 1, :, loudest], 1)[0]) for t in (1, 20, len(runs.c))}
    told = {"told": coins.told(model, batch), "told without $W_{2g}$": coins.told(cells.without_W_2g(model), batch)}
    return {name: float(value) for name, value in (slopes | told).items()}


def answering(model: Model, batch: Batch) -> dict[str, float]:
    """Of `coins.recall`: the part w_k h_k and the output gate of the unit whose part is largest when it is asked."""
    runs, (before, asked) = batched.run(model.layer, batch.x), _when(batch)
    part = np.abs(runs.h * model.W[0])
    loudest = int(part[asked].mean(axis=0).argmax())
    return {
        "part before": float(part[before][:, loudest].mean()),
        "part when asked": float(part[asked][:, loudest].mean()),
        "$o$ before": float(runs.o[before][:, loudest].mean()),
        "$o$ when asked": float(runs.o[asked][:, loudest].mean()),
    }


def _when(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """The steps of `coins.recall` after the first and before the question, and those of the question, (T, B) each."""
    asked = batch.x[..., 2] == 1
    before = np.cumsum(asked, axis=0) == 0
    before[0] = False
    return before, asked
