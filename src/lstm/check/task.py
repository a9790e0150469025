"""What a backward pass is tried on, and the true gradient: nothing zero, nothing single, losses on h and on c."""

from typing import NamedTuple

import numpy as np

from lstm import bptt
from lstm.cell import Params, init_params, run
from lstm.check.convention import second_as_first

SHARE = 0.3  # of a bias that is given in two, what goes into the second


class Task(NamedTuple):
    """A batch in columns: x (T, m, B), states (n, B), what the loss reads from h and c at each step, (T, n, B).

    dh_T, dc_T (n, B): what it reads from h^(T) and c^(T) besides, where these come as arguments of their own.
    """

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    dh: np.ndarray
    dh_T: np.ndarray
    dc: np.ndarray
    dc_T: np.ndarray


LOSSES = ("dh", "dh_T", "dc", "dc_T")


def draw(seed: int, m: int, n: int, T: int, B: int) -> Task:
    """A task in which nothing is zero, symmetric or small."""
    rng = np.random.default_rng(seed)
    params = init_params(m, n, rng=rng, forget_bias=0.5)
    shapes = [(T, n, B), (n, B), (T, n, B), (n, B)]
    return Task(
        params,
        rng.standard_normal((T, m, B)),
        rng.uniform(-0.9, 0.9, (n, B)),
        rng.standard_normal((n, B)),
        *(rng.standard_normal(shape) for shape in shapes),
    )


def given(task: Task, roles: set[str], dc: str) -> Task:
    """The task for a function that takes `roles`: what it cannot be told is zero. dc: "every" step or the "last"."""
    zero = {name: 0 * getattr(task, name) for name in ("h_0", "c_0", *LOSSES) if name not in roles}
    task = task._replace(**zero)
    if dc == "last" and "dc" in roles:
        task = task._replace(dc=0 * task.dc, dc_T=task.dc[-1])
    return task


def truth(task: Task) -> dict[str, np.ndarray]:
    """The parts of the true gradient by `bptt.backward`, which the complex step proves; second biases as the first."""
    B = task.x.shape[2]
    each = [_one(task, b) for b in range(B)]
    parts = {name: np.sum([getattr(one.params, name) for one in each], axis=0) for name in Params._fields}
    return second_as_first(parts) | {
        name: np.stack([getattr(one, name) for one in each], axis=-1) for name in ("x", "h_0", "c_0")
    }


def states(task: Task) -> np.ndarray:
    """h of all steps, (T, n, B)."""
    t = task
    return np.stack([run(t.params, t.x[..., b], t.h_0[:, b], t.c_0[:, b]).h for b in range(t.x.shape[2])], axis=-1)


def _one(task: Task, b: int) -> bptt.Gradients:
    """One sequence. The gradient is linear in what is read from each c^(t): one sweep for each step before the last."""
    trace = run(task.params, task.x[..., b], task.h_0[:, b], task.c_0[:, b])
    reads, to_c = task.dh[..., b].copy(), task.dc[..., b]
    reads[-1] += task.dh_T[:, b]
    total = bptt.backward(task.params, trace, reads, to_c[-1] + task.dc_T[:, b])
    for t in range(1, len(reads)):
        if to_c[t - 1].any():
            part = bptt.backward(task.params, bptt.segment(trace, 0, t), 0 * reads[:t], to_c[t - 1])
            x = total.x + np.vstack([part.x, 0 * total.x[t:]])
            sums = Params(*(a + c for a, c in zip(total.params, part.params, strict=True)))
            total = bptt.Gradients(sums, x, total.h_0 + part.h_0, total.c_0 + part.c_0)
    return total
