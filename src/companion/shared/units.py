"""Cells of one unit: with weights that a page writes down, and random ones for what is said of them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, scalar
from lstm.cell import Params, Trace


def one_unit(w_1: Mapping[str, ArrayLike], w_2: Mapping[str, float], b: Mapping[str, float]) -> Params:
    """The `Params` of one unit: for each of i, f, o, g the weights of its m inputs, of h^(t-1), and its bias.

    w_1 maps i, f, o and g to a row of m numbers, or to one number where m is 1; w_2 and b map them to numbers.
    Raises ValueError for other keys, and TypeError or ValueError that names the argument for other shapes.
    """
    for name, given in [("w_1", w_1), ("w_2", w_2), ("b", b)]:
        if set(given) != set("ifog"):
            raise ValueError(f"{name}: expected the keys i, f, o, g, got {sorted(given)}")
    m = np.size(w_1["i"])
    arrays = {f"W_1{k}": checks.real("w_1", np.ravel(w_1[k]), (m,))[None] for k in "ifog"}
    arrays |= {f"W_2{k}": checks.real("w_2", w_2[k], ()).reshape(1, 1) for k in "ifog"}
    arrays |= {f"b_{k}": checks.real("b", b[k], ()).reshape(1) for k in "ifog"}
    return Params(**{k: np.array(array, dtype=float) for k, array in arrays.items()})


def random_unit(rng: np.random.Generator, *, T: int = 2, **given: float) -> tuple[Params, Trace]:
    """(params, trace) of a random unit over T steps, as `lstm.scalar.held_gates` has it; `given` are its arguments.

    Gates are uniform on (0, 1), the candidate on (-1, 1), weights on (-4, 4), c^(1) is standard normal.
    Raises TypeError or ValueError that names the argument.
    """
    gates = dict(zip(["f", "i", "o", "o_1"], rng.uniform(size=4), strict=True))
    gates |= dict(g=rng.uniform(-1, 1), c_1=rng.normal())
    weights = dict(zip(scalar.WEIGHTS, rng.uniform(-4, 4, 4), strict=True))
    return scalar.held_gates(**(gates | weights | given), T=T)


def predictors(gates: Mapping[str, float]) -> dict[str, float]:
    """The linear predictors z_* that give these gates, by key and in their order: the logit, and for g artanh."""
    return {k: float(np.arctanh(v) if k == "g" else np.log(v / (1 - v))) for k, v in gates.items()}


def passing_through(
    first: Mapping[str, float], second: Mapping[str, float], w_2: Mapping[str, float], x: tuple[float, float]
) -> Params:
    """The `Params` of one unit with one input that, from h^(0) = 0 and c^(0) = 1, has given gates at steps 1 and 2.

    first and second map i, f, o and g to the gates of the two steps, w_2 to recurrent weights; x are the two inputs.
    Each gate's weight of the input and its bias follow from two equations in two unknowns. Raises ValueError where
    the inputs are equal, or a gate is not strictly inside its range.
    """
    if x[0] == x[1]:
        raise ValueError(f"x: expected two different inputs, got {x}")
    for name, gates in [("first", first), ("second", second)]:
        if outside := [k for k in "ifog" if not (-1 if k == "g" else 0) < gates[k] < 1]:
            raise ValueError(f"{name}: expected gates inside (0, 1) and g inside (-1, 1), got {gates} with {outside}")
    z = [predictors(gates) for gates in (first, second)]
    h_1 = first["o"] * np.tanh(first["f"] + first["i"] * first["g"])
    slope = {k: (z[1][k] - w_2[k] * h_1 - z[0][k]) / (x[1] - x[0]) for k in "ifog"}
    return one_unit(slope, w_2, {k: z[0][k] - slope[k] * x[0] for k in "ifog"})
