"""Training, kept small: Adam, gradients clipped by their norm, a loop.

A number that is not finite, in loss, gradient or network, stops the loop with `Diverged`, which carries the last good
network.
"""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range
from lstm.training import models
from lstm.training.optimiser import adam, clip, positive
from lstm.training.tasks import Batch

Losses = list[float]  # of the batches so far
Rate = float | Callable[[Losses], float]
Until = float | Callable[[Losses, models.Model], bool] | None
Watch = Callable[[Losses], object] | None
WINDOW = 50  # losses over which `until` averages


class Run(NamedTuple):
    """What `train` returns: the network after its last update, and the loss of each batch before its update, (U,)."""

    model: models.Model
    losses: np.ndarray


class Diverged(ArithmeticError):
    """Training met a loss, a gradient or a network that is not finite.

    `model`: the last network whose loss and gradient were finite; `losses`: all finite losses, the last is its own.
    Where the first loss already was not finite, `model` is the network at the start and `losses` is empty.
    """

    def __init__(self, message: str, model: models.Model, losses: np.ndarray) -> None:
        super().__init__(message)
        self.model, self.losses = model, losses


def train(
    model: models.Model,
    batches: Iterable[Batch],
    *,
    loss: str | models.Loss = "squared",
    rate: Rate = 0.01,
    updates: int,
    most: float | None = 1.0,
    until: Until = None,
    watch: Watch = None,
    held: Collection[str] = (),
) -> Run:
    """Train `model` on `updates` batches of the iterable `batches`; return a `Run`. `model` itself stays as it is.

    loss     one of `models.LOSSES` by name, or a function as they are
    rate     step size of Adam: a number, or a function of the losses so far (a list) that returns one
    most     largest norm of a gradient; longer ones are scaled down to it; None for no limit
    until    stop before, once the mean of the last 50 losses is below this number; or a function of the losses and
             of the network after the update (to be read, not kept) that says when
    watch    called with the losses after each update, say to move a progress bar
    held     names of arrays of the layer that stay as they are, such as "W_1i": their gradient is taken to be 0

    Raises `Diverged` with the last good network where a number is not finite, ValueError if `batches` ends too early,
    TypeError or ValueError that names the argument for bad input.
    """
    updates = _check(model, batches, rate, updates, most, until, watch)
    stays = _held(model, held)
    theta, moments, cache, losses = models.flatten(model), None, None, []
    good, enough = theta, until if callable(until) else partial(_below, until)
    try:
        for batch in islice(batches, updates):
            now = models.unflatten(theta, model)
            value, gradient, cache = models.loss_and_gradient(now, batch, loss, reuse=cache)
            losses.append(value)
            good, way = theta, models.flatten(gradient)
            way[stays] = 0
            step = rate(losses) if callable(rate) else rate
            change, moments = adam(way if most is None else clip(way, most), moments, rate=step)
            theta = _moved(theta, change)
            if watch is not None:
                watch(losses)
            if enough(losses, models.unflatten(theta, model)):
                break
        else:
            if len(losses) < updates:
                raise ValueError(f"batches: expected at least {updates}, got {len(losses)}")
    except FloatingPointError as error:
        words = f"after {len(losses)} sound losses: {error.__cause__ or error}; a smaller rate or norm may help"
        raise Diverged(words, models.unflatten(good, model), np.array(losses)) from error
    return Run(models.unflatten(theta, model), np.array(losses))


@in_range
def updates_to(losses: ArrayLike, level: float) -> int | None:
    """Number of updates until the mean of the last 50 losses is below `level`; None if it never is.

    Raises TypeError or ValueError that names the argument.
    """
    losses, least = checks.real("losses", losses, (None,)), checks.real("level", level, ())
    means = np.convolve(losses, np.full(WINDOW, 1 / WINDOW), "valid") if len(losses) >= WINDOW else np.empty(0)
    below = means < least
    return int(below.argmax()) + WINDOW if below.any() else None


def _check(
    model: models.Model,
    batches: Iterable[Batch],
    rate: Rate,
    updates: int,
    most: float | None,
    until: Until,
    watch: Watch,
) -> int:
    """`updates` as an int; raises TypeError or ValueError that names the argument of `train`."""
    models.check_model(model)
    if not hasattr(batches, "__iter__"):
        raise TypeError(f"batches: expected an iterable of Batch, got {type(batches).__name__}")
    if not callable(rate):
        positive("rate", rate)
    for name, value in (("most", most), ("until", None if callable(until) else until)):
        if value is not None:
            positive(name, value)
    if not (watch is None or callable(watch)):
        raise TypeError(f"watch: expected a function of the losses, got {watch!r}")
    return checks.whole("updates", updates, 1)


def _held(model: models.Model, names: Collection[str]) -> np.ndarray:
    """Where the numbers of the arrays of these names stand in the flat vector. Raises TypeError or ValueError."""
    if isinstance(names, str):
        raise TypeError(f"held: expected names in a collection, got the one string {names!r}")
    if unknown := sorted(set(names) - set(model.layer._fields)):
        raise ValueError(f"held: expected names among {model.layer._fields}, got {unknown}")
    arrays = [*(a.size for a in model.layer), model.W.size, model.b.size]
    return np.repeat([name in names for name in (*model.layer._fields, None, None)], arrays)


def _moved(theta: np.ndarray, change: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore", invalid="ignore"):
        theta = theta + change
    if not np.isfinite(theta).all():
        raise FloatingPointError("the update leaves the range of the network's numbers")
    return theta


def _below(level: float | None, losses: Losses, _: models.Model) -> bool:
    return level is not None and len(losses) >= WINDOW and float(np.mean(losses[-WINDOW:])) < level
