"""What is measured of one network on one task for claims A and B: functions that return a NamedTuple. C: see past.

A network is a `Model`, a task a `Task`, the sequences a `Batch`. Losses are the task's own. Near means within 0.1.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.pages.claims import interventions, setting
from companion.pages.claims.setting import Task
from lstm.audit import measures
from lstm.equations import Step
from lstm.fast import batched
from lstm.fast.batched import Change
from lstm.gradient import Terms, Totals
from lstm.training import models
from lstm.training.models import Model
from lstm.training.tasks import Batch

NEAR = 0.1
LAST = 2  # steps whose loss is asked for its gradient at c^(1): one read at step 1 would get there at once


class Gates(NamedTuple):
    """Claim A: loss, the task's measure and whether it is done, as trained and with all gates rounded.

    near: fractions of i, f, o and of all gates within 0.1 of 0 or 1, (4,). tenths: fractions of all gates in [0, .1),
    ..., [.9, 1], (10,).
    """

    near: np.ndarray
    tenths: np.ndarray
    loss: float
    measure: float
    done: bool
    loss_rounded: float
    measure_rounded: float
    done_rounded: bool


class Chain(NamedTuple):
    """Claim B, from c^(1) to c^(T), of B sequences, and for the loss of the last two steps alone.

    log10_ratio, error, cosine and gradient_log10_ratio: medians over the sequences; the logarithms are of true /
    product of f. one_step_error: the median error over single steps. shares: the pooled signed shares of Eq. (15).
    The rest is (B, n), unit by unit. true: norms of the columns of the true chain; own: |dc_j^(T) / dc_j^(1)|, the one
    entry of the column that has the product of f in it; product: this product. felt, got: |dl/dc_j| at step 1 and at
    step T, both over the root mean square of dl/dc^(T) of the sequence.
    """

    log10_ratio: float
    error: float
    cosine: float
    gradient_log10_ratio: float
    one_step_error: float
    shares: Terms
    true: np.ndarray
    product: np.ndarray
    own: np.ndarray
    felt: np.ndarray
    got: np.ndarray


class Ends(NamedTuple):
    """Claim B, medians over sequences at a step that each has for itself: as the two fields of `Chain`."""

    cosine: float
    gradient_log10_ratio: float


def gates(model: Model, task: Task, batch: Batch) -> Gates:
    """`Gates` of a network."""
    runs = batched.run(model.layer, batch.x)
    within = np.arange(len(batch.x))[:, None] < batch.lengths
    i_f_o = np.array(runs[:3])[:, within]
    near = ((i_f_o < NEAR) | (i_f_o > 1 - NEAR)).mean(axis=(1, 2))
    tenths = np.bincount(np.minimum(10 * i_f_o.ravel(), 9).astype(int), minlength=10) / i_f_o.size
    as_trained = judged_run(model, task, batch, runs)
    return Gates(np.append(near, near.mean()), tenths, *as_trained, *judged(model, task, batch, interventions.rounded))


def judged(model: Model, task: Task, batch: Batch, change: Change | None = None) -> tuple[float, float, bool]:
    """(loss, measure, done) of a network whose gates are replaced by `change`."""
    return judged_run(model, task, batch, batched.run(model.layer, batch.x, change))


def judged_run(model: Model, task: Task, batch: Batch, runs: Step) -> tuple[float, float, bool]:
    """(loss, measure, done) of a network that ran as `runs` tells."""
    y = outputs(model, runs)
    return setting.mean_loss(task, batch, y), *task.done(batch, y)


def chain(model: Model, task: Task, batch: Batch) -> Chain:
    """`Chain` of a network; every sequence of `batch` has all T steps."""
    T = len(batch.x)
    runs, reads, total = _late(model, task, batch)
    matrix = batched.chain(model.layer, runs, 1, T)
    whole = measures.chains(matrix, runs.f[1:])
    ends = measures.gradients(total.dl_dc[0], batched.by_product_of_f(runs, reads)[0])
    rms = np.sqrt((total.dl_dc[-1] ** 2).mean(axis=-1, keepdims=True))
    some = range(1, T, max(1, T // 10))
    ones = [measures.chains(batched.chain(model.layer, runs, t, t + 1), runs.f[[t]]).error for t in some]
    return Chain(
        log10_ratio=float(np.median(whole.log10_ratio)),
        error=float(np.median(whole.error)),
        cosine=float(np.median(ends.cosine)),
        gradient_log10_ratio=float(np.median(ends.log10_ratio)),
        one_step_error=float(np.median(ones)),
        shares=measures.shares(batched.terms(model.layer, runs, total, reads)).pooled,
        true=np.linalg.norm(matrix, axis=1),
        product=np.prod(runs.f[1:], axis=0),
        own=np.abs(np.diagonal(matrix, axis1=1, axis2=2)),
        felt=np.abs(total.dl_dc[0]) / rms,
        got=np.abs(total.dl_dc[-1]) / rms,
    )


def ends(model: Model, task: Task, batch: Batch, steps: ArrayLike) -> Ends:
    """`Ends` of a network: the gradient by c^(t), t = steps[k] in sequence k, beside its direct way alone.

    The loss is that of `chain`; steps, (B,), counts from 1.
    """
    runs, reads, total = _late(model, task, batch)
    at = np.asarray(steps) - 1, np.arange(len(batch.lengths))
    found = measures.gradients(total.dl_dc[at], batched.by_product_of_f(runs, reads)[at])
    return Ends(float(np.median(found.cosine)), float(np.median(found.log10_ratio)))


def outputs(model: Model, runs: Step) -> np.ndarray:
    """The network's outputs (T, B, k) at h of `runs`, in float64."""
    return runs.h @ model.W.T.astype(float) + model.b


def by_h(model: Model, task: Task, batch: Batch, runs: Step) -> np.ndarray:
    """The partial derivative of the loss with respect to h^(t), all else held, (T, B, n)."""
    return models.LOSSES[task.loss](outputs(model, runs), batch.y, batch.read)[1] @ model.W.astype(float)


def _late(model: Model, task: Task, batch: Batch) -> tuple[Step, np.ndarray, Totals]:
    """(runs, reads, totals) for the loss of the last two steps alone; every sequence has all T steps."""
    T, runs = len(batch.x), batched.run(model.layer, batch.x)
    late = batch.read * (np.arange(T)[:, None] >= T - LAST)
    reads = by_h(model, task, batch._replace(read=late), runs)
    return runs, reads, batched.totals(model.layer, runs, reads)
