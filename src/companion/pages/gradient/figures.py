"""The figures of the gradient: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping
from itertools import cycle

from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import LIGHT
from lstm import checks


@styled
def decay(lags: ArrayLike, weights: Mapping[float, ArrayLike], half_lives: Mapping[float, float]) -> Figure:
    """What is left of c^(t-k) after k = `lags` steps with a constant gate f, the half-life marked.

    lags has shape (K,); `weights` maps f to an array (K,), `half_lives` the same f to a number of steps.
    Raises TypeError or ValueError that names the argument and both shapes.
    """
    lags = checks.array("lags", lags, (None,))
    if weights.keys() != half_lives.keys():
        raise ValueError(f"half_lives: expected the keys of weights, {list(weights)}, got {list(half_lives)}")
    figure = new(3.2)
    axes = figure.subplots()
    dashes = cycle([("-", "o"), ("--", "s"), ("-.", "D"), (":", "^"), ((0, (6, 1, 1, 1, 1, 1)), "v")])
    for f, (dash, marker) in zip(sorted(weights, reverse=True), dashes, strict=False):
        values = checks.array(f"weights[{f}]", weights[f], lags.shape)
        half = checks.array(f"half_lives[{f}]", half_lives[f], ())
        axes.plot(lags, values, ls=dash, color=LIGHT["f"])
        axes.plot(half, values[0] / 2, marker, color=LIGHT["f"])
        axes.plot([], [], ls=dash, marker=marker, color=LIGHT["f"], label=f"$f = {f:g}$: {half:.3g}")
    axes.set(xlabel="steps back $k$", ylabel="weight $f^k$", xlim=(lags[0], lags[-1]), ylim=(0, None))
    figure.legend(title="half-life in steps", loc="outside right upper", labelcolor=LIGHT["f"], handlelength=3)
    return figure
