"""The complex step: the imaginary part of f(x + i H) over H is f'(x), with no difference formed and no digit lost.

It holds where f is analytic: where it may be written with complex x and no part of it is dropped or conjugated. So what
it says is compared with a difference quotient, which is coarse and asks for nothing of the kind.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks
from lstm.ranges import in_range, unguarded

H = 1e-30
WIDTHS = (1e-3, 1e-5, 1e-7)  # of the difference quotient, relative to each number; the next is tried where one is off
CLOSE = 1e-4  # of the summed absolute parts of a slope


@in_range
def complex_step(function: Callable[[np.ndarray], ArrayLike], at: ArrayLike) -> np.ndarray:
    """The derivative of `function` by each entry of `at`, a real array, by complex step.

    `function` takes a complex128 array of the shape of `at` and must be made of analytic operations. The result
    is float64 of shape function(at).shape + at.shape. Raises TypeError for complex `at`, ValueError where `function`
    returns real numbers, as np.abs and np.real do, and where the result is not the slope along a line through `at`, as
    with np.conj. What may not depend on its argument is made complex by + 0j. The comparison costs two more calls; a
    part of the slope below 1e-4 of the whole, or at worst below 2e-7 of the larger of 1 and |function(at)|, escapes it.
    """
    if not callable(function):
        raise TypeError(f"function: expected a function of an array, got {function!r}")
    at = checks.real("at", at, None)
    if not at.size:
        raise ValueError(f"at: expected at least one number, got shape {at.shape}")
    columns = []
    for k in np.ndindex(at.shape):
        moved = at.astype(complex)
        moved[k] += 1j * H
        columns.append(np.asarray(function(moved)))
        if not np.iscomplexobj(columns[-1]):
            raise ValueError(
                f"function: expected complex values for complex arguments, got {columns[-1].dtype}: "
                "an operation in it drops the imaginary part, as np.abs and np.real do"
            )
    slopes = np.stack([column.imag / H for column in columns], axis=-1)
    _compare(function, at, columns[0], slopes)
    return slopes.reshape((*slopes.shape[:-1], *at.shape))


def _compare(
    function: Callable[[np.ndarray], ArrayLike], at: np.ndarray, value: np.ndarray, slopes: np.ndarray
) -> None:
    """Raise ValueError unless slopes, (..., at.size), give the slope of the real part of `function` along a line."""
    along = np.random.default_rng(0).uniform(0.5, 1.5, at.shape) * np.where(at == 0, 1, np.abs(at))
    expected, size = slopes @ along.ravel(), np.abs(slopes) @ np.abs(along.ravel())
    rounding = 100 * np.finfo(value.dtype).eps * max(1, np.abs(value.real).max(initial=0))
    for width in WIDTHS:
        with unguarded():  # a step may leave the domain; a smaller one stays inside
            ahead, behind = (np.asarray(function((at + side * along).astype(complex))) for side in (width, -width))
            found = (ahead.real - behind.real) / (2 * width)
        gap = np.abs(found - expected)
        if (gap <= CLOSE * size + rounding / width).all():
            return
    worst = np.unravel_index(np.argmax(gap), gap.shape)
    raise ValueError(
        f"function: expected analytic operations, got a slope of {expected[worst]:.3g} by complex step and of "
        f"{found[worst]:.3g} by differences: something in it conjugates or drops an imaginary part"
    )
