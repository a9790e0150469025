"""The figure of the states: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from companion.style.figures import Figure, styled
from companion.style.series import FIRST, over_time


@styled
def states_over_time(
    times: ArrayLike,
    c: ArrayLike,
    h: ArrayLike,
    *,
    x: ArrayLike | None = None,
    units: Sequence[int] = FIRST,
    time_label: str = "step $t$",
    x_label: str = "input $x^{(t)}$",
) -> Figure:
    """Cell state c of (13) and hidden state h of (14) over `times`; the series x on top where it is given.

    times and x have shape (T,); c and h have shape (T, n). `units` as in `gates_over_time`; so are the errors.
    """
    rows = {"c": ("$c^{(t)}$  cell state", c), "h": ("$h^{(t)}$  hidden state", h)}
    figure = over_time(times, rows, x, x_label, units, time_label)
    figure.axes[-1].set(ylim=(-1.06, 1.06), yticks=[-1, 0, 1])
    return figure
