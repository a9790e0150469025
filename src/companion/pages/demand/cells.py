"""The LSTM with only some of its gates: the carousel (D.1), with a write gate (D.2), with a read gate (D.3), the whole.

A missing gate is held open: its weights are 0 and its bias is OPEN, at which the sigmoid is exactly 1 and its slope,
computed as s (1 - s), exactly 0. Its gradient is 0 then, and training leaves it where it is.
"""

import numpy as np

from companion.shared import coins
from lstm import cell, checks, training
from lstm.cell import Params
from lstm.training import models
from lstm.training.tasks import Batch

GATES = ("", "i", "io", "ifo")
OPEN, SHUT = 40.0, -2.0  # bias of a missing gate; what is added to that of a write gate, which so starts nearly closed
RATE, BATCH, LEVEL = 0.02, 32, 0.02  # LEVEL: the loss at which keep and recall count as learned


def hold_open(params: Params, gates: str) -> Params:
    """`params` without the gates of "ifo" that `gates` does not name: those are 1, whatever they read.

    Raises ValueError for gates that are none.
    """
    if unknown := set(gates) - set("ifo"):
        raise ValueError(f"gates: expected letters of 'ifo', got {sorted(unknown)}")
    held: dict[str, np.ndarray] = {}
    for gate in set("ifo") - set(gates):
        W_1, W_2, b = (getattr(params, name + gate) for name in ("W_1", "W_2", "b_"))
        held |= {f"W_1{gate}": np.zeros_like(W_1), f"W_2{gate}": np.zeros_like(W_2), f"b_{gate}": np.full_like(b, OPEN)}
    return params._replace(**held)


def draw(gates: str, m: int, n: int, *, seed: int, forget_bias: float = 3.0) -> models.Model:
    """A `Model` of n cells with these gates, m inputs and one output, float64, for training.

    Weights as `models.draw_lstm` draws them; SHUT is added to the biases of the write gates, `forget_bias` to those of
    the forget gates. The same seed gives the same weights to all cells. Raises TypeError or ValueError.
    """
    rng = np.random.default_rng([seed, 0])
    model = models.draw_lstm(m, n, 1, rng=rng, forget_bias=forget_bias, dtype=float)
    layer = model.layer._replace(b_i=model.layer.b_i + SHUT)
    return model._replace(layer=hold_open(layer, gates))


def constant(model: models.Model, level: float) -> models.Model:
    """`model` with write gates that decide nothing: their weights are 0, and all stand at `level`, between 0 and 1.

    Raises TypeError or ValueError for a level that is no such number.
    """
    if not 0 < checks.real("level", level, ()) < 1:
        raise ValueError(f"level: expected a number between 0 and 1, got {level!r}")
    layer = model.layer
    bias = np.full_like(layer.b_i, np.log(level / (1 - level)))
    return model._replace(layer=layer._replace(W_1i=0 * layer.W_1i, W_2i=0 * layer.W_2i, b_i=bias))


def without_W_2g(model: models.Model) -> models.Model:
    """`model` whose candidates do not read h."""
    return model._replace(layer=model.layer._replace(W_2g=np.zeros_like(model.layer.W_2g)))


def train(
    gates: str,
    task: str,
    T: int,
    n: int,
    *,
    seed: int,
    updates: int,
    forget_bias: float = 3.0,
    level: float | None = None,
    fed_back: bool = True,
) -> training.Run:
    """Train what `draw` draws on the task of companion.shared.coins called "keep", "recall" or "count": a `Run`.

    `updates` at most: "keep" and "recall" end where the mean of 50 losses is below LEVEL. With a `level` the write
    gate is made `constant`, and training leaves it there. If not `fed_back`, W_2g is 0 and stays so.
    Raises as `draw` and `constant`.
    """
    checks.one_of("task", task, ("keep", "recall", "count"))
    batches = getattr(coins, task)(T, BATCH, rng=np.random.default_rng([seed, 1]))
    model = draw(gates, next(batches).x.shape[2], n, seed=seed, forget_bias=forget_bias)
    held: tuple[str, ...] = ()
    if level is not None:
        model, held = constant(model, level), ("W_1i", "W_2i", "b_i")
    if not fed_back:
        model, held = without_W_2g(model), (*held, "W_2g")
    until = None if task == "count" else LEVEL
    return training.train(model, batches, rate=RATE, updates=updates, until=until, held=held)


def error(model: models.Model, batch: Batch) -> float:
    """Mean squared error of the outputs, at all steps, over the variance of the targets of a `Batch`."""
    return float(np.mean((models.outputs(model, batch.x) - batch.y) ** 2) / batch.y.var())


def by_hand(gates: str, sharp: float = 20.0) -> Params:
    """One cell set by hand, without recurrent weights, three inputs: coin, mark and bell. A missing gate is open.

    The candidate is the coin; the write gate opens at a mark, the forget gate closes at a bell, both but for e^-sharp.
    The read gate is open.
    """
    weights = {f"W_1{k}": np.zeros((1, 3)) for k in "ifog"} | {f"W_2{k}": np.zeros((1, 1)) for k in "ifog"}
    params = Params(**weights, **{f"b_{k}": np.zeros(1) for k in "ifog"})
    params = params._replace(W_1g=np.array([[sharp, 0, 0]]), b_o=np.array([sharp]))
    params = params._replace(W_1i=np.array([[0, 2 * sharp, 0]]), b_i=np.array([-sharp]))
    params = params._replace(W_1f=np.array([[0, 0, -2 * sharp]]), b_f=np.array([sharp]))
    return hold_open(params, gates)


def largest_step(params: Params, x: np.ndarray) -> float:
    """The largest |c^(t) - c^(t-1)| of all units and steps, over x (T, m). Raises TypeError or ValueError."""
    trace = cell.run(params, x)
    return float(np.abs(np.diff(np.vstack([trace.c_0, trace.c]), axis=0)).max())
