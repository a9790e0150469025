"""What is measured of one network on one task for claims A and B: functions that return a NamedTuple. C: see past.

A network is a `Model`, a task a `Task`, the sequences a `Batch`. Losses are the task's own. Near means within 0.1.
"""

import math
from typing import NamedTuple

import numpy as np

from companion.pages.claims import interventions, setting
from companion.pages.claims.interventions import rounded_in_part
from companion.pages.claims.setting import Task
from lstm.audit import measures
from lstm.equations import Step
from lstm.fast import batched
from lstm.fast.batched import Change
from lstm.rates import SMALLEST
from lstm.training import models
from lstm.training.models import Model
from lstm.training.tasks import Batch

NEAR = 0.1
MOVES = (False, 0.05), (False, 0.1)  # gates that are not near an end, moved towards it by no more than this
LAST = 2  # steps whose loss is asked for its gradient at c^(s): one read at step s would get there at once


class Gates(NamedTuple):
    """Claim A: loss, the task's measure and whether it is done, as trained and with all gates rounded.

    near: fractions of i, f, o and of all gates within 0.1 of 0 or 1, (4,). tenths: fractions of all gates in [0, .1),
    ..., [.9, 1], (10,). done_in_part, (4,): whether it is still done with the gates near an end rounded, with all
    others rounded, with these moved by no more than 0.05 and by no more than 0.1.
    """

    near: np.ndarray
    tenths: np.ndarray
    loss: float
    measure: float
    done: bool
    loss_rounded: float
    measure_rounded: float
    done_rounded: bool
    done_in_part: np.ndarray


class Chain(NamedTuple):
    """Claim B, from c^(s) to c^(T), s = task.starts, of B sequences; for the loss of the last two steps alone.

    log10_ratio, error, cosine and gradient_log10_ratio: medians over the sequences; the logarithms are of true /
    product of f. one_step_error: the median error over single steps. shares, (6,): the pooled signed shares of
    Eq. (15), in the order of `Terms`; these two over all steps. The rest is (B, n), unit by unit. true: norms of the
    columns of the true chain; own: |dc_j^(T) / dc_j^(s)|, the one entry of the column that has the product of f in
    it; product: this product. felt, got: |dl/dc_j| at step s and at step T, both over the root mean square of
    dl/dc^(T) of the sequence.
    """

    log10_ratio: float
    error: float
    cosine: float
    gradient_log10_ratio: float
    one_step_error: float
    shares: np.ndarray
    true: np.ndarray
    product: np.ndarray
    own: np.ndarray
    felt: np.ndarray
    got: np.ndarray

    @property
    def returned(self) -> np.ndarray:
        """What the unit hands back of its own: |dl/dc_j^(s)| over |dl/dc_j^(T)|, (B, n); NaN where it gets nothing."""
        gets = self.got >= SMALLEST
        return np.where(gets, self.felt / np.where(gets, self.got, 1), np.nan)


def gates(model: Model, task: Task, batch: Batch) -> Gates:
    """`Gates` of a network."""
    runs = batched.run(model.layer, batch.x)
    within = np.arange(len(batch.x))[:, None] < batch.lengths
    i_f_o = np.array(runs[:3])[:, within]
    near = ((i_f_o < NEAR) | (i_f_o > 1 - NEAR)).mean(axis=(1, 2))
    tenths = np.bincount(np.minimum(10 * i_f_o.ravel(), 9).astype(int), minlength=10) / i_f_o.size
    loss, measure, done = judged_run(model, task, batch, runs)

    def still(change: Change) -> tuple[float, float, bool]:
        return judged(model, task, batch, change, measure)

    in_part = [still(rounded_in_part(ends, most)) for ends, most in ((True, 0.5), (False, 0.5), *MOVES)]
    dones = np.array([found[2] for found in in_part])
    return Gates(np.append(near, near.mean()), tenths, loss, measure, done, *still(interventions.rounded), dones)


def judged(
    model: Model, task: Task, batch: Batch, change: Change | None = None, as_trained: float = math.inf
) -> tuple[float, float, bool]:
    """(loss, measure, done) of a network whose gates are replaced by `change`.

    `as_trained` is its measure without: one that grows by more than the task's `growth` is not done.
    """
    loss, measure, done = judged_run(model, task, batch, batched.run(model.layer, batch.x, change))
    worse = math.isfinite(task.growth) and measure > task.growth * as_trained
    return loss, measure, done and not worse


def judged_run(model: Model, task: Task, batch: Batch, runs: Step) -> tuple[float, float, bool]:
    """(loss, measure, done) of a network that ran as `runs` tells."""
    y = outputs(model, runs)
    return setting.mean_loss(task, batch, y), *task.done(batch, y)


def chain(model: Model, task: Task, batch: Batch) -> Chain:
    """`Chain` of a network; every sequence of `batch` has all T steps."""
    T, runs = len(batch.x), batched.run(model.layer, batch.x)
    late = batch.read * (np.arange(T)[:, None] >= T - LAST)
    reads = by_h(model, task, batch._replace(read=late), runs)
    total, starts = batched.totals(model.layer, runs, reads), task.starts(batch)
    at = starts - 1, np.arange(len(starts))
    felt = total.dl_dc[at]
    ends = measures.gradients(felt, batched.by_product_of_f(runs, reads)[at])
    rms = np.sqrt((total.dl_dc[-1] ** 2).mean(axis=-1, keepdims=True))
    some = range(1, T, max(1, T // 10))
    ones = [measures.chains(batched.chain(model.layer, runs, t, t + 1), runs.f[[t]]).error for t in some]
    ratios, errors = np.empty((2, len(starts)))
    true, product, own = np.empty((3, *felt.shape))
    for s in np.unique(starts):
        those = starts == s
        since = Step(*(a[s - 1 :, those] for a in runs))
        matrix = batched.chain(model.layer, since, 1, T - s + 1)
        whole = measures.chains(matrix, since.f[1:])
        ratios[those], errors[those] = whole.log10_ratio, whole.error
        true[those], product[those] = np.linalg.norm(matrix, axis=1), np.prod(since.f[1:], axis=0)
        own[those] = np.abs(np.diagonal(matrix, axis1=1, axis2=2))
    return Chain(
        log10_ratio=float(np.median(ratios)),
        error=float(np.median(errors)),
        cosine=float(np.median(ends.cosine)),
        gradient_log10_ratio=float(np.median(ends.log10_ratio)),
        one_step_error=float(np.median(ones)),
        shares=np.array(measures.shares(batched.terms(model.layer, runs, total, reads)).pooled),
        true=true,
        product=product,
        own=own,
        felt=np.abs(felt) / rms,
        got=np.abs(total.dl_dc[-1]) / rms,
    )


def outputs(model: Model, runs: Step) -> np.ndarray:
    """The network's outputs (T, B, k) at h of `runs`, in float64."""
    return runs.h @ model.W.T.astype(float) + model.b


def by_h(model: Model, task: Task, batch: Batch, runs: Step) -> np.ndarray:
    """The partial derivative of the loss with respect to h^(t), all else held, (T, B, n)."""
    return models.LOSSES[task.loss](outputs(model, runs), batch.y, batch.read)[1] @ model.W.astype(float)
