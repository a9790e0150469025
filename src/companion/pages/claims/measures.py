"""What is measured of one network on one task for the three claims: a function for each, that returns a NamedTuple.

A network is a `Model`, a task a `Task`, the sequences a `Batch`. Losses are the task's own. Near means within 0.1.
"""

from typing import NamedTuple

import numpy as np

from companion.pages.claims import interventions, setting
from companion.pages.claims.setting import Task
from lstm.audit import measures
from lstm.equations import Step
from lstm.fast import batched
from lstm.fast.batched import Change
from lstm.gradient import Terms
from lstm.rates import SMALLEST
from lstm.training.models import LOSSES, Model
from lstm.training.tasks import Batch

NEAR = 0.1
LAST = 2  # steps whose loss is asked for its gradient at c^(1): one read at step 1 would get there at once
WAYS = ("direct", "forget", "input", "candidate", "output")


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
    true, product: norms of the columns of the true chain, and the product of f of the same unit, (B, n).
    """

    log10_ratio: float
    error: float
    cosine: float
    gradient_log10_ratio: float
    one_step_error: float
    shares: Terms
    true: np.ndarray
    product: np.ndarray


class Small(NamedTuple):
    """Claim C, all entries f < 0.1 at once; `entries` is their fraction.

    losses, done, (4,): loss, and whether the task is done, as trained, with these entries set to 0, with as many at
    random places set to 0, and with the same doses taken away there. carried: the gradient there over what falls to
    them if all entries were alike; ways, (5,): the signed shares of `WAYS` in it. NaN where there is no such entry.
    """

    entries: float
    losses: np.ndarray
    done: np.ndarray
    carried: float
    ways: np.ndarray


class Clamps(NamedTuple):
    """Claim C, unit by unit.

    mean_f, (n,). cleared, kept, (n,): loss with f of one unit set to 0, or to 1, at all steps. loss: as trained.
    random: with as many entries at random places set to 0, mean over n draws. rank: Spearman's correlation of mean_f
    and cleared.
    """

    mean_f: np.ndarray
    cleared: np.ndarray
    kept: np.ndarray
    loss: float
    random: float
    rank: float


def gates(model: Model, task: Task, batch: Batch) -> Gates:
    """`Gates` of a network."""
    runs = batched.run(model.layer, batch.x)
    within = np.arange(len(batch.x))[:, None] < batch.lengths
    i_f_o = np.array(runs[:3])[:, within]
    near = ((i_f_o < NEAR) | (i_f_o > 1 - NEAR)).mean(axis=(1, 2))
    tenths = np.bincount(np.minimum(10 * i_f_o.ravel(), 9).astype(int), minlength=10) / i_f_o.size
    as_trained = _judged(model, task, batch, runs)
    return Gates(np.append(near, near.mean()), tenths, *as_trained, *judged(model, task, batch, interventions.rounded))


def judged(model: Model, task: Task, batch: Batch, change: Change | None = None) -> tuple[float, float, bool]:
    """(loss, measure, done) of a network whose gates are replaced by `change`."""
    return _judged(model, task, batch, batched.run(model.layer, batch.x, change))


def _judged(model: Model, task: Task, batch: Batch, runs: Step) -> tuple[float, float, bool]:
    y = _outputs(model, runs)
    return setting.mean_loss(task, batch, y), *task.done(batch, y)


def chain(model: Model, task: Task, batch: Batch) -> Chain:
    """`Chain` of a network; every sequence of `batch` has all T steps."""
    runs = batched.run(model.layer, batch.x)
    T = len(batch.x)
    late = batch.read * (np.arange(T)[:, None] >= T - LAST)
    reads = _reads(model, task, batch._replace(read=late), runs)
    total = batched.totals(model.layer, runs, reads)
    matrix = batched.chain(model.layer, runs, 1, T)
    whole = measures.chains(matrix, runs.f[1:])
    ends = measures.gradients(total.dl_dc[0], batched.by_product_of_f(runs, reads)[0])
    some = range(1, T, max(1, T // 10))
    ones = [measures.chains(batched.chain(model.layer, runs, t, t + 1), runs.f[[t]]).error for t in some]
    ratio, error, cosine, back_ratio, one = (
        float(np.median(a)) for a in (whole.log10_ratio, whole.error, ends.cosine, ends.log10_ratio, ones)
    )
    shares = measures.shares(batched.terms(model.layer, runs, total, reads)).pooled
    true, product = np.linalg.norm(matrix, axis=1), np.prod(runs.f[1:], axis=0)
    return Chain(ratio, error, cosine, back_ratio, one, shares, true, product)


def small(model: Model, task: Task, batch: Batch, rng: np.random.Generator) -> Small:
    """`Small` of a network."""
    runs = batched.run(model.layer, batch.x)
    mask = interventions.inside(batch) & (runs.f < NEAR)
    allowed = np.broadcast_to(interventions.inside(batch), mask.shape)
    places = interventions.random_places(mask, allowed, rng)
    nothing = np.zeros_like(runs.f)
    changes = [(mask, nothing), (places, nothing), (places, interventions.lowered(runs.f, mask, places))]
    found = [judged(model, task, batch, interventions.with_f(*change)) for change in changes]
    found.insert(0, _judged(model, task, batch, runs))
    losses, _, done = (np.array(a) for a in zip(*found, strict=True))
    carried, ways = _carried(model, runs, mask[1:], allowed[1:], _reads(model, task, batch, runs))
    return Small(mask.sum() / allowed.sum(), losses, done, carried, ways)


def clamps(model: Model, task: Task, batch: Batch, rng: np.random.Generator) -> Clamps:
    """`Clamps` of a network. The units are clamped side by side: the sequences stand n times beside each other."""
    runs = batched.run(model.layer, batch.x)
    (T, B, n), beside = runs.f.shape, np.repeat(np.eye(runs.f.shape[2], dtype=bool), runs.f.shape[1], axis=0)
    unit = np.broadcast_to(beside, (T, n * B, n))
    many = type(batch)(*(np.concatenate([a] * n, axis=-1 if a.ndim < 3 else 1) for a in batch))
    places = interventions.random_places(unit & interventions.inside(many), interventions.inside(many), rng)
    within = np.broadcast_to(interventions.inside(batch), runs.f.shape)
    mean_f = np.array([runs.f[..., j][within[..., j]].mean() for j in range(n)])
    cleared, kept, random = (
        _losses(model, task, batch, batched.run(model.layer, many.x, interventions.with_f(at, value)))
        for at, value in [(unit, 0.0), (unit, 1.0), (places, 0.0)]
    )
    ranks = np.array([a.argsort().argsort() for a in (mean_f, cleared)])
    loss = setting.mean_loss(task, batch, _outputs(model, runs))
    return Clamps(mean_f, cleared, kept, loss, float(random.mean()), float(np.corrcoef(ranks)[0, 1]))


def _outputs(model: Model, runs: Step) -> np.ndarray:
    return runs.h @ model.W.T.astype(float) + model.b


def _reads(model: Model, task: Task, batch: Batch, runs: Step) -> np.ndarray:
    """What the loss reads from h^(t) at once, (T, B, n)."""
    return LOSSES[task.loss](_outputs(model, runs), batch.y, batch.read)[1] @ model.W.astype(float)


def _losses(model: Model, task: Task, batch: Batch, runs: Step) -> np.ndarray:
    """The losses (n,) of n copies of `batch` that ran beside each other."""
    copies = np.split(_outputs(model, runs), runs.h.shape[1] // len(batch.lengths), axis=1)
    return np.array([setting.mean_loss(task, batch, y) for y in copies])


def _carried(
    model: Model, runs: Step, mask: np.ndarray, allowed: np.ndarray, reads: np.ndarray
) -> tuple[float, np.ndarray]:
    """(carried, ways) of `Small`: what comes back through the steps whose f is in `mask`, (T-1, B, n).

    At each step of each sequence the squared gradient by c^(t-1), without what the loss reads at once, is split
    between the entries; every pair (step, sequence) weighs the same.
    """
    if not mask.any():
        return np.nan, np.full(len(WAYS), np.nan)
    five = np.array(batched.terms(model.layer, runs, batched.totals(model.layer, runs, reads), reads)[: len(WAYS)])
    gradient = five.sum(axis=0)
    scale = np.linalg.norm(gradient, axis=-1, keepdims=True)
    pairs = allowed.any(axis=-1) & (scale[..., 0] > SMALLEST)
    part = five / np.where(scale > 0, scale, 1) * (gradient / np.where(scale > 0, scale, 1))  # sums to 1 in a pair
    there = (part * (mask & pairs[..., None])).sum(axis=(1, 2, 3))
    alike = (mask & pairs[..., None]).sum() / mask.shape[-1]
    return float(there.sum() / alike), there / there.sum()
