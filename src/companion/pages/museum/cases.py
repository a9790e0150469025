"""Cases for the museum's checks, and their true gradients, from the reference `lstm.run` alone."""

from typing import NamedTuple

import numpy as np

from lstm.cell import Params, init_params, run

STEP = 1e-30  # complex step: no difference is taken, so nothing is lost to rounding


class Moment(NamedTuple):
    """What one step leaves behind: x (m, B), and h^(t-1), c^(t-1), i, f, o, g, c, h of shape (n, B)."""

    x: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    h: np.ndarray


class Gradients(NamedTuple):
    """Derivatives of the loss by the twelve parameters and by x, h_0, c_0, in the shapes of these."""

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray


class Case(NamedTuple):
    """Parameters, x (T, m, B), h_0 and c_0 (n, B), and reads (T, n, B): the loss is the sum of reads * h."""

    params: Params
    x: np.ndarray
    h_0: np.ndarray
    c_0: np.ndarray
    reads: np.ndarray


def draw(*, m=2, n=3, T=4, B=3, forget_bias=1.0, seed=0):
    """A case without mercy: as drawn here, nothing in it is zero, symmetric or small."""
    rng = np.random.default_rng(seed)
    return Case(
        params=init_params(m, n, rng=rng, forget_bias=forget_bias),
        x=rng.standard_normal((T, m, B)),
        h_0=rng.uniform(-0.9, 0.9, (n, B)),
        c_0=rng.standard_normal((n, B)),
        reads=rng.standard_normal((T, n, B)),
    )


def reference_loss(case):
    """The loss of `case` by `lstm.run`, one sequence after the other."""
    total = 0
    for b in range(case.x.shape[2]):
        trace = run(case.params, case.x[:, :, b], case.h_0[:, b], case.c_0[:, b])
        total += (case.reads[:, :, b] * trace.h).sum()
    return total


def complex_step(loss, case):
    """The `Gradients` of loss(case), entry by entry, exact to rounding. `loss` must take complex numbers."""
    return _entry_by_entry(case, complex, STEP * 1j, lambda up, _: loss(up).imag / STEP)


def central_differences(loss, case, width):
    """The `Gradients` of loss(case) by central differences of `width`, in the case's own precision."""
    return _entry_by_entry(case, None, width, lambda up, down: (loss(up) - loss(down)) / (2 * width))


def _entry_by_entry(case, dtype, shift, slope):
    def slopes(array, put):
        gradient = np.empty(array.shape)
        for entry in np.ndindex(array.shape):
            up, down = (array.astype(dtype or array.dtype) for _ in range(2))
            up[entry] += shift
            down[entry] -= shift
            gradient[entry] = slope(put(up), put(down))
        return gradient

    def put_parameter(name):
        return lambda array: case._replace(params=case.params._replace(**{name: array}))

    def put_state(name):
        return lambda array: case._replace(**{name: array})

    params = {name: slopes(value, put_parameter(name)) for name, value in case.params._asdict().items()}
    return Gradients(Params(**params), **{k: slopes(getattr(case, k), put_state(k)) for k in ("x", "h_0", "c_0")})
