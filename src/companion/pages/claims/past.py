"""What is measured of one network on one task for claim C: how much it needs what a small forget gate lets pass."""

from typing import NamedTuple

import numpy as np

from companion.pages.claims import interventions, measures, setting
from companion.pages.claims.setting import Task
from lstm.equations import Step
from lstm.fast import batched
from lstm.rates import SMALLEST
from lstm.training.models import Model
from lstm.training.tasks import Batch

DRAWS = 5  # of the random places of a control
WAYS = ("direct", "forget", "input", "candidate", "output")


class Small(NamedTuple):
    """Claim C, all entries f < 0.1 at once; `entries` is their fraction.

    losses, (4,): as trained, with these entries set to 0, with as many at random places set to 0, and with the same
    doses taken away there; the last two are means over `DRAWS` draws of the places. done: whether the task is still
    done with the small entries set to 0. carried: the gradient there over what falls to
    them if all entries were alike; ways, (5,): the signed shares of `WAYS` in it. typical, (2,): medians of the same
    gradient over its root mean square in the step and sequence, of the entries with f < 0.1 and of all others. NaN
    where there is no such entry.
    """

    entries: float
    losses: np.ndarray
    done: bool
    carried: float
    ways: np.ndarray
    typical: np.ndarray


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


def small(model: Model, task: Task, batch: Batch, rng: np.random.Generator) -> Small:
    """`Small` of a network."""
    runs = batched.run(model.layer, batch.x)
    mask = interventions.inside(batch) & (runs.f < measures.NEAR)
    allowed = np.broadcast_to(interventions.inside(batch), mask.shape)
    loss, measure, _ = measures.judged_run(model, task, batch, runs)
    cleared, _, done = measures.judged(model, task, batch, interventions.with_f(mask, 0.0), measure)
    controls = np.empty((DRAWS, 2))
    for k in range(DRAWS if mask.any() else 0):
        places = interventions.random_places(mask, allowed, rng)
        doses = interventions.lowered(runs.f, mask, places)
        for m, values in enumerate((np.zeros(()), doses)):
            controls[k, m] = measures.judged(model, task, batch, interventions.with_f(places, values))[0]
    losses = [loss, cleared, *(controls.mean(axis=0) if mask.any() else [loss, loss])]
    gradient = _carried(model, runs, mask[1:], allowed[1:], measures.by_h(model, task, batch, runs))
    return Small(mask.sum() / allowed.sum(), np.array(losses), done, *gradient)


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
    loss = setting.mean_loss(task, batch, measures.outputs(model, runs))
    return Clamps(mean_f, cleared, kept, loss, float(random.mean()), float(np.corrcoef(ranks)[0, 1]))


def _losses(model: Model, task: Task, batch: Batch, runs: Step) -> np.ndarray:
    """The losses (n,) of n copies of `batch` that ran beside each other."""
    copies = np.split(measures.outputs(model, runs), runs.h.shape[1] // len(batch.lengths), axis=1)
    return np.array([setting.mean_loss(task, batch, y) for y in copies])


def _carried(
    model: Model, runs: Step, mask: np.ndarray, allowed: np.ndarray, reads: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """(carried, ways, typical) of `Small`: what comes back through the steps whose f is in `mask`, (T-1, B, n).

    At each step of each sequence the squared gradient by c^(t-1), without its local part (the partial derivative of
    the loss of step t-1), is split between the entries; every pair (step, sequence) weighs the same.
    """
    if not mask.any():
        return np.nan, np.full(len(WAYS), np.nan), np.full(2, np.nan)
    terms = batched.terms(model.layer, runs, batched.totals(model.layer, runs, reads), reads)
    five = np.array(terms[: len(WAYS)])
    gradient = five.sum(axis=0)
    scale = np.linalg.norm(gradient, axis=-1, keepdims=True)
    pairs = allowed.any(axis=-1) & (scale[..., 0] > SMALLEST)
    unit = gradient / np.where(scale > 0, scale, 1)
    part = five / np.where(scale > 0, scale, 1) * unit  # sums to 1 in a pair
    there = (part * (mask & pairs[..., None])).sum(axis=(1, 2, 3))
    alike = (mask & pairs[..., None]).sum() / mask.shape[-1]
    size = np.abs(unit) * np.sqrt(unit.shape[-1])
    two = [size[some & pairs[..., None]] for some in (mask, allowed & ~mask)]
    typical = np.array([np.median(sizes) if len(sizes) else np.nan for sizes in two])
    return float(there.sum() / alike), there / there.sum(), typical
