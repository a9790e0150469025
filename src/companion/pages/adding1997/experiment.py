"""The adding problem of 1997 as an experiment: Hochreiter and Schmidhuber's stopping rule, our training, their table.

The data are `lstm.training.tasks.adding_1997`; the paper is named there. "Section 5.4" and "Table 7" below are its own.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from companion.shared import trials
from companion.shared.trials import BATCH, LEAST, RECENT, TESTED, UNITS, Run
from lstm import checks
from lstm.cell import Params
from lstm.training import models, tasks

CORRECT = 0.04  # a sequence is processed correctly if its absolute error is below this
MEAN_ERROR = 0.01  # and training stops once the average error is below this, 2000 in a row being correct

INITS = ("chrono", "chrono, b_f only", "chrono, b_i only", "forget bias", "uniform")
TOP = 0.03  # largest rate


class Published(NamedTuple):
    """A row of Table 7, means of 10 trials: least lag, weights, wrong predictions of `TESTED`, sequences to success."""

    lag: int
    weights: int
    wrong: int
    sequences: int


TABLE_7 = {
    100: Published(50, 93, 1, 74_000),
    500: Published(250, 93, 0, 209_000),
    1000: Published(500, 93, 1, 853_000),
}


def draw(init: str, T: int, *, rng: np.random.Generator, units: int = UNITS) -> models.Model:
    """The `Model` (float32) from which a run starts: 2 inputs, 1 output, `init` one of `INITS`.

    "chrono", "forget bias" (1) and "uniform" are those of `models.draw_lstm`, chrono with span = T. The two halves
    of chrono leave the other gate's biases near 0: b_f only keeps b_i from U(-1/sqrt(n), 1/sqrt(n)), b_i only b_f.
    Raises TypeError or ValueError that names the argument.
    """
    name, _, half = checks.one_of("init", init, INITS).partition(", ")
    model = models.draw_lstm(2, units, 1, rng=rng, init=name, span=T if name == "chrono" else None)
    if half:
        near_0 = (rng.uniform(-1, 1, units) / np.sqrt(units)).astype(model.W.dtype)
        other = {"b_f only": "b_i", "b_i only": "b_f"}[half]
        model = model._replace(layer=model.layer._replace(**{other: near_0}))
    return model


def with_biases(model: models.Model, b_f: float | np.ndarray, b_i: float | np.ndarray) -> models.Model:
    """`model` with these forget and input biases, each a number or an array (n,), in the dtype that it has."""
    old = model.layer.b_f
    b_f, b_i = (np.broadcast_to(np.asarray(b, old.dtype), old.shape).copy() for b in (b_f, b_i))
    return model._replace(layer=model.layer._replace(b_f=b_f, b_i=b_i))


def rule(errors: np.ndarray) -> bool:
    """Stop? The rule of 1997 for this task, see `trials.in_a_row`."""
    return trials.in_a_row(errors, correct=CORRECT, mean=MEAN_ERROR)


def rate(errors: np.ndarray, chance: float) -> float:
    """Step size after these absolute errors: `TOP` times root mean square error over `chance`, at least `LEAST`.

    The last `RECENT` errors count; `chance` is the root mean square error of predicting the mean, see `chance`.
    """
    last = errors[-RECENT:]
    return TOP if len(last) == 0 else float(np.clip(TOP * np.sqrt((last * last).mean()) / chance, LEAST, TOP))


def chance(T: int) -> float:
    """Root mean square error of always predicting 0.5: sqrt((2 - p)/48), see `lstm.training.tasks.adding_1997`.

    Raises TypeError or ValueError that names the argument.
    """
    p = 1 / 10 + (9 / 10) / (checks.whole("T", T, 20) // 2 - 1)
    return np.sqrt((2 - p) / 48)


def solve(
    model: models.Model,
    T: int,
    *,
    rng: np.random.Generator,
    budget: int,
    batch: int = BATCH,
    until: Callable[[np.ndarray], bool] = rule,
) -> Run:
    """Train the LSTM `model` (m = 2, k = 1) on fresh sequences until `until`(errors) or `budget` sequences: a `Run`.

    Full backpropagation through time, Adam with the step size `rate`, gradients clipped to norm `MOST`. The rule is
    asked before the first batch and after each, so a run may stop up to `batch` - 1 sequences late. `model` itself
    stays as it is. Raises TypeError or ValueError that names the argument; `training.Diverged`, which is no ValueError,
    where the numbers cease to be finite.
    """
    check_model(model)
    budget, usual = checks.whole("budget", budget, 1), chance(T)
    data = tasks.adding_1997(T, batch, rng=rng, dtype=model.W.dtype)
    if until(np.empty(0)):
        return Run(model, True, np.empty(0))
    return trials.train(
        model,
        data,
        loss="squared",
        budget=budget,
        batch=batch,
        rate=lambda errors: rate(errors, usual),
        until=lambda errors, _: until(errors),
    )


def fresh_errors(
    model: models.Model, T: int, *, rng: np.random.Generator, sequences: int = TESTED, batch: int = 320
) -> np.ndarray:
    """Absolute errors, (sequences,), of `model` on fresh sequences, as many as the paper's test set has.

    Raises TypeError or ValueError that names the argument.
    """
    check_model(model)
    data, left, found = tasks.adding_1997(T, batch, rng=rng, dtype=model.W.dtype), sequences, []
    while left > 0:
        one = next(data)
        found.append(trials.largest_error(models.outputs(model, one.x), one.y, one.read))
        left -= batch
    return np.concatenate(found)[:sequences]


def half_lives(model: models.Model) -> np.ndarray:
    """Half-life in steps of each cell state, (n,), at the forget gate of a silent cell: log(1/2) / log sigma(b_f)."""
    b_f = model.layer.b_f.astype(float)
    return np.log(2) / np.log1p(np.exp(-b_f))  # -log sigma(b) = log(1 + exp(-b))


def check_model(model: models.Model) -> models.Model:
    """Return `model` if it is an LSTM with 2 inputs and 1 output, else raise TypeError or ValueError."""
    checks.tuple_of("model.layer", models.check_model(model).layer, Params)
    checks.array("model.W", model.W, (1, model.W.shape[1]))
    checks.array("model.layer.W_1i", model.layer.W_1i, (model.W.shape[1], 2))
    return model
