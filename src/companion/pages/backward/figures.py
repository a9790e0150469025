"""The error of a numerical slope against its step: arrays in, a `Figure` out, nothing computed."""

from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import LIGHT, MUTED
from lstm import checks


@styled
def errors_of_steps(steps: ArrayLike, central: ArrayLike, complex_step: ArrayLike) -> Figure:
    """Two curves on axes of powers of ten; steps, central, complex_step (K,) hold the exponents.

    Raises TypeError or ValueError that names the argument.
    """
    steps = checks.array("steps", steps, (None,))
    figure = new(2.9)
    axes = figure.subplots()
    curves = [
        ("central", "central difference", central, LIGHT["h"], "o-"),
        ("complex_step", "complex step", complex_step, LIGHT["f"], "s--"),
    ]
    for name, label, given, colour, look in curves:
        values = checks.array(name, given, steps.shape)
        axes.plot(steps, values, look, color=colour)
        axes.annotate(label, (steps[0], values[0]), (2, 8), textcoords="offset points", color=colour)
    axes.set(xlabel=r"step $\epsilon$", ylabel="relative error", ylim=(-17, 2))
    places = [int(k) for k in steps if k % 3 == 0]
    axes.set(xticks=places, xticklabels=[f"$10^{{{k}}}$" for k in places])
    axes.set(yticks=range(-16, 1, 4), yticklabels=[f"$10^{{{k}}}$" for k in range(-16, 1, 4)])
    axes.axhline(0, color=MUTED, lw=0.8, ls=":")
    return figure
