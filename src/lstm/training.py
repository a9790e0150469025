"""Training, kept small: Adam, gradients clipped by their norm, a loop with a progress bar.

A loss or a gradient that is not finite stops the loop with `Diverged`, which carries the last good network.
"""

from itertools import islice
from typing import NamedTuple

import numpy as np

from lstm import checks, models, progress

WINDOW = 50  # losses over which `until` and the bar average


class Run(NamedTuple):
    """What `train` returns: the network after its last update, and the loss of each batch before its update, (U,)."""

    model: models.Model
    losses: np.ndarray


class Moments(NamedTuple):
    """What Adam remembers: running means of the gradient and of its square, shape of the parameters; updates made."""

    mean: np.ndarray
    square: np.ndarray
    updates: int


class Diverged(ArithmeticError):
    """Training met a loss or a gradient that is not finite.

    `model`: the last network whose loss and gradient were finite; `losses`: all finite losses, up to its own.
    """

    def __init__(self, message, model, losses):
        super().__init__(message)
        self.model, self.losses = model, losses


def adam(gradient, moments=None, *, rate, decay=(0.9, 0.999), floor=1e-8):
    """(change, moments): one update of Adam (Kingma and Ba 2015, Algorithm 1). Add `change` to the parameters.

    `gradient` is one vector; `moments` is what the last call returned, None at first; `rate` the step size,
    `decay` beta_1 and beta_2, `floor` epsilon. Nothing of the caller's is changed.
    """
    if moments is None:
        moments = Moments(np.zeros_like(gradient), np.zeros_like(gradient), 0)
    (a, b), updates = decay, moments.updates + 1
    mean = a * moments.mean + (1 - a) * gradient
    square = b * moments.square + (1 - b) * gradient * gradient
    root = np.sqrt(square / (1 - b**updates))
    return -rate / (1 - a**updates) * mean / (root + floor), Moments(mean, square, updates)


def clip(gradient, most):
    """`gradient`, scaled down to norm `most` if its norm is larger (Pascanu, Mikolov and Bengio 2013)."""
    norm = np.sqrt((gradient.astype(float) ** 2).sum())  # in float64: the squares of float32 may overflow
    return gradient if norm <= most else gradient * gradient.dtype.type(most / norm)


def train(model, batches, *, loss="squared", rate=0.01, updates, most=1.0, until=None, label="training", show=True):
    """Train `model` on `updates` batches of the iterator `batches`; return a `Run`. `model` itself stays as it is.

    loss     "squared" or "cross entropy", see lstm.models
    rate     step size of Adam: a number, or a function of the losses so far (a list) that returns one
    most     largest norm of a gradient; longer ones are scaled down to it; None for no limit
    until    stop before, once the mean of the last 50 losses is below this number
    label    words beside the progress bar; show=False for none

    Raises `Diverged` with the last good network where a loss or a gradient is not finite, ValueError if `batches`
    ends too early, TypeError or ValueError that names the argument for bad input.
    """
    models.check_model(model)
    updates = checks.whole("updates", updates, 1)
    for name, value in [("rate", rate), ("most", most), ("until", until)]:
        if value is not None and not callable(value) and not checks.array(name, value, ()) > 0:
            raise ValueError(f"{name}: expected a positive number, got {value}")
    theta, moments, cache, losses = models.flatten(model), None, None, []
    good, line = theta, progress.bar(updates, label) if show else None
    try:
        for batch in islice(batches, updates):
            now = models.unflatten(theta, model)
            value, gradient, cache = _finite(now, batch, loss, cache, models.unflatten(good, model), losses)
            good = theta
            losses.append(value)
            change, moments = adam(
                gradient if most is None else clip(gradient, most),
                moments,
                rate=rate(losses) if callable(rate) else rate,
            )
            theta = theta + change
            if line is not None:
                _report(line, losses)
            if until is not None and len(losses) >= WINDOW and np.mean(losses[-WINDOW:]) < until:
                break
        else:
            if len(losses) < updates:
                raise ValueError(f"batches: expected at least {updates}, got {len(losses)}")
    finally:
        if line is not None:
            line.close()
    return Run(models.unflatten(theta, model), np.array(losses))


def updates_to(losses, level):
    """Number of updates until the mean of the last 50 losses is below `level`; None if it never is."""
    losses = checks.array("losses", losses, (None,))
    means = np.convolve(losses, np.full(WINDOW, 1 / WINDOW), "valid") if len(losses) >= WINDOW else np.empty(0)
    below = means < level
    return int(below.argmax()) + WINDOW if below.any() else None


def _finite(model, batch, loss, cache, good, losses):
    """Loss, gradient as one vector, and cache; raises `Diverged` unless all of it is finite."""
    at = f"update {len(losses) + 1}"
    if not np.isfinite(models.flatten(model)).all():
        raise Diverged(f"{at}: the parameters are not finite after the update before", good, np.array(losses))
    with np.errstate(over="ignore", invalid="ignore"):  # reported here, not as a warning
        value, gradient, cache = models.loss_and_gradient(model, batch, loss, reuse=cache)
        gradient = models.flatten(gradient)
    if not (np.isfinite(value) and np.isfinite(gradient).all()):
        what = f"the loss is {value}" if not np.isfinite(value) else "the gradient is not finite"
        raise Diverged(f"{at}: {what}; a smaller rate or norm may help", good, np.array(losses))
    return value, gradient, cache


def _report(line, losses):
    if len(losses) % 10 == 0:
        line.set_postfix_str(f"loss {np.mean(losses[-WINDOW:]):.3g}", refresh=False)
    line.update()
