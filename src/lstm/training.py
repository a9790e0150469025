"""Training, kept small: Adam, gradients clipped by their norm, a loop with a progress bar.

A number that is not finite, in loss, gradient or network, stops the loop with `Diverged`, which carries the last good
network.
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
    """Training met a loss, a gradient or a network that is not finite.

    `model`: the last network whose loss and gradient were finite; `losses`: all finite losses, the last is its own.
    Where the first loss already was not finite, `model` is the network at the start and `losses` is empty.
    """

    def __init__(self, message, model, losses):
        super().__init__(message)
        self.model, self.losses = model, losses


def adam(gradient, moments=None, *, rate, decay=(0.9, 0.999), floor=1e-8):
    """(change, moments): one update of Adam (Kingma and Ba 2015, Algorithm 1). Add `change` to the parameters.

    `gradient` is one vector; `moments` is what the last call returned, None at first; `rate` the step size,
    `decay` beta_1 and beta_2, `floor` epsilon. Nothing of the caller's is changed; the types of arrays stay.
    Raises TypeError or ValueError that names the argument, FloatingPointError where a number overflows.
    """
    gradient, rate = checks.array("gradient", gradient, (None,)), _positive("rate", rate)
    if moments is None:
        moments = Moments(np.zeros_like(gradient), np.zeros_like(gradient), 0)
    (a, b), updates = decay, moments.updates + 1
    with np.errstate(over="ignore", invalid="ignore"):  # reported below, not as a warning
        mean = a * moments.mean + (1 - a) * gradient
        square = b * moments.square + (1 - b) * gradient * gradient
        root = np.sqrt(square / (1 - b**updates))
        change = -rate / (1 - a**updates) * mean / (root + floor)
    if not np.isfinite(root).all():  # the change would be zero from here on, and look like peace
        raise FloatingPointError("the square of the gradient overflows")
    if not np.isfinite(change).all():
        raise FloatingPointError("the update overflows")
    return change, Moments(mean, square, updates)


def clip(gradient, most):
    """`gradient`, a vector, scaled down to norm `most` if its norm is larger (Pascanu, Mikolov and Bengio 2013).

    Raises TypeError or ValueError that names the argument.
    """
    gradient, most = checks.array("gradient", gradient, (None,)), _positive("most", most)
    largest = float(np.abs(gradient).max())
    if largest == 0:
        return gradient
    unit = gradient / largest  # its squares do not overflow
    norm = largest * float(np.linalg.norm(unit))
    return gradient if norm <= most else gradient * (most / norm)


def train(model, batches, *, loss="squared", rate=0.01, updates, most=1.0, until=None, label="training", show=True):
    """Train `model` on `updates` batches of the iterable `batches`; return a `Run`. `model` itself stays as it is.

    loss     "squared" or "cross entropy", see lstm.models
    rate     step size of Adam: a number, or a function of the losses so far (a list) that returns one
    most     largest norm of a gradient; longer ones are scaled down to it; None for no limit
    until    stop before, once the mean of the last 50 losses is below this number
    label    words beside the progress bar; show=False for none

    Raises `Diverged` with the last good network where a number is not finite, ValueError if `batches` ends too early,
    TypeError or ValueError that names the argument for bad input.
    """
    updates = _check(model, batches, rate, updates, most, until)
    theta, moments, cache, losses = models.flatten(model), None, None, []
    good, line = theta, progress.bar(updates, label) if show else None
    try:
        for batch in islice(batches, updates):
            now = models.unflatten(theta, model)
            value, gradient, cache = models.loss_and_gradient(now, batch, loss, reuse=cache)
            losses.append(value)
            good, gradient = theta, models.flatten(gradient)
            step = rate(losses) if callable(rate) else rate
            change, moments = adam(gradient if most is None else clip(gradient, most), moments, rate=step)
            theta = _moved(theta, change)
            if line is not None:
                _report(line, losses)
            if until is not None and len(losses) >= WINDOW and np.mean(losses[-WINDOW:]) < until:
                break
        else:
            if len(losses) < updates:
                raise ValueError(f"batches: expected at least {updates}, got {len(losses)}")
    except FloatingPointError as error:
        words = f"after {len(losses)} sound losses: {error}; a smaller rate or norm may help"
        raise Diverged(words, models.unflatten(good, model), np.array(losses)) from error
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


def _check(model, batches, rate, updates, most, until):
    """`updates` as an int; raises TypeError or ValueError that names the argument of `train`."""
    models.check_model(model)
    if not hasattr(batches, "__iter__"):
        raise TypeError(f"batches: expected an iterable of Batch, got {type(batches).__name__}")
    if not callable(rate):
        _positive("rate", rate)
    for name, value in (("most", most), ("until", until)):
        if value is not None:
            _positive(name, value)
    return checks.whole("updates", updates, 1)


def _positive(name, value):
    """`value` as a Python float, which leaves the type of the arrays it multiplies as it is."""
    number = checks.array(name, value, ())
    if not number > 0:
        raise ValueError(f"{name}: expected a positive number, got {value}")
    return float(number)


def _moved(theta, change):
    with np.errstate(over="ignore", invalid="ignore"):
        theta = theta + change
    if not np.isfinite(theta).all():
        raise FloatingPointError("the update leaves the range of the network's numbers")
    return theta


def _report(line, losses):
    if len(losses) % 10 == 0:
        line.set_postfix_str(f"loss {np.mean(losses[-WINDOW:]):.3g}", refresh=False)
    line.update()
