"""The figure of how many compositions must wait for each other: arrays in, a `Figure` out, nothing computed."""

from matplotlib.ticker import ScalarFormatter
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT
from lstm import checks


@styled
def depths(lengths: ArrayLike, sequential: ArrayLike, parallel: ArrayLike) -> Figure:
    """The depth of both bracketings against the length of the sequence, on two log axes; all of shape (K,), positive.

    Raises TypeError or ValueError that names the argument.
    """
    lengths = checks.array("lengths", lengths, (None,))
    lines = {"one after the other": (sequential, INK), "in pairs of pairs": (parallel, LIGHT["direct"])}
    figure = new(3.0)
    axes = figure.subplots()
    for name, (values, colour) in lines.items():
        values = checks.array("sequential" if colour == INK else "parallel", values, lengths.shape)
        axes.plot(lengths, values, color=colour)
        axes.annotate(name, (lengths[-1], values[-1]), (-4, 6), textcoords="offset points", ha="right", color=colour)
    axes.set(xscale="log", yscale="log", xlabel="steps $T$", ylabel="compositions that wait", xlim=lengths[[0, -1]])
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ScalarFormatter())
    return figure
